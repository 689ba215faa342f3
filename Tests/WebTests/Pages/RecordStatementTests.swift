import Definitions
import Kernel
import Testing
import Values

@testable import Web

/// What the page of a record asks of the database: its tabs, notes, mail templates, clocks, and who else is there.
@Suite("Statements of a record's page", .serialized)
struct RecordStatementTests {
    /// Beyond it something is asked once per row or per tab.
    private static let most = 70

    /// A customer with `count` of everything that its page lists.
    private struct Customer {
        let house: WebHouse
        let owner: Browser
        let company: RecordID
        let inquiry: RecordID
        let quotation: RecordID

        init(_ house: WebHouse, _ owner: Browser) async throws {
            self.house = house
            self.owner = owner
            company = try await Self.plant(
                "company",
                [
                    "name_en": .text("Nordlicht"), "short_name": .text("Nordlicht"),
                    "roles": .list([.text("customer")]), "country": .text("DE"), "currency": .text("USD"),
                    "source": .text("fair"),
                ], house)
            inquiry = try await Self.plant("inquiry", ["company": .record(company), "source": .text("fair")], house)
            quotation = try await Self.plant(
                "quotation", ["company": .record(company), "fx_rate": .number("7.1")], house)
            try await grow(1)
        }

        var pages: [String] {
            ["company/\(company)", "inquiry/\(inquiry)", "quotation/\(quotation)"].map { "/o/" + $0 }
        }

        func grow(_ round: Int) async throws {
            _ = try await Self.plant(
                "contact", ["company": .record(company), "name": .text("Contact \(round)")], house)
            _ = try await Self.plant("inquiry", ["company": .record(company), "source": .text("fair")], house)
            _ = try await Self.plant("quotation", ["company": .record(company), "fx_rate": .number("7.1")], house)
            _ = try await Self.plant(
                "mail_template",
                [
                    "name": .text("Template \(round)"), "subject": .text("News"), "body": .text("Dear Sir"),
                    "sharing": .text("all"),
                ], house)
            for page in pages {
                let noted = await owner.post(
                    page + "/note", [("kind", "call"), ("summary", "第 \(round) 次说了颜色和数量"), ("next_at", "2026-11-27")])
                #expect(noted.status == 303, "\(noted.text.prefix(300))")
            }
        }

        private static func plant(
            _ object: String, _ values: [String: Input], _ house: WebHouse
        ) async throws -> RecordID {
            let owner = try await RelayWorld.id(of: "owner", house)
            let outcome = try await house.kernel.perform(
                Command(.create(object: object, Draft(values)), stamp: Stamp(owner: owner)), as: .system("test"))
            return try #require(outcome.created.first?.id)
        }

        /// Statements of each page and of each of its tabs, asked a second time.
        func figures() async throws -> [String: Int] {
            var out: [String: Int] = [:]
            for page in pages {
                let tabs = await owner.text(page).matches(of: /href="[^"]*(\?tab=[a-z_.]+)/).map { String($0.1) }
                #expect(!tabs.isEmpty, "\(page) shows no tab")
                for address in Set([page] + tabs.map { page + $0 }) {
                    _ = await owner.get(address)
                    out[address] = await house.database.counted { #expect(await owner.get(address).status == 200) }
                }
            }
            return out
        }
    }

    @Test("More contacts, inquiries, notes and mail templates cost a record's page and its tabs no statement more")
    func perPage() async throws {
        try await withHouse { house, owner in
            let customer = try await Customer(house, owner)
            try await customer.grow(2)
            let few = try await customer.figures()
            for round in 3...5 { try await customer.grow(round) }
            let many = try await customer.figures()
            for (address, count) in many {
                #expect(count <= Self.most, "\(address): \(count)")
                #expect(count <= few[address] ?? 0, "\(address): \(few[address] ?? 0), then \(count)")
            }
        }
    }

    @Test("A beat of who else is here asks whether the record is in sight and nothing more")
    func presence() async throws {
        try await withHouse { house, owner in
            let customer = try await Customer(house, owner)
            let page = customer.pages[0]
            let window = [("window", "w1"), ("field", "city")]
            #expect(await owner.post(page + "/presence", window).status < 300)
            let first = await house.database.counted { _ = await owner.text("/") }
            let beat = await house.database.counted { _ = await owner.post(page + "/presence", window) }
            // A post of the test reads the day's page for its token.
            #expect(beat - first <= 12, "\(beat) with \(first) of the page before")
        }
    }
}
