import Definitions
import Expressions
import Flow
import Interchange
import Store
import Values

/// What lanes are called here: who does what is in them.
struct WorkflowLanes {
    private let context: ReadContext
    private let definition: ObjectDefinition?
    private let book: PeopleBook
    private var logins: [String: RecordID] = [:]

    /// One statement more when a login is among the words.
    init(_ context: ReadContext, object: String?, words: some Collection<String>) throws {
        self.context = context
        definition = object.flatMap(context.model.object)
        book = try context.peopleBook()
        guard words.contains(where: { $0.hasPrefix(WorkflowPeople.personal) }),
            let users = context.model.object("user"), users.field("login") != nil
        else { return }
        let query = RecordQuery(
            object: users.id, context: context.evaluation, fields: [FieldPath(["login"])], limit: 5000)
        for row in try context.connection.beyondSight({ try context.store.select(query) }) {
            logins[row.id.description] = row.id
            if let login = row[path: "login"].text { logins[login] = row.id }
        }
    }

    /// Lane → who does what is in it: as it is said, else by a name that the lane shares with one of ours. Those that
    /// mean nobody here are missing.
    func holders(of process: BPMNProcess, as said: [String: String]) -> [String: String] {
        var out: [String: String] = [:]
        for lane in process.lanes {
            if let wish = said[lane.id] ?? said[lane.name.trimmed] {
                if let known = known(wish) { out[lane.id] = known }
            } else if let found = named(lane.id) ?? named(lane.name) {
                out[lane.id] = found
            }
        }
        return out
    }

    func isKnown(_ holder: String) -> Bool { known(holder) != nil }

    static func isKey(_ text: String) -> Bool {
        (1...80).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
    }

    /// A holder in words.
    func words(_ holder: String) -> Label {
        if holder.hasPrefix(WorkflowPeople.personal) {
            let name = RecordID(holder.dropFirst(WorkflowPeople.personal.count)).flatMap { book.byID[$0]?.name }
            return Label(zh: name ?? holder, en: name ?? holder)
        }
        if let field = definition?.field(holder) { return field.label }
        if let role = context.model.role(holder) { return role.label }
        return Self.positions[holder] ?? Label(zh: holder, en: holder)
    }

    private static let positions = [
        "manager": Label(zh: "上级", en: "Superior"), "department_manager": Label(zh: "部门经理", en: "Head of department"),
    ]

    // MARK: Finding

    private func known(_ holder: String) -> String? {
        let holder = holder.trimmed
        if holder.hasPrefix(WorkflowPeople.personal) { return person(String(holder.dropFirst(5)).trimmed) }
        let isField = definition?.field(holder).map { !$0.retired && $0.type == .link(object: "user") } ?? false
        if isField || context.model.role(holder) != nil || Self.positions[holder] != nil { return holder }
        for suffix in ["_manager", "_director"] where holder.hasSuffix(suffix) {
            let base = String(holder.dropLast(suffix.count))
            if context.model.role(base) != nil || suffix == "_director" && context.model.role("director") != nil {
                return holder
            }
        }
        return nil
    }

    private func person(_ login: String) -> String? {
        (logins[login] ?? logins[Kernel.canonical(login)]).map { WorkflowPeople.personal + $0.description }
    }

    /// Somebody of ours with this name, in either language.
    private func named(_ name: String) -> String? {
        let wanted = name.trimmed.lowercased()
        guard !wanted.isEmpty else { return nil }
        if let known = known(wanted) { return known }
        let role = context.model.roles.first { [$0.label.zh, $0.label.en.lowercased()].contains(wanted) }
        if let role { return role.id }
        let field = definition?.liveFields.first { field in
            field.type == .link(object: "user") && [field.label.zh, field.label.en.lowercased()].contains(wanted)
        }
        return field?.id
    }
}
