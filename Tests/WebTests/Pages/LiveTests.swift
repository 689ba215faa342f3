import Kernel
import Testing
import Values

@testable import Web

@Suite("Live pages", .serialized)
struct LiveTests {
    private func stream(_ browser: Browser) async throws -> AsyncStream<[UInt8]> {
        let reply = await browser.get("/live")
        #expect(reply.status == 200)
        guard case .stream(let stream) = reply.body else { throw Rejection.noSuchPath }
        return stream
    }

    @Test("Windows that come back while people work hear every event after their last one, once")
    func resumes() async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        let actor = Actor.system("test")
        func write(_ number: Int) async throws -> Int64 {
            let draft = Draft([
                "name_en": .text("Live \(number)"), "roles": .list([.text("bank")]), "country": .text("DE"),
            ])
            return try await house.kernel.perform(Command(.create(object: "company", draft)), as: actor).sequence
        }
        let start = try await write(0)
        // They come one after the other, while commits go on and others are being told of them.
        let turns = (0..<12).map { _ in AsyncStream.makeStream(of: Void.self) }
        let heard = try await withThrowingTaskGroup(of: [Int64].self) { group in
            group.addTask {
                var last: Int64 = 0
                for number in 1...40 {
                    last = try await write(number)
                    for turn in turns.prefix(number / 3) { turn.continuation.finish() }
                }
                return [last]
            }
            for number in 0..<12 {
                group.addTask {
                    for await _ in turns[number].stream {}
                    let reply = await browser.get("/live", headers: ["last-event-id": "\(start)"])
                    guard case .stream(let stream) = reply.body else { return [] }
                    var ids: [Int64] = []
                    for await bytes in stream {
                        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
                        where line.hasPrefix("id: ") { ids.append(Int64(line.dropFirst(4)) ?? -1) }
                        if ids.last ?? 0 >= start + 40 { break }
                    }
                    return ids
                }
            }
            return try await group.reduce(into: [[Int64]]()) { $0.append($1) }
        }
        for ids in heard where ids.count != 1 { #expect(ids == Array((start + 1)...(start + 40))) }
        #expect(heard.count == 13)
        await house.end()
    }

    @Test("An open page does not keep a server from stopping")
    func ends() async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        let open = try await stream(browser)
        await house.kernel.hub.close()
        var heard = ""
        for await bytes in open { heard += String(decoding: bytes, as: UTF8.self) }
        #expect(heard.hasPrefix("retry: "))
        // One that comes too late is let go at once, too.
        for await _ in try await stream(browser) {}
        await house.end()
    }

    /// Reads until the stream has said something.
    private func hear(_ stream: AsyncStream<[UInt8]>, until text: String) async -> String {
        var heard = ""
        for await bytes in stream {
            heard += String(decoding: bytes, as: UTF8.self)
            if heard.contains(text) { break }
        }
        return heard
    }

    @Test("A window that comes anew hears what came after its page was read; a header of its own says it better")
    func after() async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        func write(_ name: String) async throws -> Int64 {
            let draft = Draft([
                "name_en": .text(name), "roles": .list([.text("bank")]), "country": .text("DE"),
            ])
            return try await house.kernel.perform(
                Command(.create(object: "company", draft)), as: .system("test")
            ).sequence
        }
        let page = await browser.get("/").text
        let known = try #require(page.firstMatch(of: /data-after="?([0-9]+)/)?.1)
        let (first, second) = (try await write("One"), try await write("Two"))
        for (path, headers, ids) in [
            ("/live?after=\(known)", [:], [first, second]), ("/live?after=\(first)", [:], [second]),
            ("/live?after=\(known)", ["last-event-id": "\(first)"], [second]),
        ] {
            let reply = await browser.get(path, headers: headers)
            guard case .stream(let stream) = reply.body else { throw Rejection.noSuchPath }
            let heard = await hear(stream, until: "id: \(second)\n")
            #expect(heard.matches(of: /id: ([0-9]+)\n/).map { Int64($0.1) ?? 0 } == ids)
        }
        await house.end()
    }

    @Test("A page takes what came at once as one message, each change with its place")
    func packed() async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        let page = await browser.get("/").text
        let known = try #require(page.firstMatch(of: /data-after="?([0-9]+)/)?.1)
        var places: [Int64] = []
        for name in ["One", "Two", "Three"] {
            let draft = Draft([
                "name_en": .text(name), "roles": .list([.text("bank")]), "country": .text("DE"),
            ])
            places.append(
                try await house.kernel.perform(
                    Command(.create(object: "company", draft)), as: .system("test")
                ).sequence)
        }
        let reply = await browser.get("/live?pack=1&after=\(known)")
        guard case .stream(let stream) = reply.body else { throw Rejection.noSuchPath }
        let heard = await hear(stream, until: "id: \(places[2])\n")
        #expect(heard.matches(of: /event: changes/).count == 1)
        #expect(!heard.contains("event: change\n"))
        let told = heard.matches(of: /"id":([0-9]+),"object":"company","record":"[0-9a-f-]{36}"/)
        #expect(told.map { Int64($0.1) ?? 0 } == places)
        await house.end()
    }

    @Test(
        "The count of unread notices and what can't wait are told at once; what was shown interrupted its reader, once")
    func notices() async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        let actor = try #require(
            try await house.kernel.answer(
                IdentifyActor(token: try await house.kernel.localToken(for: "owner"), origin: .api), as: .nobody))
        let open = try await stream(browser)
        let due = house.clock.now.adding(seconds: 60).description
        _ = try await house.kernel.perform(
            Command(.create(object: "task", Draft(["title": .text("Call"), "due": .text(due)]))), as: actor)
        house.clock.advance(seconds: 61)
        await house.kernel.keepTime()
        let heard = await hear(open, until: "\"unread\":1}")
        #expect(heard.contains("event: notices\ndata: {\"unread\":1}\n\n") && !heard.contains("event: urgent"))
        let today = house.clock.now.adding(seconds: 8 * 3600).day
        #expect(try await house.kernel.answer(Interruptions(until: today), as: actor).all == 0)
        try await house.tell(try #require(actor.userID), "Now", priority: "urgent")
        let urgent = await hear(open, until: "event: urgent")
        #expect(urgent.contains("\"unread\":2}") && urgent.contains("\"text\":\"Now\""))
        // It is noted right after it was sent.
        var counted = 0
        for _ in 0..<200 where counted == 0 {
            counted = try await house.kernel.answer(Interruptions(until: today), as: actor).all
        }
        #expect(counted == 1)
        await house.end()
    }
}
