package import Expressions

/// What a field holds; it decides the physical columns, the input, the checks and the type in expressions.
package enum FieldType: Sendable, Hashable {
    /// One line. `format` adds a check and a way to show it.
    case text(maxLength: Int, format: TextFormat)
    case longText(maxLength: Int)
    case bool
    case integer
    /// Scaled integer with this many digits after the point (0...12).
    case decimal(scale: Int)
    /// A fraction with four digits: 12.5 % is `0.1250`.
    case percent
    /// An amount with its currency, the rate locked when it was set and the amount in the company's base currency.
    /// Stored as whole ten-thousandths, rounded to the currency's minor unit (docs/decisions).
    case money(MoneySource)
    /// One code of a list.
    case choice(list: String)
    /// Several codes of a list.
    case choices(list: String)
    case day
    case instant
    /// One record of another object.
    case link(object: String)
    /// Several records of another object: link rows.
    case links(object: String)
    /// One record of any of these objects.
    case anyLink(objects: [String])
    /// The children of this record: a child table whose object names this one as its parent. No column.
    case lines(object: String)
    /// Attachments, in order. No column.
    case files
    /// Structured long-tail data that no rule reads; text of one JSON value.
    case json
}

package enum TextFormat: String, Sendable, Hashable {
    case plain
    case email
    case phone
    case url
}

/// Where a money field takes its currency from.
package enum MoneySource: Sendable, Hashable {
    /// The field carries its own currency and rate.
    case own
    /// The currency (and rate) fields of the same record, or of the parent for a line: field ids.
    case record(currency: String, rate: String?)
    /// Always the company's base currency.
    case base
}

extension FieldType {
    /// The type in expressions; nil for `files` and `json`, which no expression can read.
    package var valueType: ValueType? {
        switch self {
        case .text, .longText: .text
        case .bool: .bool
        case .integer: .decimal(scale: 0)
        case .decimal(let scale): .decimal(scale: scale)
        case .percent, .money: .decimal(scale: 4)
        case .choice: .text
        case .choices: .list(.text)
        case .day: .day
        case .instant: .instant
        case .link(let object): .record(object: object)
        case .links(let object): .list(.record(object: object))
        case .anyLink: .record(object: "*")
        case .lines(let object): .lines(object: object)
        case .files, .json: nil
        }
    }
}
