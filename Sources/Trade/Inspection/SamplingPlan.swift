package import Values

/// The inspection level: how large a sample a lot of a size gives.
package enum InspectionLevel: String, Sendable, Hashable, CaseIterable {
    case special1 = "S-1"
    case special2 = "S-2"
    case special3 = "S-3"
    case special4 = "S-4"
    case reduced = "I"
    /// The usual level when a contract names none.
    case general = "II"
    case strict = "III"
}

/// Whether the plan is the normal one or the tightened one after rejected lots.
package enum SamplingSeverity: String, Sendable, Hashable, CaseIterable {
    case normal
    case tightened

    /// The severity of the next lot: two of five successive lots rejected tighten, five accepted in a row relax.
    ///
    /// - Parameter accepted: verdicts of the last lots under this severity, oldest first.
    package func next(after accepted: [Bool]) -> SamplingSeverity {
        let last = accepted.suffix(5)
        switch self {
        case .normal: return last.filter { !$0 }.count >= 2 ? .tightened : .normal
        case .tightened: return last.count == 5 && last.allSatisfy { $0 } ? .normal : .tightened
        }
    }
}

/// A single sampling plan of ISO 2859-1 for one lot and one quality limit.
package struct SamplingPlan: Sendable, Hashable {
    /// The letter that the lot size gives; an arrow of the table may lead to another letter's sample size.
    package let codeLetter: Character
    /// Pieces to inspect, at most the lot.
    package let sampleSize: Int
    /// The lot passes with at most this many nonconforming pieces in the sample.
    package let acceptance: Int
    /// The lot fails from this many on.
    package let rejection: Int
    /// True when the plan's sample is not smaller than the lot, so every piece is inspected.
    package let isFullInspection: Bool

    /// - Parameters:
    ///   - lot: pieces in the lot, at least 1; a lot of one is inspected whole.
    ///   - limit: AQL, per cent: 0.10 ... 6.5 of the table's columns.
    /// - Throws: `TradeError.unknownQualityLimit` for a limit without a column.
    package init(
        lot: Int, limit: ExactDecimal, level: InspectionLevel = .general, severity: SamplingSeverity = .normal
    ) throws(TradeError) {
        try Bounds.positive(lot, "lot")
        let row = SamplingTable.lotEnds.firstIndex { lot <= $0 } ?? SamplingTable.lotEnds.count - 1
        codeLetter = Array(SamplingTable.letters(level))[row]
        guard let (size, limitCount) = SamplingTable.cell(severity, codeLetter, limit) else {
            throw .unknownQualityLimit(limit.shortest)
        }
        isFullInspection = size >= lot
        sampleSize = min(size, lot)
        acceptance = limitCount
        rejection = limitCount + 1
    }

    /// The verdict on the sample.
    package func accepts(nonconforming: Int) -> Bool { nonconforming <= acceptance }
}
