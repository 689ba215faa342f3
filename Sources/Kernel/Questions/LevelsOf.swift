import Access
import Definitions
import Flow
import Interchange
import Store
package import Values

/// Which level table an approval has, which it had, and gaps and overlaps of the company's limits; `missing` for who
/// may not read those.
package struct LevelsOf: Question {
    package let approval: ApprovalKey

    package init(approval: ApprovalKey) { self.approval = approval }

    package struct Answer: Sendable {
        /// Code of the company's limits.
        package let kind: String
        /// Names that a table may ask for.
        package let inputs: [String]
        /// Newest first.
        package let versions: [Version]
        /// The decisions of the table in force.
        package let tables: [LevelTableView]
        /// Gaps and overlaps, with the limit above each.
        package let problems: [(limit: RecordID, problem: Problem)]
    }

    package struct Version: Sendable {
        package let number: Int
        package let name: String
        package let at: Instant?
        package let isInForce: Bool
    }

    package func answer(in context: ReadContext) throws -> Answer {
        let (definition, found) = try context.approval(approval)
        let house = context.levelHouse
        let rules = try house.connection.beyondSight { try ApprovalRules(house: house).of(found.kind) }
        let tables = LevelTables(house: house)
        let words = LevelDifference(model: context.model, definition: definition)
        return Answer(
            kind: found.kind,
            inputs: LevelCheck(model: context.model, definition: definition, approval: found).names.sorted(),
            versions: try tables.rows(approval).map {
                Version(number: $0.version, name: $0.name, at: $0.at, isInForce: $0.isActive)
            }, tables: try tables.table(approval, .current)?.document.tables.map(words.view) ?? [],
            problems: ApprovalRules(house: house).problems(of: found.kind, rules).map { ($0.rule, $0.problem) })
    }
}

/// A level table as a DMN file, or the rejection `missing`.
package struct LevelFile: Question {
    package enum Source: Sendable {
        /// The company's limits.
        case limits
        /// The table in force, as it was brought in.
        case inForce
        case version(Int)
    }

    package let approval: ApprovalKey
    package let source: Source

    package init(approval: ApprovalKey, source: Source) {
        self.approval = approval
        self.source = source
    }

    package func answer(in context: ReadContext) throws -> String {
        let (_, found) = try context.approval(approval)
        let house = context.levelHouse
        switch source {
        case .limits:
            let rules = try house.connection.beyondSight { try ApprovalRules(house: house).of(found.kind) }
            let notes = try context.limitNotes(found.kind)
            return LevelExport(model: context.model, key: approval, approval: found).document(rules, notes: notes)
                .written
        case .inForce, .version:
            let row = try LevelTables(house: house).rows(approval).first { row in
                if case .version(let number) = source { row.version == number } else { row.isActive }
            }
            guard let row else { throw Rejection.noSuchRecord }
            return row.file
        }
    }
}

extension ReadContext {
    /// Level tables and limits count whoever asks.
    var levelHouse: ReadContext {
        ReadContext(connection: connection, snapshot: snapshot, actor: .system("approval"), now: now)
    }

    /// The remarks beside the limits of a kind, in the asker's language.
    fileprivate func limitNotes(_ kind: String) throws -> [RecordID: String] {
        let column = actor.language == .zh ? "note_zh" : "note_en"
        guard let object = model.object(ApprovalRules.object), object.field(column) != nil else { return [:] }
        let page = try ask(
            ListRecords(object: object.id, columns: [column], filters: ["kind = \"\(kind)\""], limit: 500))
        return page.rows.reduce(into: [:]) { notes, row in
            if let text = row[column].text, !text.isEmpty { notes[row.id] = text }
        }
    }
}
