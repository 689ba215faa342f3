import Definitions
import Expressions
import Flow
import Store
import Values

/// Chooses who gets a record, among those who hold a role and are there.
struct Assigning {
    let context: ReadContext

    /// Nil when nobody is there.
    func choose(
        _ assignment: AssignmentDefinition, _ definition: ObjectDefinition, _ record: RecordState
    ) throws -> RecordID? {
        let book = try context.peopleBook()
        // Whose work somebody else does now is not there, and who does it is asked for their own turn.
        let people = book.holders(
            of: assignment.role, near: nil, knownRoles: Set(context.model.roles.map(\.id))
        ).filter { book.present($0, at: context.now) == $0 }
        switch assignment.way {
        case .roundRobin: return try next(people, definition, assignment)
        case .leastLoad: return try leastLoaded(people, definition)
        case .territory:
            let near = try inTerritory(people, record)
            return try next(near.isEmpty ? people : near, definition, assignment)
        }
    }

    /// One after the other, in the order of their ids, whoever else came and went.
    private func next(
        _ people: [RecordID], _ definition: ObjectDefinition, _ assignment: AssignmentDefinition
    ) throws -> RecordID? {
        let key = "turn:\(definition.id):\(assignment.role)"
        let settings = Store.Settings(context.connection)
        let last = try settings.text(key).flatMap { RecordID($0) }
        let sorted = people.sorted()
        guard let chosen = sorted.first(where: { person in last.map { person > $0 } ?? true }) ?? sorted.first else {
            return nil
        }
        try settings.set(key, chosen.description, at: context.now, by: nil)
        return chosen
    }

    private func leastLoaded(_ people: [RecordID], _ definition: ObjectDefinition) throws -> RecordID? {
        var filters: [String] = []
        if let states = definition.states {
            let final = states.states.filter(\.final).map { "\"\($0.code)\"" }
            if !final.isEmpty { filters = ["NOT(\(states.field) IN (\(final.joined(separator: ", "))))"] }
        }
        let table = try context.ask(
            GroupRecords(
                object: definition.id, filters: filters, group: ["owner"],
                measures: [GroupRecords.Measure(id: "n", function: .count, of: nil)]))
        var load: [RecordID: ExactDecimal] = [:]
        for row in table.rows { if let owner = row[0].record { load[owner] = row[1].decimal } }
        return people.sorted().min { (load[$0] ?? .zero) < (load[$1] ?? .zero) }
    }

    /// Those whose region has the record's country, or is the record's.
    private func inTerritory(_ people: [RecordID], _ record: RecordState) throws -> [RecordID] {
        let book = try context.peopleBook()
        var regions: Set<RecordID> = []
        if let country = record["country"].text {
            let query = RecordQuery(
                object: "region", context: context.evaluation, fields: [FieldPath(["countries"])], limit: 500)
            for row in try context.store.select(query) {
                if case .list(let items) = row[path: "countries"], items.contains(.text(country)) {
                    regions.insert(row.id)
                }
            }
        } else if let region = record["region"].record {
            regions.insert(region)
        }
        return people.filter { book.byID[$0]?.region.map(regions.contains) ?? false }
    }
}
