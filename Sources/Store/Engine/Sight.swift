package import Expressions
import Values

/// In whose name a block reads. An engine with row-level security then shows the block no row that nobody of these
/// roles, in this place, may see: a second wall behind the conditions that the query itself carries.
package struct Sight: Sendable, Hashable {
    /// Names and values that the rules of the tables read; ids in hexadecimal digits, lists with commas.
    package let settings: [Setting]

    package struct Setting: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    package init(_ context: EvaluationContext) {
        func list(_ ids: [RecordID]) -> String { ids.map { $0.bytes.hexadecimal }.joined(separator: ",") }
        settings = [
            Setting(name: "me", value: context.me?.bytes.hexadecimal ?? ""),
            Setting(name: "roles", value: context.roles.joined(separator: ",")),
            Setting(name: "departments", value: list(context.departments)),
            Setting(name: "regions", value: list(context.regions)),
            Setting(name: "now", value: String(context.now.milliseconds)),
            Setting(name: "today", value: String(context.today.number)),
        ]
    }
}

/// What the rules of row-level security ask of the person in whose name a block reads.
package enum SightItem: Sendable, Hashable {
    case me, now, today
    /// A list of ids.
    case departments, regions
    /// Whether the person has one of these roles.
    case anyRole([String])
}

extension [UInt8] {
    /// Two lower-case digits for each byte.
    package var hexadecimal: String {
        let digits = Array<UInt8>("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
