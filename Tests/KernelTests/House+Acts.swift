import Definitions
import Kernel
import Testing
import Values

extension TestHouse {
    /// Somebody of the staff, as the house knows them at this moment.
    func actor(_ login: String, origin: Origin = .page) async throws -> Actor {
        let token = try await kernel.localToken(for: login)
        return try #require(try await kernel.answer(IdentifyActor(token: token, origin: origin), as: .nobody))
    }

    @discardableResult
    func create(_ object: String, _ draft: Draft, as login: String) async throws -> RecordView {
        let outcome = try await kernel.perform(Command(.create(object: object, draft)), as: try await actor(login))
        return try #require(outcome.record)
    }

    /// Made by the house, whose fields and links are not asked about rights.
    func plant(
        _ object: String, _ draft: Draft, owner: String? = nil, id: RecordID? = nil
    ) async throws -> RecordID {
        let person = Staff.people.first { $0.login == owner }
        let stamp = Stamp(
            id: id, owner: person.map { Staff.id($0.login) }, department: person.map { Staff.id($0.department) },
            region: person.map { Staff.id($0.region) })
        let outcome = try await kernel.perform(
            Command(.create(object: object, draft), stamp: stamp), as: .system("test"))
        return try #require(outcome.created.first?.id)
    }

    @discardableResult
    func update(_ object: String, _ id: RecordID, _ draft: Draft, as login: String) async throws -> RecordView {
        let actor = try await actor(login)
        let version = try await kernel.answer(ShowRecord(object: object, id: id, withLines: false), as: actor).version
        let command = Command(.update(object: object, id: id, draft, expecting: version))
        return try #require(try await kernel.perform(command, as: actor).record)
    }

    @discardableResult
    func act(
        _ action: String, _ object: String, _ id: RecordID, _ fields: [String: Input] = [:], as login: String
    ) async throws -> Outcome {
        try await kernel.perform(
            Command(.act(object: object, id: id, action: action, Draft(fields), expecting: nil)),
            as: try await actor(login))
    }

    func show(_ object: String, _ id: RecordID, as login: String? = nil) async throws -> RecordView {
        let actor = if let login { try await actor(login) } else { Actor.system("test") }
        return try await kernel.answer(ShowRecord(object: object, id: id), as: actor)
    }

    func define(_ changes: [DefinitionChange], as login: String = "ada") async throws -> Outcome {
        try await kernel.perform(Command(.define(changes)), as: try await actor(login))
    }
}

/// What came of something that should be refused; records an issue when it was not.
@discardableResult
func refused(
    _ what: String = "", at location: Testing.SourceLocation = #_sourceLocation, _ body: () async throws -> some Any
) async throws -> Rejection {
    do {
        let result = try await body()
        Issue.record("not refused: \(what) \(result)".prefixText(400), sourceLocation: location)
        return Rejection(.invalid, code: "not_refused", message: Label(zh: "", en: ""))
    } catch let rejection as Rejection {
        return rejection
    }
}

extension String {
    func prefixText(_ count: Int) -> Comment { Comment(rawValue: String(prefix(count))) }
}

extension RecordView {
    func number(_ path: String) -> String? { self[path].decimal?.shortest }
}

extension Input {
    static func record(_ id: RecordID) -> Input { .text(id.description) }
}
