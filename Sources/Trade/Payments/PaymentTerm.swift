package import Values

/// The events of an order from which payments fall due.
package enum PaymentEvent: String, Sendable, Hashable, CaseIterable {
    /// Date of the proforma invoice.
    case proforma = "PI"
    case order = "ORDER"
    /// Departure.
    case departure = "ETD"
    /// Date of the bill of lading.
    case billOfLading = "BL"
    /// The customer has the copy of the bill of lading.
    case billOfLadingCopy = "BLCOPY"
    case arrival = "ARRIVE"
    /// Documents presented to the bank.
    case presentation = "PRESENT"
}

/// One payment of a term: a share of the total, due some days after an event.
package struct PaymentStage: Sendable, Hashable {
    /// 0.3 for 30 %.
    package let share: ExactDecimal
    package let event: PaymentEvent
    /// Days after the event, negative before it.
    package let offsetDays: Int
    /// True when the days are banking days.
    package let countsBankingDays: Bool
}

/// A payment term as the settings write it: `30%@PI+3d;70%@BLCOPY+7d`, days `d` or banking days `bd`.
package struct PaymentTerm: Sendable, Hashable {
    /// In the order written; their shares add up to 1.
    package let stages: [PaymentStage]

    /// - Throws: `TradeError.malformed` for a text out of form, `TradeError.sharesDoNotSum` when the shares are not 100 %.
    package init(_ text: String) throws(TradeError) {
        var stages: [PaymentStage] = []
        var sum = ExactDecimal.zero
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            guard let stage = Self.stage(part) else { throw .malformed(field: "payment term", text: text) }
            sum = try exactly { () throws(ArithmeticError) in try sum + stage.share }
            stages.append(stage)
        }
        if sum != ExactDecimal(1) { throw .sharesDoNotSum(sum) }
        self.stages = stages
    }

    /// The day on which a stage falls due.
    ///
    /// - Parameter banking: counts banking days where the stage asks for them.
    package static func dueDay(
        of stage: PaymentStage, event: Day, banking: WorkdayCount
    ) throws(TradeError) -> Day {
        if !stage.countsBankingDays { return event.adding(days: stage.offsetDays) }
        return try banking.day(event, plus: stage.offsetDays)
    }

    private static func stage(_ part: Substring) -> PaymentStage? {
        let halves = part.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[0].hasSuffix("%"), let percent = ExactDecimal(halves[0].dropLast()),
            !percent.isNegative, percent.scale <= 16
        else { return nil }
        let share = ExactDecimal(units: percent.units, scale: percent.scale + 2)
        guard let sign = halves[1].firstIndex(where: { $0 == "+" || $0 == "-" }),
            let event = PaymentEvent(rawValue: String(halves[1][..<sign]))
        else { return nil }
        var offset = halves[1][sign...]
        guard offset.hasSuffix("d") else { return nil }
        offset = offset.dropLast()
        let banking = offset.hasSuffix("b")
        if banking { offset = offset.dropLast() }
        guard let days = Int(offset), abs(days) <= 3650 else { return nil }
        return PaymentStage(share: share, event: event, offsetDays: days, countsBankingDays: banking)
    }
}
