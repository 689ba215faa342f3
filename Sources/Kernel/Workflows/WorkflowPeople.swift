import Definitions
import Flow
import Store
import Values

/// Who may do a task of a workflow.
struct WorkflowPeople {
    let context: ReadContext
    let book: PeopleBook
    /// Who asks; nil for the house.
    let me: RecordID?

    init(_ context: ReadContext) throws {
        self.context = context
        me = context.actor.userID
        book = try context.peopleBook()
    }

    /// How a position names one person.
    static let personal = "user:"

    /// Whoever holds the position, the nearest first; when nobody does, whom the person near answers to.
    func holders(_ position: String, near: RecordID?) -> [RecordID] {
        if position.isEmpty { return near.map { [$0] } ?? [] }
        if position.hasPrefix(Self.personal) {
            return RecordID(position.dropFirst(Self.personal.count)).map { [$0] } ?? []
        }
        let found = book.holders(of: position, near: near, knownRoles: Set(context.model.roles.map(\.id)))
        return found.isEmpty ? book.superior(of: near).map { [$0] } ?? [] : found
    }

    /// Those who are there for them, each once.
    func candidates(_ position: String, near: RecordID?) -> [RecordID] {
        var seen: Set<RecordID> = []
        return holders(position, near: near).compactMap { book.present($0, at: context.now) }
            .filter { seen.insert($0).inserted }
    }

    /// For whom the actor may take a task: themself, or whom they stand in for; nil when they may not.
    func standing(_ task: WorkflowTaskEntry) -> RecordID? {
        guard let me else { return nil }
        let holders = holders(task.position, near: task.near)
        return holders.first { $0 == me } ?? holders.first { standsIn(me, for: $0) }
    }

    func standsIn(_ me: RecordID, for person: RecordID) -> Bool {
        book.present(person, at: context.now) == me || book.byID[person]?.backup == me
    }

    /// Whether the actor does what the holder has taken: the holder, or who stands in for them.
    func acts(for task: WorkflowTaskEntry) -> Bool {
        guard let me, let holder = task.holder else { return false }
        return me == holder || task.inStead == me || standsIn(me, for: holder)
    }

    /// Whether the actor answers for the work of somebody.
    func isAbove(_ person: RecordID?) -> Bool {
        guard let me else { return false }
        var next = book.superior(of: person)
        for _ in 0..<10 {
            guard let current = next else { return false }
            if current == me { return true }
            next = book.superior(of: current)
        }
        return false
    }

    func person(_ id: RecordID?) -> WorkflowPerson? {
        id.map { WorkflowPerson(id: $0, name: book.byID[$0]?.name ?? "") }
    }
}
