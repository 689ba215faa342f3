import Access
package import Definitions
import Flow
package import Values

/// What a request for a change would touch, worked out now and not written: for a look before it is submitted.
package struct ImpactOf: Question {
    package struct Line: Sendable {
        package let kind: String
        package let text: Label
        /// Nil when there is none or the asker may not see costs.
        package let amount: ExactDecimal?
        package let days: Int?
        /// Nil when there is none or it is out of the asker's sight.
        package let other: RecordID?
        package let document: RecordReference?
    }

    package struct Answer: Sendable {
        package let point: String?
        package let severity: String?
        package let lines: [Line]
        package let delay: Int
        package let cost: ExactDecimal?
        package let others: Int
        package let documents: [String]
        package let needsAmendment: Bool
    }

    package let object: String
    package let id: RecordID

    package init(object: String, id: RecordID) {
        self.object = object
        self.id = id
    }

    /// - Throws: `not_found` for what is out of sight, is no request for a change, or changes nothing that is there.
    package func answer(in context: ReadContext) throws -> Answer {
        let definition = try context.object(object)
        let shown = try context.ask(ShowRecord(object: object, id: id, fields: ["id"], withLines: false))
        guard let desk = definition.change else { throw Rejection.noSuchRecord }
        let house = ChangeDesk(desk, in: context)
        guard let request = try house.load(definition, shown.id), let finding = try house.find(request.state) else {
            throw Rejection.noSuchRecord
        }
        let sheet = finding.sheet
        let grant = context.access.grant(object)
        let seesCost = desk.into["cost"].map { grant.readable.contains($0) } ?? true
        let others = try inSight(sheet.others, desk.object, context)
        return Answer(
            point: finding.point, severity: sheet.severity,
            lines: try sheet.lines.map { line in
                Line(
                    kind: line.kind, text: line.text, amount: seesCost ? line.amount : nil, days: line.days,
                    other: line.other.flatMap { others.contains($0) ? $0 : nil },
                    document: try line.document.flatMap { mark in
                        try inSight([mark.id], mark.object, context).isEmpty
                            ? nil : RecordReference(object: mark.object, id: mark.id)
                    })
            }, delay: sheet.delay, cost: seesCost ? sheet.cost : nil, others: sheet.others.count,
            documents: sheet.documents, needsAmendment: sheet.needsAmendment)
    }

    private func inSight(_ ids: [RecordID], _ object: String, _ context: ReadContext) throws -> Set<RecordID> {
        guard !ids.isEmpty, context.access.grant(object).canRead else { return [] }
        let list = ids.map { "\"\($0)\"" }.joined(separator: ", ")
        let page = try context.ask(
            ListRecords(object: object, columns: ["id"], filters: ["id IN (\(list))"], limit: ids.count))
        return Set(page.rows.map(\.id))
    }
}
