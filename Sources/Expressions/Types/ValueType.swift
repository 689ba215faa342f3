/// The types of the language.
package indirect enum ValueType: Sendable, Hashable {
    case bool
    case text
    /// An exact number with this many digits after the point.
    case decimal(scale: Int)
    /// A quotient or a statistic: approximate, never stored without a ROUND.
    case real
    case day
    case instant
    /// A link to a record of this object; `*` for any object.
    case record(object: String)
    case list(ValueType)
    /// The children of a record; only aggregates take them.
    case lines(object: String)
    /// The type of NULL, which fits every other one.
    case null
}

extension ValueType {
    package var isNumber: Bool {
        switch self {
        case .decimal, .real: true
        default: false
        }
    }

    package var scale: Int? { if case .decimal(let scale) = self { scale } else { nil } }

    /// Whether `<` and MIN mean something.
    package var isOrdered: Bool {
        switch self {
        case .decimal, .real, .text, .day, .instant: true
        default: false
        }
    }

    /// The name users read in a diagnostic.
    package var names: (zh: String, en: String) {
        switch self {
        case .bool: ("是否", "true/false")
        case .text: ("文本", "text")
        case .decimal(let scale): ("数字（\(scale) 位小数）", "number with \(scale) decimals")
        case .real: ("近似数", "approximate number")
        case .day: ("日期", "date")
        case .instant: ("时间", "date and time")
        case .record(let object): object == "*" ? ("记录", "record") : ("\(object) 记录", "\(object) record")
        case .list(let element): (element.names.zh + "列表", "list of " + element.names.en)
        case .lines(let object): ("\(object) 明细", "\(object) lines")
        case .null: ("空值", "NULL")
        }
    }
}
