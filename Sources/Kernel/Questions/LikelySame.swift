import Access
import Definitions
import Expressions
import Store
package import Values

/// Records that may be what somebody is about to make, asked while they still type: by the object's rules for
/// duplicates, by telephone and mail, and by a name that holds the words.
///
/// Of records out of sight only the rules tell, and then whom to ask and nothing of what is kept. A statement or two for
/// each rule, three for each kind of search.
package struct LikelySame: Question {
    package enum Reason: String, Sendable { case rule, phone, mail, name }

    package struct Suspect: Sendable {
        /// Nil for a record out of sight.
        package let id: RecordID?
        package let title: String
        package let reason: Reason
        /// Who has it, as far as it may be said; empty when nobody does.
        package let owner: String
    }

    package let object: String
    /// Field id → what stands in the form, as written there.
    package let texts: [String: String]

    package init(object: String, texts: [String: String]) {
        self.object = object
        self.texts = texts
    }

    /// Suspects that are shown; the surest come first.
    private static let limit = 5

    package func answer(in context: ReadContext) throws -> [Suspect] {
        let definition = try context.object(object)
        guard definition.parent == nil, context.access.grant(object).canCreate else { throw Rejection.noSuchRecord }
        var found: [Suspect] = []
        func add(_ more: [Suspect]) {
            for one in more where found.count < Self.limit {
                if one.id == nil || !found.contains(where: { $0.id == one.id }) { found.append(one) }
            }
        }
        add(try byRules(definition, context))
        let readable = context.access.grant(object).readable
        for field in definition.liveFields where definition.search.contains(field.id) && readable.contains(field.id) {
            guard let text = texts[field.id]?.trimmed, text.utf8.count <= 200 else { continue }
            guard case .text(_, let format) = field.type, let wanted = Self.words(text, format) else { continue }
            add(try search(wanted, format == .phone ? .phone : .mail, context))
        }
        for field in definition.title where readable.contains(field) {
            guard let text = texts[field]?.trimmed, text.utf8.count <= 200, Self.isTelling(text) else { continue }
            add(try search(text, .name, context))
        }
        return found
    }

    /// What a search finds a number or an address by: numbers are written in many ways, their last digits in one.
    private static func words(_ text: String, _ format: TextFormat) -> String? {
        switch format {
        case .phone:
            let digits = text.filter { $0.isASCII && $0.isNumber }
            return digits.count >= 7 ? String(digits.suffix(8)) : nil
        case .email: return text.contains("@") && text.count >= 6 ? text : nil
        case .plain, .url: return nil
        }
    }

    /// Two Chinese characters or four letters say something.
    private static func isTelling(_ text: String) -> Bool {
        text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) } >= 4
    }

    private func search(_ words: String, _ reason: Reason, _ context: ReadContext) throws -> [Suspect] {
        try context.ask(ListRecords(object: object, columns: ["id"], search: words, limit: 3)).rows.map {
            Suspect(id: $0.id, title: $0.title, reason: reason, owner: "")
        }
    }

    private func byRules(_ definition: ObjectDefinition, _ context: ReadContext) throws -> [Suspect] {
        var values: [String: Value] = [:]
        let creatable = context.access.grant(object).creatable
        for field in definition.duplicates.flatMap({ $0.keys.map(\.comparedField) }) where creatable.contains(field) {
            guard let text = texts[field]?.trimmed, !text.isEmpty, text.utf8.count <= 400 else { continue }
            switch definition.field(field)?.type {
            case .text?, .longText?, .choice?: values[field] = .text(text)
            case .link?: values[field] = RecordID(text).map(Value.record)
            case .day?: values[field] = Day(text).map(Value.day)
            default: continue
            }
        }
        guard !values.isEmpty else { return [] }
        let rows = try context.connection.beyondSight {
            try context.store.duplicates(object, values: values, excluding: nil, context: context.evaluation)
        }
        let seen = try inSight(definition, rows.prefix(3).map(\.id), context)
        return try rows.prefix(3).map { row in
            let owner = try context.connection.beyondSight {
                try row[path: "owner"].record.map { try context.store.titles("user", [$0])[$0] ?? "" } ?? ""
            }
            return Suspect(
                id: seen[row.id] == nil ? nil : row.id, title: seen[row.id] ?? "", reason: .rule, owner: owner)
        }
    }

    /// Those of the records whose names the actor may read.
    private func inSight(
        _ definition: ObjectDefinition, _ found: [RecordID], _ context: ReadContext
    ) throws -> [RecordID: String] {
        let access = context.access.grant(definition.id)
        guard !found.isEmpty, access.canRead, definition.title.allSatisfy(access.readable.contains) else { return [:] }
        var out: [RecordID: String] = [:]
        for id in found {
            do {
                out[id] = try context.ask(
                    ShowRecord(object: definition.id, id: id, fields: ["id"], withLines: false)
                ).title
            } catch let rejection as Rejection where rejection.kind == .missing {
                continue
            }
        }
        return out
    }
}
