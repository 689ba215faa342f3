package import Values

/// A sign that a customer may leave, with the points it adds at full strength.
package enum ChurnSignal: String, Sendable, Hashable, CaseIterable {
    /// Days since the last order against the customer's own median gap.
    case orderGap = "order_gap"
    /// Value of the last 90 days against the same days a year before.
    case orderValueDrop = "order_value_drop"
    case inquiryDrop = "inquiry_drop"
    /// The customer answers more slowly than before.
    case replySlow = "reply_slow"
    /// We answer later than promised.
    case weSlow = "we_slow"
    case lateDelivery = "late_delivery"
    case complaintOpen = "complaint_open"
    case paymentSlow = "payment_slow"
    /// The decision maker is gone.
    case contactLeft = "contact_left"

    /// Points at full strength; all together give 100.
    package var points: Int {
        switch self {
        case .orderGap: 25
        case .orderValueDrop: 15
        case .inquiryDrop, .replySlow, .weSlow, .lateDelivery, .complaintOpen: 10
        case .paymentSlow, .contactLeft: 5
        }
    }
}

/// The risk that a customer leaves, 0 ... 100, from weighted signals.
package struct ChurnScore: Sendable, Hashable {
    package enum Band: String, Sendable, Hashable, CaseIterable {
        case green
        case amber
        case red
    }

    /// Σ points × strength, 1 digit.
    package let score: ExactDecimal
    /// Red from 60, amber from 35.
    package let band: Band
    /// The signals that count, strongest contribution first: the reasons a page shows.
    package let reasons: [ChurnSignal]

    /// - Parameter strengths: 0 ... 1 for each signal; a missing one is 0.
    package init(_ strengths: [ChurnSignal: ExactDecimal]) throws(TradeError) {
        var sum = Fraction.zero
        var contributions: [(signal: ChurnSignal, points: ExactDecimal)] = []
        for signal in ChurnSignal.allCases {
            guard let strength = strengths[signal], !strength.isZero else { continue }
            try Bounds.share(strength, signal.rawValue)
            let points = try Fraction(strength) * Fraction(whole: signal.points)
            sum = try sum + points
            contributions.append((signal, try points.rounded(to: 6)))
        }
        score = try sum.rounded(to: 1)
        band = score >= ExactDecimal(60) ? .red : score >= ExactDecimal(35) ? .amber : .green
        reasons = contributions.sorted { $0.points > $1.points }.map(\.signal)
    }
}
