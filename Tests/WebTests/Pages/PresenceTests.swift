import Testing
import Values

@testable import Web

@Suite("Who else is here")
struct PresenceTests {
    private let start = Instant(milliseconds: 1_000_000)
    private func id(_ number: UInt64) -> RecordID {
        RecordID(at: start, random: (number &* 0x9E37_79B9_7F4A_7C15, number &* 0x9E37_79B9_7F4A_7C15))
    }

    private func window(
        _ user: UInt64, _ name: String, record: UInt64 = 9, readable: Set<String> = ["city"],
        doing: Presence.Doing = .looking, window: String = "w"
    ) -> Presence.Window {
        Presence.Window(
            token: name, id: window, user: id(user), name: name, record: id(record), readable: readable, doing: doing)
    }

    @Test("Each sees the others once, whoever edits first, and never themself in another window")
    func others() {
        let presence = Presence()
        _ = presence.report(window(1, "Ann"), at: start)
        _ = presence.report(window(1, "Ann", window: "second"), at: start)
        _ = presence.report(window(2, "Bob", doing: .editing(field: "city")), at: start)
        let (seen, told) = presence.report(window(3, "Cyd"), at: start)
        #expect(seen.map(\.name) == ["Bob", "Ann"])
        #expect(seen.first?.doing == .editing(field: "city"))
        #expect(Set(told.map(\.token)) == ["Ann", "Bob"])
        #expect(presence.report(window(1, "Ann"), at: start).seen.map(\.name) == ["Bob", "Cyd"])
        #expect(presence.report(window(4, "Dan", record: 8), at: start).seen.isEmpty)
    }

    @Test("Which field is changed is said only to who may read it")
    func fields() {
        let presence = Presence()
        _ = presence.report(window(1, "Ann", doing: .editing(field: "margin")), at: start)
        #expect(presence.report(window(2, "Bob"), at: start).seen.first?.doing == .editing(field: nil))
        let may = presence.report(window(3, "Cyd", readable: ["margin"]), at: start).seen
        #expect(may.contains { $0.doing == .editing(field: "margin") })
    }

    @Test("A beat without news tells nobody; a closed window is gone at once, a silent one within thirty seconds")
    func ends() {
        let presence = Presence()
        _ = presence.report(window(1, "Ann"), at: start)
        _ = presence.report(window(2, "Bob"), at: start)
        #expect(presence.report(window(2, "Bob"), at: start.adding(seconds: 8)).told.isEmpty)
        let (seen, _) = presence.report(window(2, "Bob"), at: start.adding(seconds: 28))
        #expect(seen.isEmpty)
        _ = presence.report(window(1, "Ann"), at: start.adding(seconds: 29))
        let told = presence.leave("Ann", "w", id(9), at: start.adding(seconds: 29))
        #expect(told.map(\.token) == ["Bob"] && told.first?.marks.isEmpty == true)
    }

    @Test("Who does not see a record is told of nobody there and is seen by nobody")
    func sight() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        let made = await owner.post(
            "/o/company/new",
            [
                ("name_en", "Nordlicht Ltd"), ("short_name", "Nordlicht"), ("roles", ""), ("roles", "customer"),
                ("country", "DE"), ("currency", "USD"), ("source", "fair"),
            ])
        let here = made.location + "/presence"
        let stranger = try await house.person("zhao", roles: ["sales"])
        let colleague = try await house.person("dong", roles: ["director"])
        #expect(
            await owner.post(here, [("window", "a"), ("field", "city")], isFetch: true).text.contains("\"people\":[]"))
        #expect(await stranger.post(here, [("window", "b")], isFetch: true).status == 404)
        let seen = await colleague.post(here, [("window", "c")], isFetch: true).text
        #expect(seen.contains("林若溪") && seen.contains("\"field\":\"city\""))
        let known = await owner.post(here, [("window", "a")], isFetch: true).text
        #expect(known.contains("Dong") && !known.contains("Zhao"))
        _ = await colleague.post(here, [("window", "c"), ("gone", "1")], isFetch: true)
        #expect(await owner.post(here, [("window", "a")], isFetch: true).text.contains("\"people\":[]"))
        await house.end()
    }
}
