import Kernel
import Store
import Testing
import Values

/// A house with somebody who can sign in.
struct AccountHouse {
    static let password = "correct horse 42"

    let house: TestHouse
    let nora: RecordID

    init() async throws {
        house = try await TestHouse.open()
        nora = try await house.kernel.addAccount(
            login: "nora", name: "Nora", roles: ["sales"],
            hash: try await PasswordWorker().hash(Self.password), more: [:])
    }

    func signIn(_ password: String = Self.password, code: String? = nil, from source: String = "10.0.0.1")
        async throws -> Actor
    {
        let credentials = Credentials(login: "nora", password: password, code: code, source: source)
        let outcome = try await house.kernel.perform(Command(.identity(.signIn(credentials))), as: .nobody)
        let token = try #require(outcome.pass?.token)
        return try #require(try await actor(token))
    }

    func actor(_ token: String) async throws -> Actor? {
        try await house.kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody)
    }

    @discardableResult
    func perform(_ command: IdentityCommand, as actor: Actor) async throws -> Outcome {
        try await house.kernel.perform(Command(.identity(command)), as: actor)
    }

    /// Kinds of the events of Nora's account so far, oldest first.
    func events() async throws -> [EventEntry] {
        let nora = nora
        return try await house.database.read { try EventLog($0).events(after: 0, limit: 10_000, objects: ["user"]) }
            .filter { $0.record == nora && $0.kind.hasPrefix("account:") }
    }
}

extension TestHouse {
    /// What an authenticator with this secret shows now.
    func code(of secret: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var bits = 0
        var held = 0
        var bytes: [UInt8] = []
        for character in secret {
            bits = (bits << 5 | (alphabet.firstIndex(of: character) ?? 0)) & 0xFFFF
            held += 5
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(bits >> held & 255))
            }
        }
        return TimeCode.code(secret: bytes, step: clock.now.secondsSinceEpoch / 30)
    }
}
