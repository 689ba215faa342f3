import Foundation
import Kernel
import Testing
import Values

/// Who may see and change what, cell by cell: surface × role × field × relation of the actor to the record.
///
/// With `BATON_MATRIX=all` the records of every object are opened one by one, which on other runs those of the main
/// ones are, and what was counted is printed; with `BATON_MATRIX=pairs` the actor also holds every two roles at once.
@Suite("Permission matrix", .serialized, .timeLimit(.minutes(20)))
struct PermissionMatrixTests {
    private static let world = Task { try await MatrixWorld.build() }
    private static let wish = ProcessInfo.processInfo.environment["BATON_MATRIX"]

    /// Each role, or each two of them.
    private static var tried: [[String]] {
        let single = PermissionTable.roles.map { [$0] }
        guard wish == "pairs" else { return single }
        return single
            + PermissionTable.roles.indices.flatMap { first in
                PermissionTable.roles[(first + 1)...].map { [PermissionTable.roles[first], $0] }
            }
    }

    private static func session(_ world: MatrixWorld) async throws -> (token: String, csrf: String) {
        let token = try await world.house.kernel.localToken(for: "actor")
        let actor = try await world.house.kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody)
        return (token, try #require(actor?.session?.csrf))
    }

    @Test("No surface tells or gives away to any role a canary that is not meant for it")
    func reading() async throws {
        let world = try await Self.world.value
        let (token, csrf) = try await Self.session(world)
        let tally = MatrixTally()
        for roles in Self.tried {
            try await world.employ(as: roles)
            let round = MatrixRound(
                world: world, tally: tally, roles: roles, token: token, csrf: csrf, isLong: Self.wish != nil)
            async let oracles: Void = round.askOracles()
            async let imports: Void = round.askImports()
            await round.askAnswers()
            await oracles
            try await imports
        }
        if Self.wish != nil { print(tally.report) }
        #expect(Set(tally.leaks).sorted().prefix(4000) == [])
        #expect(Set(tally.gaps).sorted().prefix(4000) == [])
        var cells = 0
        for surface in Surface.whole {
            let score = tally.scores[surface] ?? MatrixTally.Score()
            cells += score.probed.count
            #expect(score.isWhole, "\(surface)")
            // The net holds: what may be told is found, in every relation and of every sensitivity.
            #expect(score.found.count > 1000, "\(surface)")
            let open: Set = ["open", "price", "cost", "margin", "commission", "bank"]
            #expect(score.sensitivitiesFound.isSuperset(of: open), "\(surface)")
        }
        #expect(Surface.whole.count >= 12)
        #expect(cells >= 12 * 10 * 40 * 6)
        for surface in Surface.allCases where !Surface.silent.contains(surface) {
            #expect(tally.scores[surface]?.found.isEmpty == false, "\(surface)")
        }
    }

    @Test("Nobody changes what is out of their scope, or a field that is not theirs to change")
    func writing() async throws {
        let world = try await Self.world.value
        let (token, csrf) = try await Self.session(world)
        let before = try await world.digest()
        let tally = MatrixTally()
        for role in PermissionTable.roles {
            try await world.employ(as: [role])
            try await MatrixRound(
                world: world, tally: tally, roles: [role], token: token, csrf: csrf, isLong: Self.wish != nil
            ).tryWrites()
        }
        if Self.wish != nil { print("writes tried: \(tally.requests)") }
        #expect(tally.requests >= 10_000)
        #expect(Set(tally.leaks).sorted().prefix(4000) == [])
        #expect(try await world.digest() == before)
    }
}
