import Access
package import Definitions
import Flow
import Store
package import Values

/// The rules of the house: those that look, and those that are switched off.
package struct HouseRules: Question {
    package struct Rule: Sendable {
        package let object: String
        package let id: String
        package let label: Label
        /// Nil for one that is switched off: what it did is not read.
        package let definition: RuleDefinition?
        package let done: Int
        package let failed: Int
        /// Left out because quiet was asked for, or too many rules followed from one another.
        package let left: Int
        package let lastAt: Instant?

        package var isOn: Bool { definition != nil }
    }

    /// Runs are counted over so many days.
    package static let days = 30

    package init() {}

    /// For whoever may define or audit, in the order of the objects. One statement.
    ///
    /// - Throws: the rejection `not_allowed` for others.
    package func answer(in context: ReadContext) throws -> [Rule] {
        guard context.access.has("define") || context.access.has("audit") else { throw Rejection.notAllowed }
        let since = context.now.adding(seconds: -Self.days * 86_400)
        let runs = try context.connection.beyondSight { try RuleRuns(context.connection).tallies(since: since) }
        let off = Self.switchedOff(context.snapshot.overlay)
        return context.model.liveObjects.flatMap { object in
            object.rules.map { rule($0.id, $0.label, $0, of: object.id, runs) }
                + (off[object.id] ?? []).map { rule($0.id, $0.label, nil, of: object.id, runs) }
        }
    }

    private func rule(
        _ id: String, _ label: Label, _ definition: RuleDefinition?, of object: String, _ runs: [RuleRuns.Tally]
    ) -> Rule {
        let own = runs.filter { $0.object == object && $0.rule == id }
        let count = { (results: [String]) in own.filter { results.contains($0.result) }.reduce(0) { $0 + $1.count } }
        return Rule(
            object: object, id: id, label: label, definition: definition, done: count(["done"]),
            failed: count(["failed"]), left: count(["quiet", "too_deep"]), lastAt: own.map(\.lastAt).max())
    }

    /// Object → rules that the company has switched off.
    private static func switchedOff(_ overlay: Overlay) -> [String: [(id: String, label: Label)]] {
        // The overlay is our own writing; what is none switches nothing off.
        guard let root = try? JSONReader.read(overlay.document), case .array(let objects)? = root["objects"] else {
            return [:]
        }
        var out: [String: [(id: String, label: Label)]] = [:]
        for object in objects {
            guard case .text(let name)? = object["id"], case .array(let rules)? = object["rules"] else { continue }
            for rule in rules where Self.isTrue(rule["retired"]) {
                guard case .text(let id)? = rule["id"] else { continue }
                var label = Label(zh: id, en: id)
                if case .text(let zh)? = rule["label"]?["zh"], case .text(let en)? = rule["label"]?["en"] {
                    label = Label(zh: zh, en: en)
                }
                out[name, default: []].append((id, label))
            }
        }
        return out
    }

    private static func isTrue(_ json: JSONValue?) -> Bool { json == .bool(true) || json == .text("true") }
}

extension RuleDefinition {
    /// The change of definitions that switches a rule off, or on again; its name is kept for the list of those that are
    /// off.
    package static func switching(_ id: String, label: Label, of object: String, on: Bool) -> DefinitionChange {
        var json = JSONBuilder(escaping: .minimal)
        json.object { json in
            json.key("objects")
            json.array { json in
                json.object { json in
                    json.field("id", object)
                    json.key("rules")
                    json.array { json in
                        json.object { json in
                            json.field("id", id)
                            json.key("label")
                            json.object { json in
                                json.field("zh", label.zh)
                                json.field("en", label.en)
                            }
                            json.key("retired")
                            json.bool(!on)
                        }
                    }
                }
            }
        }
        return .merge(document: json.text)
    }
}
