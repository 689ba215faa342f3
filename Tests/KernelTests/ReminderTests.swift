import Definitions
import Kernel
import Store
import Testing
import Values

/// Timers that people set by what they write: they fire once, whoever watches the clock.
@Suite("Reminders") struct ReminderTests {
    private func task(
        _ house: TestHouse, due seconds: Int, of login: String = "lin", title: String = "Call Nordlicht"
    ) async throws -> RecordID {
        let due = house.clock.now.adding(seconds: seconds).description
        return try await house.create("task", Draft(["title": .text(title), "due": .text(due)]), as: login).id
    }

    private func notices(_ house: TestHouse, _ login: String) async throws -> [MyNotices.Notice] {
        try await house.kernel.answer(MyNotices(), as: try await house.actor(login))
    }

    @Test("A task that is due reminds its assignee once, with an event at the task, and nobody else")
    func once() async throws {
        let house = try await TestHouse.open()
        let id = try await task(house, due: 3600)
        #expect(await house.kernel.keepTime() == 0)
        house.clock.advance(seconds: 3601)
        #expect(await house.kernel.keepTime() == 1)
        #expect(await house.kernel.keepTime() == 0)
        let mine = try await notices(house, "lin")
        #expect(mine.map(\.record) == [id])
        #expect(mine.first?.text == "任务到期 · Call Nordlicht")
        #expect(mine.first?.isRead == false)
        #expect(try await notices(house, "zhao").isEmpty)
        let lin = try await house.actor("lin")
        #expect(try await house.kernel.answer(UnreadNotices(), as: lin) == 1)
        let entries = try await house.kernel.answer(TimelineOf(object: "task", id: id, merged: false), as: lin)
        #expect(entries.filter { $0.kind == "reminded" }.count == 1)
        await house.end()
    }

    @Test("A date that is moved moves the clock, what is done or deleted reminds nobody, what comes back does")
    func moved() async throws {
        let house = try await TestHouse.open()
        let moved = try await task(house, due: 3600, title: "moved")
        let done = try await task(house, due: 3600, title: "done")
        let deleted = try await task(house, due: 3600, title: "deleted")
        let restored = try await task(house, due: 3600, title: "restored")
        let handed = try await task(house, due: 3600, title: "handed over")
        let later = house.clock.now.adding(seconds: 7200).description
        _ = try await house.update("task", moved, Draft(["due": .text(later)]), as: "lin")
        _ = try await house.act("done", "task", done, as: "lin")
        let zong = try await house.actor("zong")
        for id in [deleted, restored] {
            _ = try await house.kernel.perform(Command(.delete(object: "task", id: id, expecting: nil)), as: zong)
        }
        _ = try await house.kernel.perform(Command(.restore(object: "task", id: restored)), as: zong)
        let wang = try #require(try await house.actor("wang").userID)
        _ = try await house.update("task", handed, Draft(["assignee": .record(wang)]), as: "lin")
        house.clock.advance(seconds: 3601)
        #expect(await house.kernel.keepTime() == 2)
        #expect(try await notices(house, "lin").map(\.record) == [restored])
        #expect(try await notices(house, "wang").map(\.record) == [handed])
        house.clock.advance(seconds: 3600)
        #expect(await house.kernel.keepTime() == 1)
        #expect(try await notices(house, "lin").map(\.record) == [moved, restored])
        // A time that has passed when it is written reminds nobody; one that is put off again reminds again.
        _ = try await task(house, due: -60, title: "too late")
        let again = house.clock.now.adding(seconds: 60).description
        _ = try await house.update("task", moved, Draft(["due": .text(again)]), as: "lin")
        house.clock.advance(seconds: 61)
        #expect(await house.kernel.keepTime() == 1)
        #expect(try await notices(house, "lin").count == 3)
        await house.end()
    }

    @Test("What became due while no process ran fires at the next start, each once, however far the clock jumped")
    func afterRestart() async throws {
        var house = try await TestHouse.open()
        for number in 0..<250 { _ = try await task(house, due: 60 * (number + 1), title: "task \(number)") }
        await house.close()
        house = try await TestHouse.open(folder: house.folder, packs: Packs.shipped, digest: "shipped", idSeed: 5)
        house.clock.advance(seconds: 30 * 86_400)
        #expect(await house.kernel.keepTime() == 250)
        #expect(await house.kernel.keepTime() == 0)
        #expect(try await house.kernel.answer(UnreadNotices(), as: try await house.actor("lin")) == 250)
        await house.end()
    }

    @Test("Of two servers that watch the same clock each timer has its effect at one of them")
    func twoServers() async throws {
        let house = try await TestHouse.open()
        let other = try await TestHouse.open(
            folder: house.folder, packs: Packs.shipped, digest: "shipped", idSeed: 9)
        for number in 0..<60 { _ = try await task(house, due: 60 + number, title: "task \(number)") }
        house.clock.advance(seconds: 3600)
        other.clock.advance(seconds: 3600)
        let effects = await withTaskGroup(of: Int.self) { group in
            for index in 0..<8 { group.addTask { await (index % 2 == 0 ? house : other).kernel.keepTime() } }
            return await group.reduce(0, +)
        }
        // The one without the duty leaves them to the other.
        let rest = await house.kernel.keepTime() + other.kernel.keepTime()
        #expect(effects + rest == 60)
        #expect(try await notices(house, "lin").count == 30 + 20)
        await other.close()
        await house.end()
    }

    @Test("One's notices are marked as read by oneself alone")
    func reading() async throws {
        let house = try await TestHouse.open()
        for login in ["lin", "zhao"] { _ = try await task(house, due: 60, of: login) }
        house.clock.advance(seconds: 61)
        #expect(await house.kernel.keepTime() == 2)
        let theirs = try #require(try await notices(house, "zhao").first)
        let lin = try await house.actor("lin")
        _ = try await house.kernel.perform(Command(.notices(.read([theirs.id]))), as: lin)
        #expect(try await notices(house, "zhao").first?.isRead == false)
        _ = try await house.kernel.perform(Command(.notices(.read(nil))), as: lin)
        #expect(try await house.kernel.answer(UnreadNotices(), as: lin) == 0)
        #expect(try await house.kernel.answer(UnreadNotices(), as: try await house.actor("zhao")) == 1)
        await #expect(throws: Rejection.self) {
            try await house.kernel.perform(Command(.notices(.read(nil))), as: .nobody)
        }
        await house.end()
    }

    /// Records that an inquiry's own next step reminds of, among whatever else is told of it.
    private func reminders(_ house: TestHouse, _ login: String) async throws -> [RecordID?] {
        try await notices(house, login).filter { $0.text.hasPrefix("询盘约定") }.map(\.record)
    }

    @Test("A day means nine in the morning where the person lives")
    func days() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Nine Ltd", of: "lin", [:])
        let inquiry = try await house.create(
            "inquiry",
            Draft(["company": .record(company), "source": .text("website"), "next_action": .text("2026-11-23")]),
            as: "lin")
        let nine = Instant("2026-11-23T01:00:00Z") ?? Instant(milliseconds: 0)
        house.clock.advance(seconds: Int(nine.secondsSinceEpoch - house.clock.now.secondsSinceEpoch) - 1)
        await house.kernel.keepTime()
        #expect(try await reminders(house, "lin").isEmpty)
        house.clock.advance(seconds: 1)
        await house.kernel.keepTime()
        #expect(try await reminders(house, "lin") == [inquiry.id])
        await house.end()
    }

    @Test("Who has no sight of a record is not reminded of it")
    func outOfSight() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Unseen Ltd", of: "lin", [:])
        let draft = Draft([
            "company": .record(company), "source": .text("other"), "next_action": .text("2026-11-23"),
        ])
        _ = try await house.plant("inquiry", draft, owner: "gong")
        _ = try await house.plant("inquiry", draft, owner: "lin")
        house.clock.advance(seconds: 5 * 86_400)
        await house.kernel.keepTime()
        #expect(try await notices(house, "gong").isEmpty)
        #expect(try await reminders(house, "lin").count == 1)
        await house.end()
    }
}
