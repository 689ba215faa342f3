/// What a field, a formula or a filter can hold.
///
/// `list` is for context lists (the departments of an actor) and for fields with several codes; lists don't nest.
package enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    case text(String)
    case decimal(ExactDecimal)
    /// What `/` and statistics give; never stored in a field without a rounding.
    case real(Double)
    case day(Day)
    case instant(Instant)
    case record(RecordID)
    case list([Value])

    package var isNull: Bool { self == .null }

    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var decimal: ExactDecimal? { if case .decimal(let number) = self { number } else { nil } }
    package var record: RecordID? { if case .record(let id) = self { id } else { nil } }
    package var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    package var day: Day? { if case .day(let day) = self { day } else { nil } }
    package var instant: Instant? { if case .instant(let instant) = self { instant } else { nil } }
}
