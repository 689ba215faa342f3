/// What a database column can hold and what a statement can bind.
package enum SQLValue: Sendable, Hashable {
    case null
    /// Bound only: engines give flags back as the integers 0 and 1.
    case bool(Bool)
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    package var isNull: Bool { self == .null }

    package var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
    package var real: Double? { if case .real(let number) = self { number } else { nil } }
    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var blob: [UInt8]? { if case .blob(let bytes) = self { bytes } else { nil } }
}
