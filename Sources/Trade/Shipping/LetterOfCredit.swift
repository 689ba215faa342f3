package import Values

/// The terms of a letter of credit that a presentation is checked against.
package struct LetterOfCredit: Sendable, Hashable {
    package let amount: ExactDecimal
    /// 0.05 for ± 5 %; "about" and "approximately" mean 10 % (UCP 600 article 30 a).
    package let tolerance: ExactDecimal
    package let latestShipment: Day
    package let expiry: Day
    /// Days after shipment within which documents must be presented; 21 when the credit is silent (article 14 c).
    package let presentationDays: Int

    package static let defaultPresentationDays = 21
    package static let aboutTolerance = ExactDecimal(units: 10, scale: 2)

    package init(
        amount: ExactDecimal, tolerance: ExactDecimal = .zero, latestShipment: Day, expiry: Day,
        presentationDays: Int = Self.defaultPresentationDays
    ) throws(TradeError) {
        try Bounds.positive(amount, "credit amount")
        try Bounds.share(tolerance, "tolerance")
        guard (0...3650).contains(presentationDays) else {
            throw .outOfRange(field: "presentation days", allowed: "0 ... 3650")
        }
        self.amount = amount
        self.tolerance = tolerance
        self.latestShipment = latestShipment
        self.expiry = expiry
        self.presentationDays = presentationDays
    }

    /// The most that may be drawn: amount × (1 + tolerance).
    package var largestDrawing: Fraction {
        get throws(TradeError) { try Fraction(amount) * (.one + Fraction(tolerance)) }
    }

    /// min(shipment + presentation days, expiry).
    package func lastPresentation(shipped: Day) -> Day { min(shipped.adding(days: presentationDays), expiry) }

    /// Checks a shipment and a drawing against the credit.
    package func check(shipped: Day, drawing: ExactDecimal) throws(TradeError) -> PresentationCheck {
        try Bounds.notNegative(drawing, "drawing")
        return PresentationCheck(
            shipmentInTime: shipped <= latestShipment, lastPresentation: lastPresentation(shipped: shipped),
            amountWithinCredit: try !(largestDrawing - Fraction(drawing)).isNegative)
    }

    /// Whether insurance of a CIF value is enough: at least 110 % of it (article 28 f).
    package static func isInsuranceEnough(_ insured: ExactDecimal, cif: ExactDecimal) throws(TradeError) -> Bool {
        try !(Fraction(insured) - Fraction(cif) * Fraction(DeliveredPrice.cover)).isNegative
    }

    /// Whether a quantity is within the ± 5 % that article 30 b allows for goods not counted in packing units.
    package static func isQuantityWithinCustom(
        _ shipped: ExactDecimal, ordered: ExactDecimal
    ) throws(TradeError) -> Bool {
        try Bounds.positive(ordered, "ordered quantity")
        let deviation = try (Fraction(shipped) - Fraction(ordered)) / Fraction(ordered) * Fraction(whole: 20)
        return deviation.numerator.magnitude <= deviation.denominator.magnitude
    }
}

/// What a check against a letter of credit found.
package struct PresentationCheck: Sendable, Hashable {
    package let shipmentInTime: Bool
    package let lastPresentation: Day
    package let amountWithinCredit: Bool
}
