import Access
import Definitions
import Store
import Values

extension Kernel {
    /// Makes people with their accounts, all or none: each signs in with a password that works once.
    ///
    /// - Throws: `forbidden` without the privilege `users`; what is refused of one refuses all, its problems standing at
    ///   `people[2].login`.
    func addPeople(_ people: [NewPerson], _ actor: Actor) async throws -> Outcome {
        let snapshot = snapshot
        guard actor.isSystem || snapshot.access(of: actor).has("users") else { throw Rejection.notAllowed }
        guard (1...NewPerson.most).contains(people.count) else { throw Rejection.tooManyPeople }
        for (place, person) in people.enumerated() where !Self.isLogin(Self.login(of: person)) {
            throw Rejection.invalid([.badLogin]).at(person: place)
        }
        var secrets: [(password: String, hash: String)] = []
        for _ in people {
            let password = Secrets.spoken()
            secrets.append((password, try await hashed(password)))
        }
        let (hashes, ids) = (secrets.map(\.hash), surroundings.ids)
        let made = try await account(as: actor) { connection, log in
            let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: log.now)
            return try PeopleBringing(context: context, ids: ids, log: log).bring(people, hashes)
        }
        let expires = surroundings.now().adding(seconds: Self.invitationSeconds)
        return Outcome(
            created: made.users.map { RecordReference(object: "user", id: $0) }, sequence: made.sequence,
            passes: zip(made.users, secrets).map { Pass(token: $1.password, user: $0, expires: expires) })
    }

    fileprivate static func login(of person: NewPerson) -> String {
        if case .text(let text)? = person.fields["login"] { canonical(text) } else { "" }
    }
}

/// Several people in one transaction, each decided, checked and logged like any other record.
private struct PeopleBringing {
    let context: ReadContext
    let ids: IDSource
    let log: AccountLog

    func bring(_ people: [NewPerson], _ hashes: [String]) throws -> (users: [RecordID], sequence: Int64) {
        var users: [RecordID] = []
        var versions: [Int] = []
        var sequence: Int64 = 0
        for (place, person) in people.enumerated() {
            var draft = person.draft
            draft.fields["login"] = .text(Kernel.login(of: person))
            let made = try named(place) { try run(.create(object: "user", draft)) }
            guard let id = made.created.first?.id else { throw Fault(code: "account", detail: "no user was made") }
            try Store.Credentials(context.connection).put(
                Credential(
                    user: id, login: Kernel.login(of: person), password: hashes[place], mustChange: true,
                    changedAt: log.now))
            users.append(id)
            versions.append(made.record?.version ?? 1)
            sequence = max(sequence, try log.note(.opened, of: id))
        }
        for (place, person) in people.enumerated() {
            guard case .listed(let other)? = person.manager, users.indices.contains(other) else { continue }
            let draft = Draft(["manager": .value(.record(users[other]))])
            let changed = try named(place) {
                try run(.update(object: "user", id: users[place], draft, expecting: versions[place]))
            }
            sequence = max(sequence, changed.sequence)
        }
        return (users, sequence)
    }

    private func run(_ kind: Command.Kind) throws -> Outcome {
        try Transaction(context: context, ids: ids, command: Command(kind)).run()
    }

    private func named<R>(_ place: Int, _ body: () throws -> R) throws -> R {
        do {
            return try body()
        } catch {
            guard let rejection = Transaction.rejection(error) else { throw error }
            throw rejection.at(person: place)
        }
    }
}

extension Rejection {
    /// The same, its problems standing at one of several people.
    fileprivate func at(person place: Int) -> Rejection {
        let own = problems.isEmpty ? [Problem(field: nil, code: code, message: message)] : problems
        let named = own.map { problem in
            let field = "people[\(place)]" + (problem.field.map { "." + $0 } ?? "")
            return Problem(field: field, code: problem.code, message: problem.message)
        }
        return Rejection(kind, code: code, message: message, problems: named, retryAfter: retryAfter)
    }

    static let tooManyPeople = Rejection(
        .invalid, code: "too_many_people",
        message: Label(
            zh: "一次加 1 到 \(NewPerson.most) 人", en: "Add 1 to \(NewPerson.most) people at a time"))
}
