import Kernel
import Testing
import Values

/// A search finds what one may see, all of it, and tells nothing of the rest.
@Suite(.serialized) struct SearchInSightTests {
    @Test("What is in sight is found behind hundreds of newer records of others")
    func crowded() async throws {
        let house = try await TestHouse.open()
        let mine = try await house.customer("Quokka Trading Old", of: "lin")
        for number in 0..<260 { _ = try await house.customer("Quokka Trading \(number)", of: "zhao") }
        let lin = try await house.actor("lin")
        let hits = try await house.kernel.answer(SearchRecords(text: "quokka trading"), as: lin)
        #expect(hits.map(\.id) == [mine])
        let page = try await house.kernel.answer(
            ListRecords(object: "company", columns: ["id"], search: "quokka"), as: lin)
        #expect(page.rows.map(\.id) == [mine])
        await house.end()
    }

    @Test("The name of a linked record out of sight finds nothing, that of one in sight does")
    func linkedNames() async throws {
        let house = try await TestHouse.open()
        let hidden = try await house.customer("Zyxwvut Canary GmbH", of: "zhao")
        let open = try await house.customer("Plainview GmbH", of: "lin")
        let secret = try await house.plant(
            "inquiry", Draft(["source": .text("other"), "company": .record(hidden)]), owner: "lin")
        let plain = try await house.plant(
            "inquiry", Draft(["source": .text("other"), "company": .record(open)]), owner: "lin")
        let lin = try await house.actor("lin")
        let zhao = try await house.actor("zhao")
        for text in ["Zyxwvut", "canary", "zyxw"] {
            #expect(try await house.kernel.answer(SearchRecords(text: text), as: lin).isEmpty, "found by \(text)")
            let hits = try await house.kernel.answer(SearchRecords(text: text), as: zhao)
            #expect(hits.map(\.id).contains(hidden), "not found by \(text)")
            let page = try await house.kernel.answer(
                ListRecords(object: "inquiry", columns: ["id"], search: text), as: lin)
            #expect(page.rows.isEmpty, "listed by \(text)")
            let count = try await house.kernel.answer(CountRecords(object: "inquiry", search: text), as: lin)
            #expect(count.count == 0, "counted by \(text)")
        }
        let own = try await house.kernel.answer(
            ListRecords(object: "inquiry", columns: ["id"], search: "Plainview"), as: lin)
        #expect(own.rows.map(\.id) == [plain])
        let number = try #require(try await house.show("inquiry", secret, as: "lin")["no"].text)
        #expect(
            try await house.kernel.answer(SearchRecords(text: number), as: lin).map(\.id).contains(secret),
            "by what they may read it is found")
        await house.end()
    }
}
