import Definitions
import Kernel
import Testing
import Values

@testable import Web

/// A house with one order in review: mei, its merchandiser, is offered the first leg.
struct RelayWorld {
    let house: WebHouse
    /// Owner of the order; sees it as who made it.
    let lin: Browser
    let mei: Browser
    /// Sells, and has nothing to do with this order.
    let other: Browser
    let order: RecordID

    /// - Parameter name: what the customer is called, everywhere.
    static func open(customer name: String = "Nordlicht") async throws -> RelayWorld {
        let house = try await WebHouse.open()
        _ = try await house.owner()
        let lin = try await house.person("lin", roles: ["sales"])
        let mei = try await house.person("mei", roles: ["merchandiser"])
        let other = try await house.person("zhou", roles: ["sales"])
        let seller = try await id(of: "lin", house)
        let company = try await plant(
            "company",
            Draft([
                "name_en": .text(name), "short_name": .text(name), "roles": .list([.text("customer")]),
                "country": .text("DE"), "currency": .text("USD"), "source": .text("fair"),
            ]), seller, house)
        let offer = try await plant(
            "quotation",
            Draft(["company": .record(company), "fx_rate": .number("7.1"), "status": .value(.text("approved"))]),
            seller, house)
        let pi = try await plant(
            "pi", Draft(["quotation": .record(offer), "company": .record(company), "fx_rate": .number("7.1")]), seller,
            house)
        var draft = Draft([
            "pi": .record(pi), "company": .record(company), "fx_rate": .number("7.1"),
            "merchandiser": .record(try await id(of: "mei", house)), "confirmed_etd": .text("2027-02-26"),
        ])
        draft.lines["lines"] = [
            LineDraft(["description": .text("Panel light"), "qty": .number("240"), "price": .number("9.8")])
        ]
        let order = try await plant("order", draft, seller, house)
        return RelayWorld(house: house, lin: lin, mei: mei, other: other, order: order)
    }

    private static func plant(
        _ object: String, _ draft: Draft, _ owner: RecordID, _ house: WebHouse
    ) async throws -> RecordID {
        let outcome = try await house.kernel.perform(
            Command(.create(object: object, draft), stamp: Stamp(owner: owner)), as: .system("test"))
        return try #require(outcome.created.first?.id)
    }

    static func id(of login: String, _ house: WebHouse) async throws -> RecordID {
        let page = try await house.kernel.answer(
            ListRecords(object: "user", columns: ["login"], filters: ["login = \"\(login)\""]), as: .system("test"))
        return try #require(page.rows.first?.id)
    }

    var board: String { "/relay/order" }
    var panel: String { board + "?open=\(order)" }

    /// The run of the leg as the order stands, and the version of the order.
    func now() async throws -> (run: RecordID, version: Int, leg: String, isOffered: Bool) {
        let standing = try await house.kernel.answer(RelayOf(object: "order", record: order), as: .system("test"))
        let now = try #require(standing.now)
        return (now.run, standing.record.version, standing.leg?.id ?? "", now.isOffered)
    }

    /// Posts a verb as the panel's forms do.
    func post(_ verb: String, _ fields: [(String, String)] = [], by browser: Browser) async throws -> Reply {
        let now = try await now()
        return await browser.post(
            board + "/\(order)/" + verb,
            [("leg", now.run.description), ("back", panel), ("version", String(now.version))] + fields)
    }
}
