import Access
import Definitions
import Expressions
import Store
package import Values

/// Who could take something over: everybody at work whom the actor may see, with whether they are there now and how
/// much they have in hand.
///
/// The count of batons is the house's: it says how busy somebody is and names no record. Four statements.
package struct Colleagues: Question {
    package struct Person: Sendable, Hashable {
        package let id: RecordID
        package let name: String
        /// Ids of roles; empty where the actor may not see them.
        package let roles: [String]
        /// Until when somebody stands in; nil for who is there.
        package let awayUntil: Instant?
        package let standIn: String?
        /// Batons in hand, and those of them that are late.
        package let open: Int
        package let late: Int
    }

    package init() {}

    package func answer(in context: ReadContext) throws -> [Person] {
        guard context.access.grant("user").canRead, context.model.object("user")?.retired == false else { return [] }
        func isReadable(_ field: String) -> Bool { context.access.grant("user").readable.contains(field) }
        func isUsable(_ field: String) -> Bool { context.access.checkPath(FieldPath([field]), on: "user") }
        let rows = try context.ask(
            ListRecords(
                object: "user", columns: ["name", "roles"].filter(isReadable),
                filters: isUsable("active") ? ["active"] : [],
                sort: isUsable("name") ? [SortKey(path: "name", descending: false)] : [], limit: 500)
        ).rows
        let book = try context.peopleBook()
        let load = try Legs(context.connection).load(at: context.now)
        return rows.map { row in
            let away = book.delegations.filter {
                $0.from == row.id && $0.start <= context.now && context.now < $0.end
            }.max { $0.end < $1.end }
            var roles: [String] = []
            if case .list(let items) = row["roles"] { roles = items.compactMap(\.text) }
            return Person(
                id: row.id, name: row.title, roles: roles, awayUntil: away?.end,
                standIn: away.flatMap { book.byID[$0.to]?.name }, open: load[row.id]?.open ?? 0,
                late: load[row.id]?.late ?? 0)
        }
    }
}
