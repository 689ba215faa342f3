import Access
import Definitions
import Expressions
import Store
package import Values

/// Why somebody may or may not do something: role by role, and the other way round, which roles would allow it.
///
/// For who holds the privilege `users`; the record must be in the asker's own sight.
package struct WhyAccess: Question {
    package var person: RecordID
    package var about: AccessCase

    package init(person: RecordID, about: AccessCase) {
        self.person = person
        self.about = about
    }

    /// - Throws: `forbidden` without the privilege; `not_found` for what the asker does not see.
    package func answer(in context: ReadContext) throws -> AccessVerdict {
        let sheet = try CaseSheet(about, asker: context)
        _ = try context.ask(ShowRecord(object: "user", id: person, fields: ["id"], withLines: false))
        guard let actor = try context.connection.beyondSight({ try AccessPeople(context).actor(person) }) else {
            throw Rejection.noSuchRecord
        }
        let subject = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: actor, now: context.now)
        let row = try context.connection.beyondSight { try sheet.row(for: [subject], context) }
        let roles = sheet.verdicts(subject, row)
        let rightsAllow = roles.contains(where: \.allows) && sheet.restrictionsHold(subject, row)
        let isHeld = try rightsAllow && context.connection.beyondSight { try isHeldByState(subject, sheet) }
        let allowed = rightsAllow && !isHeld
        let action = sheet.definition.actions.first { $0.id == about.action }
        let would =
            allowed || isHeld ? [] : try context.connection.beyondSight { try wouldAllow(actor, sheet, context) }
        return AccessVerdict(
            allowed: allowed, roles: roles,
            silent: actor.roles.filter { role in !roles.contains { $0.role == role } }, isHeldByState: isHeld,
            states: isHeld ? action?.from ?? [] : [], condition: isHeld ? action?.condition : nil, wouldAllow: would)
    }

    /// What the record itself offers this person now.
    private func isHeldByState(_ subject: ReadContext, _ sheet: CaseSheet) throws -> Bool {
        guard let id = about.record, about.action != "read", about.action != "create" else { return false }
        let seen = try subject.ask(ShowRecord(object: about.object, id: id, withLines: false))
        if about.action == "update", let field = about.field { return !seen.editable.contains(field) }
        return !["import", "export"].contains(about.action) && !seen.actions.contains(about.action)
    }

    private func wouldAllow(_ actor: Actor, _ sheet: CaseSheet, _ context: ReadContext) throws -> [String] {
        let others = context.model.roles.map(\.id).filter { !actor.roles.contains($0) }
        let subjects = others.map { role in
            ReadContext(
                connection: context.connection, snapshot: context.snapshot,
                actor: actor.with(roles: actor.roles + [role]), now: context.now)
        }
        let row = try sheet.row(for: subjects, context)
        return zip(others, subjects).filter { _, subject in
            sheet.verdicts(subject, row).contains(where: \.allows) && sheet.restrictionsHold(subject, row)
        }.map(\.0)
    }
}

/// Who may do something, and by which role. For who holds the privilege `users`; at most 300 people are looked at.
package struct WhoMay: Question {
    package struct Person: Sendable {
        package let record: RecordView
        /// The roles that allow it; empty for who may not.
        package let by: [String]
    }

    package var about: AccessCase

    package init(_ about: AccessCase) { self.about = about }

    /// - Throws: as `WhyAccess`.
    package func answer(in context: ReadContext) throws -> [Person] {
        let sheet = try CaseSheet(about, asker: context)
        let rows = try context.ask(
            ListRecords(
                object: "user",
                columns: ["name", "roles"].filter { context.access.grant("user").readable.contains($0) },
                filters: ["active"], sort: [SortKey(path: "name", descending: false)], limit: 300)
        ).rows
        return try context.connection.beyondSight {
            let people = try AccessPeople(context)
            let subjects = try rows.map { row in
                try people.actor(row.id).map { actor in
                    ReadContext(
                        connection: context.connection, snapshot: context.snapshot, actor: actor, now: context.now)
                }
            }
            let row = try sheet.row(for: subjects.compactMap(\.self), context)
            return zip(rows, subjects).map { record, subject in
                guard let subject, sheet.restrictionsHold(subject, row) else { return Person(record: record, by: []) }
                var by: [String] = []
                for verdict in sheet.verdicts(subject, row) where verdict.allows && !by.contains(verdict.role) {
                    by.append(verdict.role)
                }
                return Person(record: record, by: by)
            }
        }
    }
}

/// A case that was checked against what the asker may know.
private struct CaseSheet {
    let about: AccessCase
    let definition: ObjectDefinition

    init(_ about: AccessCase, asker context: ReadContext) throws {
        guard context.actor.isSystem || context.access.has("users") else { throw Rejection.notAllowed }
        definition = try context.object(about.object)
        self.about = about
        if let field = about.field {
            guard definition.field(field)?.retired == false, context.access.grant(about.object).readable.contains(field)
            else { throw Rejection.noSuchRecord }
        }
        if let id = about.record {
            _ = try context.ask(ShowRecord(object: about.object, id: id, fields: ["id"], withLines: false))
        }
    }

    /// The record with all that the conditions of these people ask of it. One statement.
    func row(for subjects: [ReadContext], _ context: ReadContext) throws -> RecordRow? {
        guard let id = about.record else { return nil }
        var paths: Set<FieldPath> = [FieldPath(["id"])]
        for subject in subjects { paths.formUnion(subject.access.grant(about.object).paths) }
        return try context.store.find(about.object, id, fields: Array(paths), context: context.evaluation)
    }

    func verdicts(_ subject: ReadContext, _ row: RecordRow?) -> [RoleVerdict] {
        let access = subject.access
        return access.grant(about.object).alternatives.map { part in
            RoleVerdict(
                role: part.role, rows: part.predicate,
                holdsRecord: row.map { part.predicate?.matches(RowSource(row: $0), subject.evaluation) ?? true },
                givesAction: part.actions.contains(about.action), field: field(part, access))
        }
    }

    private func field(_ part: AccessAlternative, _ access: AccessTable) -> RoleVerdict.Field? {
        guard let id = about.field else { return nil }
        let writes = about.action == "update" || about.action == "create"
        if writes ? part.writable.contains(id) : part.readable.contains(id) { return .open }
        if let needed = definition.field(id)?.sensitivity, !access.clearance.contains(needed) {
            return .needsClearance(needed)
        }
        return .closed
    }

    func restrictionsHold(_ subject: ReadContext, _ row: RecordRow?) -> Bool {
        guard let row else { return true }
        return subject.access.grant(about.object).restrictions.allSatisfy {
            $0.matches(RowSource(row: row), subject.evaluation)
        }
    }
}

/// Who people are, with the departments and regions below theirs read once for all of them.
private struct AccessPeople {
    private let reader: ActorReader
    private let trees: [String: [RecordID: [RecordID]]]

    init(_ context: ReadContext) throws {
        reader = ActorReader(context: context)
        trees = ["department": try reader.children("department"), "region": try reader.children("region")]
    }

    /// Nil for who is gone or switched off.
    func actor(_ user: RecordID) throws -> Actor? {
        try reader.actor(user, origin: .page, session: nil, trees: trees)
    }
}

extension Actor {
    fileprivate func with(roles: [String]) -> Actor {
        Actor(
            identity: identity, login: login, name: name, roles: roles, department: department,
            departments: departments, region: region, regions: regions, language: language, timeZone: timeZone,
            origin: origin, session: nil)
    }
}
