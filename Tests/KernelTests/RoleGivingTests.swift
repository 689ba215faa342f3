import Definitions
import Foundation
import Kernel
import Testing
import Values

/// Nobody gives more than they have, and somebody always keeps the keys.
@Suite(.serialized) struct RoleGivingTests {
    private func roles(_ roles: String...) -> Draft { Draft(["roles": .list(roles.map { .text($0) })]) }

    @Test("The general manager gives every role but the administrator's: neither to others nor to themselves")
    func beyond() async throws {
        let house = try await TestHouse.open()
        for role in ["sales", "finance", "director", "general_manager", "purchasing"] {
            try await house.update("user", Staff.id("lin"), roles(role), as: "zong")
        }
        for login in ["lin", "zong"] {
            let refusal = try await refused(login) {
                try await house.update("user", Staff.id(login), roles("general_manager", "admin"), as: "zong")
            }
            #expect(refusal.problems.map(\.code) == ["roles_beyond_own"])
            #expect(refusal.problems.map(\.field) == ["roles"])
        }
        try await house.update("user", Staff.id("lin"), roles("admin"), as: "ada")
        await house.end()
    }

    @Test("Neither can it be made, imported, bulk edited, restored, switched on or taken over")
    func everyWay() async throws {
        let house = try await TestHouse.open()
        let zong = try await house.actor("zong")
        let admin = Draft(["login": .text("eve"), "name": .text("Eve"), "roles": .list([.text("admin")])])
        let made = try await refused { try await house.create("user", admin, as: "zong") }
        #expect(made.problems.map(\.code) == ["roles_beyond_own"])
        let version = try await house.show("user", Staff.id("zong")).version
        for atomic in [true, false] {
            let kind = Command.Kind.update(
                object: "user", id: Staff.id("zong"), roles("admin"), expecting: version)
            let outcome = try? await house.kernel.perform(Command(.bulk([kind], atomic: atomic)), as: zong)
            #expect(outcome.map { if case .failure = $0.parts[0] { true } else { false } } ?? true)
        }
        let file = house.folder + "/users.csv"
        try "login,name,roles\neve,Eve,admin\nzong,ZONG,admin\n".write(toFile: file, atomically: true, encoding: .utf8)
        var request = ImportRequest(object: "user", path: file, name: "users.csv")
        request.onDuplicate = .update
        let report = try #require(
            try await house.kernel.perform(Command(.importing(.run(request))), as: zong).report)
        #expect(report.errors.map(\.problem.code) == ["roles_beyond_own", "roles_beyond_own"])

        // An account that was put away comes back only by who holds as much.
        let off = Draft(["active": .bool(false)])
        let eve = try await house.create("user", admin, as: "ada").id
        let taken: [() async throws -> Any] = [
            { try await house.update("user", eve, off, as: "zong") },
            { try await house.update("user", eve, Draft(["login": .text("mallory")]), as: "zong") },
            { try await house.kernel.perform(Command(.delete(object: "user", id: eve, expecting: nil)), as: zong) },
            {
                try await house.kernel.perform(
                    Command(.identity(.resetPassword(user: Staff.id("ada"), new: "new horse 4711"))), as: zong)
            },
        ]
        for attempt in taken { try await refused { try await attempt() } }
        try await house.update("user", eve, off, as: "ada")
        try await refused { try await house.update("user", eve, Draft(["active": .bool(true)]), as: "zong") }
        let now = try await house.show("user", Staff.id("zong"))
        #expect(now["roles"] == .list([.text("general_manager")]))
        await house.end()
    }

    @Test("A role with scopes of its own may be handed on; one over all records needs as much")
    func scopes() async throws {
        let house = try await TestHouse.open()
        let people = RoleDraft(
            id: "x_people", label: Label(zh: "人事", en: "People"),
            clearance: ["price", "cost", "margin", "commission", "supplier"],
            privileges: ["users", "import", "export"],
            grants: [GrantDraft(object: "user", actions: ["read", "create", "update"], scope: "all")])
        _ = try await house.define([.setRole(people)])
        try await house.update("user", Staff.id("hans"), roles("x_people"), as: "ada")
        let refusal = try await refused {
            try await house.update("user", Staff.id("hans"), roles("x_people", "director"), as: "hans")
        }
        #expect(refusal.problems.map(\.code) == ["roles_beyond_own"])
        try await house.update("user", Staff.id("hans"), roles("x_people", "sales_manager"), as: "ada")
        try await house.update("user", Staff.id("lin"), roles("x_people"), as: "hans")
        let all = try await refused { try await house.update("user", Staff.id("lin"), roles("finance"), as: "hans") }
        #expect(all.problems.map(\.code) == ["roles_beyond_own"])
        await house.end()
    }

    @Test("Somebody is put into a place of one's own; into another one only by who sees what their roles open there")
    func places() async throws {
        let house = try await TestHouse.open()
        let people = RoleDraft(
            id: "x_people", label: Label(zh: "人事", en: "People"), clearance: [], privileges: ["users"],
            grants: [GrantDraft(object: "user", actions: ["read", "create", "update"], scope: "all")])
        let guest = RoleDraft(
            id: "x_guest", label: Label(zh: "来宾", en: "Guest"), clearance: [], privileges: [],
            grants: [GrantDraft(object: "user", actions: ["read"], scope: "all")])
        _ = try await house.define([.setRole(people), .setRole(guest)])
        try await house.update("user", Staff.id("chen"), roles("x_people", "sales_manager"), as: "ada")
        try await house.update("user", Staff.id("wang"), roles("x_guest"), as: "ada")
        let west = Draft(["department": .record(Staff.id("sales_west"))])
        // A salesperson sees the mail templates that a department shares.
        for login in ["chen", "lin", "sun"] {
            let place = login == "sun" ? Draft(["department": .record(Staff.id("operations"))]) : west
            let refusal = try await refused(login) {
                try await house.update("user", Staff.id(login), place, as: "chen")
            }
            #expect(refusal.problems.map(\.code) == ["place_beyond_own"], "\(login)")
            #expect(refusal.problems.map(\.field) == ["department"])
        }
        try await house.update(
            "user", Staff.id("sun"), Draft(["department": .record(Staff.id("sales_east"))]), as: "chen")
        // Who sees the same everywhere may sit anywhere.
        try await house.update("user", Staff.id("wang"), west, as: "chen")
        try await house.update("user", Staff.id("chen"), west, as: "zong")
        let moved = try await house.show("user", Staff.id("chen"))
        #expect(moved["department"] == .record(Staff.id("sales_west")))
        #expect(try await house.actor("chen").department == Staff.id("sales_west"))
        await house.end()
    }

    @Test("A new colleague stands nowhere until somebody says where, and nowhere that is not there")
    func unplaced() async throws {
        let house = try await TestHouse.open()
        let eve = Draft(["login": .text("eve"), "name": .text("Eve"), "roles": .list([.text("sales")])])
        let made = try await house.create("user", eve, as: "ada")
        #expect(made["department"].isNull && made["region"].isNull)
        let refusal = try await refused {
            try await house.update("user", made.id, Draft(["region": .record(Staff.id("ada"))]), as: "ada")
        }
        #expect(refusal.problems.map(\.field) == ["region"])
        await house.end()
    }

    @Test("The last administrator can't be demoted, switched off or deleted, nor the role emptied")
    func last() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        let me = Staff.id("ada")
        for draft in [roles("sales"), Draft(["active": .bool(false)]), roles()] {
            let refusal = try await refused { try await house.update("user", me, draft, as: "ada") }
            #expect(refusal.problems.map(\.code) == ["last_keeper"])
        }
        let gone = try await refused {
            try await house.kernel.perform(Command(.delete(object: "user", id: me, expecting: nil)), as: ada)
        }
        #expect(gone.code == "last_keeper" && gone.kind == .conflict)
        // A second one without an account, or switched off, does not count.
        let ghost = Draft(["login": .text("ghost"), "name": .text("G"), "roles": .list([.text("admin")])])
        _ = try await house.create("user", ghost, as: "ada")
        try await refused { try await house.update("user", me, roles("sales"), as: "ada") }
        try await house.update("user", Staff.id("dong"), roles("admin"), as: "ada")
        try await house.update("user", me, roles("sales"), as: "ada")
        await house.end()
    }

    @Test("Who is renamed signs in by the new login")
    func renamed() async throws {
        let door = try await AccountHouse()
        try await door.house.update("user", door.nora, Draft(["login": .text("Nora.B")]), as: "ada")
        let credentials = Credentials(login: "nora.b", password: AccountHouse.password, source: "local")
        _ = try await door.house.kernel.perform(Command(.identity(.signIn(credentials))), as: .nobody)
        try await refused { try await door.signIn() }
        let bad = try await refused {
            try await door.house.update("user", door.nora, Draft(["login": .text("n o r a")]), as: "ada")
        }
        #expect(bad.problems.map(\.code) == ["format"])
        await door.house.end()
    }

    @Test("Who manages accounts opens one for a user without, and the event says so")
    func opened() async throws {
        let house = try await TestHouse.open()
        let user = try await house.create(
            "user", Draft(["login": .text("Yuki"), "name": .text("Yuki"), "roles": .list([.text("sales")])]), as: "zong"
        ).id
        let open = Command(.identity(.resetPassword(user: user, new: "correct horse 42")))
        #expect(try await refused { try await house.kernel.perform(open, as: house.actor("lin")) }.kind == .forbidden)
        _ = try await house.kernel.perform(open, as: try await house.actor("zong"))
        let credentials = Credentials(login: "yuki", password: "correct horse 42", source: "local")
        _ = try await house.kernel.perform(Command(.identity(.signIn(credentials))), as: .nobody)
        let entries = try await house.kernel.answer(
            TimelineOf(object: "user", id: user, limit: 2), as: try await house.actor("zong"))
        #expect(entries.map(\.kind) == ["account:signed_in", "account:opened"])
        await house.end()
    }
}
