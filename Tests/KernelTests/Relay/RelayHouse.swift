import Definitions
import Kernel
import Store
import Testing
import Values

/// A house with orders on their way, and what people do with the baton.
struct RelayHouse {
    let house: TestHouse
    private let company: RecordID
    private let lamp: RecordID

    /// chen answers for lin, dong for chen and the merchandisers, zong for dong; operations are headed by dong.
    static func open() async throws -> RelayHouse {
        let house = try await TestHouse.open()
        for (login, manager) in [
            ("lin", "chen"), ("chen", "dong"), ("mei", "dong"), ("cai", "dong"), ("qin", "dong"), ("gong", "dong"),
            ("dong", "zong"),
        ] {
            try await house.update(
                "user", Staff.id(login), Draft(["manager": .record(Staff.id(manager))]), as: "ada")
        }
        let company = try await house.customer("Nordlicht", of: "lin")
        return RelayHouse(house: house, company: company, lamp: try await house.lamp("L-9"))
    }

    private var line: LineDraft {
        LineDraft([
            "product": .record(lamp), "qty": .number("240"), "price": .number("9.8"), "description": .text("lamp"),
        ])
    }

    /// An order of lin with mei as its merchandiser, in review.
    func order(_ more: [String: Input] = [:], withLines: Bool = true) async throws -> RecordID {
        var quotation = Draft([
            "company": .record(company), "fx_rate": .number("7.1"), "status": .value(.text("approved")),
        ])
        quotation.lines["lines"] = [line]
        let offer = try await house.plant("quotation", quotation, owner: "lin")
        var invoice = Draft([
            "quotation": .record(offer), "company": .record(company), "fx_rate": .number("7.1"),
        ])
        invoice.lines["lines"] = [line]
        let pi = try await house.plant("pi", invoice, owner: "lin")
        var draft = Draft([
            "pi": .record(pi), "company": .record(company), "merchandiser": .record(Staff.id("mei")),
            "fx_rate": .number("7.1"), "confirmed_etd": .text("2027-02-26"), "packing": .text("24 to a carton"),
            "marks": .text("NORDLICHT"),
        ])
        draft.fields.merge(more) { _, new in new }
        if withLines { draft.lines["lines"] = [line] }
        return try await house.plant("order", draft, owner: "lin")
    }

    func leg(of order: RecordID) async throws -> LegEntry? {
        try await house.database.read { try Legs($0).current(of: order) }
    }

    func current(_ order: RecordID) async throws -> LegEntry { try #require(try await leg(of: order)) }

    func runs(of order: RecordID) async throws -> [LegEntry] {
        try await house.database.read { try Legs($0).all(of: [order]) }
    }

    @discardableResult
    func perform(_ command: RelayCommand, as login: String) async throws -> Outcome {
        try await house.kernel.perform(Command(.relay(command)), as: try await house.actor(login))
    }

    @discardableResult
    func act(_ action: String, _ order: RecordID, _ fields: [String: Input] = [:], as login: String) async throws
        -> Outcome
    {
        try await house.act(action, "order", order, fields, as: login)
    }

    func notices(_ login: String) async throws -> [String] {
        try await house.kernel.answer(MyNotices(), as: try await house.actor(login)).map(\.text)
    }

    func standing(_ order: RecordID, as login: String) async throws -> RelayStanding {
        try await house.kernel.answer(RelayOf(object: "order", record: order), as: try await house.actor(login))
    }

    func board(_ slice: RelayBoard.Slice = .all, as login: String) async throws -> RelaySheet {
        try await house.kernel.answer(
            RelayBoard(process: "inquiry_to_cash", object: "order", slice: slice), as: try await house.actor(login))
    }

    /// Every timer that is due has its effect.
    func wait(hours: Int) async throws {
        house.clock.advance(seconds: hours * 3600)
        await house.kernel.keepTime()
    }
}
