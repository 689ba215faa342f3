import Definitions
import Kernel
import Store
import Testing
import Values

/// What leaves the house: notices become mail when their person may be disturbed, and nothing goes out twice.
@Suite("Outgoing messages") struct OutgoingTests {
    private func add(
        _ house: TestHouse, _ login: String, _ priority: String, _ text: String, number: UInt64
    ) async throws -> RecordID {
        let user = try #require(try await house.actor(login).userID)
        let now = house.clock.now
        let id = RecordID(at: now, random: (number, number))
        try await house.database.write { connection in
            try Notifications(connection).add(
                NotificationEntry(
                    id: id, user: user, at: now, kind: "reminder", zh: text, en: text, priority: priority))
        }
        return id
    }

    private func take(_ house: TestHouse, sendsMail: Bool = true) async throws -> [OutgoingMessage] {
        try await house.kernel.takeDeliveries(
            limit: 12, lease: 150, sendsMail: sendsMail, address: "https://baton.example")
    }

    private func subject(_ message: OutgoingMessage) -> String {
        if case .mail(_, let subject, _, _) = message.content { subject } else { "" }
    }

    /// Everybody in the house has an address; the clock stands at an hour of the day of Ningbo.
    private func house(at hour: String) async throws -> TestHouse {
        let house = try await TestHouse.open()
        let lin = try #require(try await house.actor("lin").userID)
        _ = try await house.update("user", lin, Draft(["email": .text("lin@example.com")]), as: "zong")
        let day = house.clock.now.day.adding(days: 3)
        let wanted = try #require(Instant("\(day)T\(hour):00+08:00"))
        house.clock.advance(seconds: Int(wanted.secondsSinceEpoch - house.clock.now.secondsSinceEpoch))
        return house
    }

    @Test("At night an urgent notice goes out at once, a normal one in the morning, collected ones in one mail at nine")
    func priorities() async throws {
        let house = try await house(at: "23:30")
        _ = try await add(house, "lin", "urgent", "urgent", number: 1)
        _ = try await add(house, "lin", "normal", "normal", number: 2)
        for number in 0..<20 {
            _ = try await add(house, "lin", "digest", "digest \(number)", number: 10 + UInt64(number))
        }
        let night = try await take(house)
        #expect(night.map(subject) == ["urgent"])
        try await house.kernel.delivered(night[0])
        #expect(try await take(house).isEmpty)
        house.clock.advance(seconds: 8 * 3600 + 1800)
        let morning = try await take(house)
        #expect(morning.map(subject) == ["normal"])
        try await house.kernel.delivered(morning[0])
        house.clock.advance(seconds: 3600)
        let digest = try await take(house)
        #expect(digest.map(subject) == ["20 条消息"])
        #expect(digest.first?.ids.count == 20)
        // Whoever carries it dies: the same mail with the same key comes again, whole.
        #expect(try await take(house).isEmpty)
        house.clock.advance(seconds: 151)
        let again = try await take(house)
        #expect(again.map(\.key) == digest.map(\.key) && again.first?.ids.count == 20)
        try await house.kernel.delivered(again[0])
        house.clock.advance(seconds: 86_400)
        #expect(try await take(house).isEmpty)
        await house.end()
    }

    @Test("What was read meanwhile, is old news, or is for somebody without an address is not mailed")
    func settled() async throws {
        let house = try await house(at: "10:00")
        _ = try await add(house, "wang", "urgent", "no address", number: 1)
        let read = try await add(house, "lin", "urgent", "read", number: 2)
        let lin = try await house.actor("lin")
        _ = try await house.kernel.perform(Command(.notices(.read([read]))), as: lin)
        #expect(try await take(house).isEmpty)
        _ = try await add(house, "lin", "normal", "old", number: 3)
        house.clock.advance(seconds: 4 * 86_400)
        #expect(try await take(house).isEmpty)
        _ = try await add(house, "lin", "urgent", "without a server", number: 4)
        #expect(try await take(house, sendsMail: false).isEmpty)
        let state = try await house.kernel.answer(Deliveries(), as: .system("test"))
        #expect(state.waiting == 0 && state.deadCount == 0)
        await house.end()
    }

    @Test("A claim is one carrier's; failures come back later; what is given up is seen and can be tried again")
    func claims() async throws {
        let house = try await house(at: "10:00")
        _ = try await add(house, "lin", "normal", "hello", number: 1)
        let (first, second) = (try await take(house), try await take(house))
        #expect(first.count == 1 && second.isEmpty)
        try await house.kernel.deliveryFailed(
            first[0], error: "421 busy", retryAt: house.clock.now.adding(seconds: 20))
        #expect(try await take(house).isEmpty)
        house.clock.advance(seconds: 20)
        let again = try await take(house)
        #expect(again.map(\.attempts) == [2] && again.map(\.key) == first.map(\.key))
        try await house.kernel.deliveryFailed(again[0], error: "550 unknown", retryAt: nil)
        let state = try await house.kernel.answer(Deliveries(), as: .system("test"))
        #expect(state.dead.map(\.error) == ["550 unknown"] && state.waiting == 0)
        let again1 = Command(.deliveries(.again(try #require(state.dead.first?.id))))
        let lin = try await house.actor("lin")
        #expect(try await refused { _ = try await house.kernel.answer(Deliveries(), as: lin) }.kind == .forbidden)
        #expect(try await refused { try await house.kernel.perform(again1, as: lin) }.kind == .forbidden)
        _ = try await house.kernel.perform(again1, as: try await house.actor("ada"))
        #expect(try await take(house).count == 1)
        await house.end()
    }

    @Test("Mail and webhooks of rules are read from their payload; what can't be is refused with the reason")
    func payloads() async throws {
        let house = try await TestHouse.open()
        let now = house.clock.now
        let payloads = [
            ("mail", #"{"object":"order","record":"x","to":"a@b.cn; c@d.de","subject":"S","body":"B"}"#),
            ("webhook", #"{"object":"order","url":"https://x.example/h","no":"PO-1","amount":12.50}"#),
            ("webhook", #"{"no":"PO-1"}"#), ("mail", "nothing"), ("fax", "{}"),
        ]
        try await house.database.write { connection in
            for (number, payload) in payloads.enumerated() {
                try Outbox(connection).add(key: "k\(number)", channel: payload.0, payload: payload.1, at: now)
            }
        }
        let contents = try await take(house).map(\.content)
        #expect(
            contents == [
                .mail(to: ["a@b.cn", "c@d.de"], subject: "S", text: "B", html: nil),
                .webhook(url: "https://x.example/h", body: #"{"object":"order","no":"PO-1","amount":12.50}"#),
                .unreadable(zh: "没有 url", en: "no url"),
                .unreadable(zh: "内容不是 JSON", en: "the payload is no JSON"),
                .unreadable(zh: "没有渠道 fax", en: "no such channel: fax"),
            ])
        await house.end()
    }
}
