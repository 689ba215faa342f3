import Access
import Definitions
import Interchange
import Store
import Values

/// What would be said of a DMN file as the level table of an approval. Nothing is written.
package struct CheckLevels: Question {
    package let approval: ApprovalKey
    package let file: [UInt8]

    package init(approval: ApprovalKey, file: [UInt8]) {
        self.approval = approval
        self.file = file
    }

    package func answer(in context: ReadContext) throws -> [LevelFinding] {
        let (definition, found) = try context.approval(approval)
        return LevelCheck(model: context.model, definition: definition, approval: found).findings(of: file)
    }
}

/// What would be said, and what would be different, if a DMN file came in as the level table of an approval. Nothing is
/// written.
package struct RehearseLevels: Question {
    package let approval: ApprovalKey
    package let file: [UInt8]

    package init(approval: ApprovalKey, file: [UInt8]) {
        self.approval = approval
        self.file = file
    }

    package struct Answer: Sendable {
        package let findings: [LevelFinding]
        /// Version of the table in force that the changes are told against; nil when they are told against the
        /// company's limits.
        package let replaces: Int?
        /// Empty for a file that can't be read, and for one that says the same.
        package let changes: [LevelChange]

        /// Whether the file can come in.
        package var isFit: Bool { !findings.contains(where: \.isError) }
    }

    package func answer(in context: ReadContext) throws -> Answer {
        let (definition, found) = try context.approval(approval)
        let findings = LevelCheck(model: context.model, definition: definition, approval: found).findings(of: file)
        let house = context.levelHouse
        let table = try LevelTables(house: house).table(approval, .current)
        guard file.count <= LevelCheck.largest, let new = try? DMNDocument(file) else {
            // The findings say why it can't be read.
            return Answer(findings: findings, replaces: table?.version, changes: [])
        }
        let old: DMNDocument
        if let table {
            old = table.document
        } else {
            let rules = try house.connection.beyondSight { try ApprovalRules(house: house).of(found.kind) }
            old = LevelExport(model: context.model, key: approval, approval: found).document(rules, notes: [:])
        }
        return Answer(
            findings: findings, replaces: table?.version,
            changes: LevelDifference(model: context.model, definition: definition).changes(from: old, to: new))
    }
}
