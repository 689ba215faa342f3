/// What a decision table does when several rules match.
package enum HitPolicy: Sendable, Hashable {
    /// At most one may match; several are an error.
    case unique
    /// All that match say the same; else it is an error.
    case any
    /// The one whose outputs come first in the lists of output values.
    case priority
    /// The first one of the table.
    case first
    /// All, in the order of the table.
    case ruleOrder
    /// All, in the order of the lists of output values.
    case outputOrder
    /// All in no order, or one figure made of them.
    case collect(Aggregation?)

    package enum Aggregation: String, Sendable, Hashable, CaseIterable {
        case sum = "SUM"
        case minimum = "MIN"
        case maximum = "MAX"
        case count = "COUNT"
    }

    /// Without the aggregation, as DMN writes it.
    package var word: String {
        switch self {
        case .unique: "UNIQUE"
        case .any: "ANY"
        case .priority: "PRIORITY"
        case .first: "FIRST"
        case .ruleOrder: "RULE ORDER"
        case .outputOrder: "OUTPUT ORDER"
        case .collect: "COLLECT"
        }
    }

    package var aggregation: Aggregation? { if case .collect(let aggregation) = self { aggregation } else { nil } }

    /// As people write it at the corner of a table: `U`, `C+`.
    package var letter: String {
        switch self {
        case .collect(.sum?): "C+"
        case .collect(.minimum?): "C<"
        case .collect(.maximum?): "C>"
        case .collect(.count?): "C#"
        default: String(word.prefix(1))
        }
    }

    /// Nil for a word that is none; no word means unique.
    package init?(word: String?, aggregation: String?) {
        switch word ?? "UNIQUE" {
        case "UNIQUE": self = .unique
        case "ANY": self = .any
        case "PRIORITY": self = .priority
        case "FIRST": self = .first
        case "RULE ORDER": self = .ruleOrder
        case "OUTPUT ORDER": self = .outputOrder
        case "COLLECT":
            guard let aggregation, aggregation != "LIST" else {
                self = .collect(nil)
                return
            }
            guard let known = Aggregation(rawValue: aggregation) else { return nil }
            self = .collect(known)
        default: return nil
        }
    }
}
