import Definitions
import Kernel
import Store
import Testing
import Values

/// How people are told: the company's settings, their own, what they mute, and how often they are interrupted.
@Suite("Notices as people want them") struct NoticeWishTests {
    private func add(
        _ house: TestHouse, _ login: String, _ priority: String, _ text: String, kind: String = "reminder",
        about record: RecordID? = nil, number: UInt64
    ) async throws {
        let user = try #require(try await house.actor(login).userID)
        let now = house.clock.now
        try await house.database.write { connection in
            try Notifications(connection).add(
                NotificationEntry(
                    id: RecordID(at: now, random: (number, number)), user: user, at: now, kind: kind,
                    object: record.map { _ in "company" }, record: record, zh: text, en: text, priority: priority))
        }
    }

    private func take(_ house: TestHouse) async throws -> [OutgoingMessage] {
        try await house.kernel.takeDeliveries(limit: 12, lease: 150, sendsMail: true, address: "https://baton.example")
    }

    private func subjects(_ house: TestHouse) async throws -> [String] {
        var out: [String] = []
        for message in try await take(house) {
            if case .mail(_, let subject, _, _) = message.content { out.append(subject) }
            try await house.kernel.delivered(message)
        }
        return out.sorted()
    }

    private func house(at hour: String) async throws -> TestHouse {
        let house = try await TestHouse.open()
        _ = try await house.update("user", Staff.id("lin"), Draft(["email": .text("lin@example.com")]), as: "zong")
        let day = house.clock.now.day.adding(days: 3)
        let wanted = try #require(Instant("\(day)T\(hour):00+08:00"))
        house.clock.advance(seconds: Int(wanted.secondsSinceEpoch - house.clock.now.secondsSinceEpoch))
        return house
    }

    private func step(_ house: TestHouse, _ step: NoticeCommand, as login: String = "lin") async throws {
        _ = try await house.kernel.perform(Command(.notices(step)), as: try await house.actor(login))
    }

    @Test("Everybody has quiet hours, digest times and channels of their own, else those of the company")
    func wishes() async throws {
        let house = try await house(at: "12:30")
        try await add(house, "lin", "normal", "by the company", number: 1)
        #expect(try await subjects(house) == ["by the company"])
        try await step(
            house, .prefer(NoticeWishes(quietHours: "12:00-14:00", digestTimes: "15:00", channels: ["urgent": .app])))
        for (number, priority) in ["urgent", "normal", "digest"].enumerated() {
            try await add(house, "lin", priority, priority, number: 10 + UInt64(number))
        }
        #expect(try await subjects(house).isEmpty)
        house.clock.advance(seconds: 2 * 3600)
        #expect(try await subjects(house) == ["normal"])
        house.clock.advance(seconds: 3600)
        #expect(try await subjects(house) == ["digest"])
        let habits = try await house.kernel.answer(NoticeHabits(), as: try await house.actor("lin"))
        #expect(habits.own.quietHours == "12:00-14:00" && habits.company.quietHours == "21:00-08:00")
        #expect(habits.own.channels == ["urgent": .app] && habits.email == "lin@example.com")
        // It stands in the person's record, and the log says whose doing it was.
        #expect(try await house.show("user", Staff.id("lin"))["quiet_hours"].text == "12:00-14:00")
        try await step(house, .prefer(NoticeWishes()))
        #expect(try await house.show("user", Staff.id("lin"))["quiet_hours"].isNull)
        await house.end()
    }

    @Test(
        "A kind comes at once, once a day, once a week or not by mail, as its reader chose; what is urgent comes anyway"
    )
    func paces() async throws {
        let house = try await house(at: "10:00")
        let monday = house.clock.now.adding(seconds: 8 * 3600).day
        house.clock.advance(seconds: ((8 - monday.weekday) % 7) * 86_400)
        let paces: [NoticeKind: NoticePace] = [.approval: .daily, .mention: .app, .pool: .weekly, .rule: .now]
        try await step(house, .prefer(NoticeWishes(weeklyDay: 5, paces: paces)))
        for (number, kind) in ["approval", "mention", "pool", "rule", "leg"].enumerated() {
            try await add(house, "lin", kind == "rule" ? "digest" : "normal", kind, kind: kind, number: UInt64(number))
        }
        try await add(house, "lin", "urgent", "urgent", kind: "mention", number: 9)
        #expect(try await subjects(house) == ["leg", "rule", "urgent"])
        house.clock.advance(seconds: 23 * 3600)
        #expect(try await subjects(house) == ["approval"])
        // Another of the week waits with it; both come on Friday, whatever is older than three days by then.
        try await add(house, "lin", "normal", "pool too", kind: "pool", number: 20)
        for _ in 0..<2 {
            house.clock.advance(seconds: 86_400)
            #expect(try await subjects(house).isEmpty)
        }
        house.clock.advance(seconds: 86_400)
        #expect(try await subjects(house) == ["2 条消息"])
        let habits = try await house.kernel.answer(NoticeHabits(), as: try await house.actor("lin"))
        #expect(habits.own.paces == paces && habits.own.weeklyDay == 5 && habits.company.weeklyDay == 1)
        await house.end()
    }

    @Test("What waits for a digest goes out at once when its reader chooses so; a day that is none is refused")
    func pacesChanged() async throws {
        let house = try await house(at: "10:00")
        try await step(house, .prefer(NoticeWishes(paces: [.pool: .weekly])))
        try await add(house, "lin", "normal", "pool", kind: "pool", number: 1)
        #expect(try await subjects(house).isEmpty)
        let refusal = try await refused { try await step(house, .prefer(NoticeWishes(weeklyDay: 8))) }
        #expect(refusal.problems.map(\.field) == ["weekly_day"])
        #expect(try await subjects(house).isEmpty)
        try await step(house, .prefer(NoticeWishes(paces: [.pool: .now])))
        #expect(try await subjects(house) == ["pool"])
        await house.end()
    }

    @Test("Hours that can't be read are refused, each at its field, and change nothing")
    func unreadable() async throws {
        let house = try await TestHouse.open()
        for hours in ["9", "21:00", "21:00-21:00", "25:00-08:00", "21:00-08:00-09:00"] {
            let refusal = try await refused {
                try await step(house, .prefer(NoticeWishes(quietHours: hours, digestTimes: "99:00")))
            }
            #expect(refusal.problems.map(\.field) == ["quiet_hours", "digest_times"])
        }
        #expect(try await house.show("user", Staff.id("lin"))["quiet_hours"].isNull)
        await house.end()
    }

    @Test("The company says whether urgent notices pass quiet hours, and what everybody begins with")
    func company() async throws {
        let house = try await house(at: "23:30")
        let rows = try await house.kernel.answer(
            ListRecords(object: "notice_setting", columns: ["name"]), as: .system("t"))
        let setting = try #require(rows.rows.first?.id)
        try await add(house, "lin", "urgent", "passes", number: 1)
        #expect(try await subjects(house) == ["passes"])
        _ = try await house.update(
            "notice_setting", setting,
            Draft(["urgent_passes_quiet": .value(.bool(false)), "quiet_hours": .text("22:00-06:00")]), as: "ada")
        try await add(house, "lin", "urgent", "waits", number: 2)
        #expect(try await subjects(house).isEmpty)
        house.clock.advance(seconds: 6 * 3600 + 1800)
        #expect(try await subjects(house) == ["waits"])
        _ = try await house.update("notice_setting", setting, Draft(["notice_normal": .text("app")]), as: "ada")
        try await add(house, "lin", "normal", "in the program", number: 3)
        #expect(try await subjects(house).isEmpty)
        await house.end()
    }

    @Test("What is muted stands in the list as read and goes nowhere; a record only until its end; urgent always comes")
    func muting() async throws {
        let house = try await house(at: "10:00")
        let company = try await house.customer("Muted Ltd", of: "lin")
        let lin = try await house.actor("lin")
        let end = house.clock.now.adding(seconds: 3600)
        try await step(house, .mute(.kind(.clock), until: nil))
        try await step(house, .mute(.record(object: "company", company), until: end))
        try await add(house, "lin", "normal", "a clock", kind: "clock", number: 1)
        try await add(house, "lin", "normal", "of the record", kind: "leg", about: company, number: 2)
        try await add(house, "lin", "urgent", "urgent", kind: "clock", about: company, number: 3)
        try await add(house, "lin", "normal", "another", kind: "leg", number: 4)
        #expect(try await subjects(house) == ["another", "urgent"])
        let known = try await house.kernel.answer(MyNotices(), as: lin)
        #expect(known.filter(\.isMuted).map(\.text).sorted() == ["a clock", "of the record"])
        #expect(known.filter { !$0.isRead }.count == 2)
        // Nobody else's.
        try await add(house, "wang", "normal", "for wang", kind: "clock", number: 5)
        #expect(try await house.kernel.answer(MyNotices(), as: house.actor("wang")).allSatisfy { !$0.isMuted })
        let habits = try await house.kernel.answer(NoticeHabits(), as: lin)
        #expect(habits.mutes.count == 2 && habits.mutes.contains { $0.title == "Muted Ltd" && $0.until == end })
        house.clock.advance(seconds: 3600)
        try await add(house, "lin", "normal", "after its end", kind: "leg", about: company, number: 6)
        try await step(house, .unmute(.kind(.clock)))
        try await add(house, "lin", "normal", "a clock again", kind: "clock", number: 7)
        #expect(try await subjects(house) == ["a clock again", "after its end"])
        for until in [nil, house.clock.now, house.clock.now.adding(seconds: 400 * 86_400)] {
            #expect(
                try await refused {
                    try await step(house, .mute(.record(object: "company", company), until: until))
                }.problems.map(\.code) == ["mute_end"])
        }
        await house.end()
    }

    @Test("All notices about a record are read at once")
    func readAbout() async throws {
        let house = try await house(at: "10:00")
        let company = try await house.customer("Read Ltd", of: "lin")
        for number in 1...3 { try await add(house, "lin", "normal", "n", about: company, number: UInt64(number)) }
        try await add(house, "lin", "normal", "other", number: 9)
        try await step(house, .readAbout(company), as: "wang")
        let lin = try await house.actor("lin")
        #expect(try await house.kernel.answer(UnreadNotices(), as: lin) == 4)
        try await step(house, .readAbout(company))
        #expect(try await house.kernel.answer(MyNotices(unreadOnly: true), as: lin).map(\.text) == ["other"])
        await house.end()
    }

    @Test("An interruption is a notice that reached its person alone; digests, muted and unmailed ones are none")
    func interruptions() async throws {
        let house = try await house(at: "08:30")
        let lin = try await house.actor("lin")
        let zong = try await house.actor("zong")
        try await step(house, .mute(.kind(.pool), until: nil))
        for (number, priority) in ["urgent", "normal", "normal", "digest", "digest"].enumerated() {
            try await add(house, "lin", priority, "n", number: UInt64(number))
        }
        try await add(house, "lin", "normal", "muted", kind: "pool", number: 20)
        try await add(house, "wang", "urgent", "no address", number: 30)
        #expect(try await subjects(house).count == 3)
        house.clock.advance(seconds: 3600)
        #expect(try await subjects(house) == ["2 条消息"])
        let today = house.clock.now.adding(seconds: 8 * 3600).day
        let mine = try await house.kernel.answer(Interruptions(until: today, days: 7), as: lin)
        #expect(mine.days.count == 7 && mine.days.last?.urgent == 1 && mine.days.last?.normal == 2 && mine.all == 3)
        #expect(try await house.kernel.answer(Deliveries(), as: .system("t")).mostInterrupted == 3)
        // Whom people answer to sees the sum, whoever answers to nobody's manager sees none.
        _ = try await house.update("user", Staff.id("lin"), Draft(["manager": .record(Staff.id("zong"))]), as: "zong")
        _ = try await house.update("user", Staff.id("wang"), Draft(["manager": .record(Staff.id("zong"))]), as: "zong")
        let team = try await house.kernel.answer(Interruptions(of: .team, until: today), as: zong)
        #expect(team.people >= 2 && team.all == 3)
        #expect(try await house.kernel.answer(Interruptions(of: .team, until: today), as: lin).days.isEmpty)
        await house.end()
    }
}
