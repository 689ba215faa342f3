import Definitions
import Kernel
import Testing
import Values

/// What the test company trades: a customer, a lamp, an account, a rate.
extension TestHouse {
    /// A customer of a person of sales.
    func customer(_ name: String, of owner: String, _ more: [String: Input] = [:]) async throws -> RecordID {
        let term = try await defaultRecord("payment_term", "TT30_70COPY")
        var draft = Draft([
            "name_en": .text(name), "short_name": .text(name), "roles": .list([.text("customer")]),
            "country": .text("DE"), "currency": .text("USD"), "payment_term": .record(term), "source": .text("other"),
        ])
        draft.fields.merge(more) { _, new in new }
        return try await plant("company", draft, owner: owner)
    }

    func supplier(_ name: String) async throws -> RecordID {
        let draft = Draft([
            "name_en": .text(name), "short_name": .text(name), "roles": .list([.text("supplier")]),
            "country": .text("CN"), "source": .text("other"),
        ])
        return try await plant("company", draft, owner: "peng")
    }

    /// A lamp: bought at 56.5 CNY incl. 13 % VAT, 13 % refund, 2 CNY domestic cost; 24 in a carton of 60×40×30 cm.
    func lamp(_ sku: String, _ more: [String: Input] = [:]) async throws -> RecordID {
        let category = try await defaultRecord("category", "home")
        var draft = Draft([
            "sku": .text(sku), "name_en": .text("Lamp " + sku), "name_zh": .text("灯 " + sku),
            "category": .record(category), "hs": .text("9405420000"), "vat_rate": .text("13%"),
            "refund_rate": .text("13%"), "moq": .number("240"), "pcs_carton": .number("24"),
            "carton_l_cm": .number("60"), "carton_w_cm": .number("40"), "carton_h_cm": .number("30"),
            "carton_nw_kg": .number("9.5"), "carton_gw_kg": .number("11"), "lead_time_wd": .number("25"),
            "purchase_price": .number("56.5"), "domestic_cost": .number("2"), "list_price": .number("10"),
            "standard_margin": .text("15%"),
        ])
        draft.fields.merge(more) { _, new in new }
        return try await plant("product", draft, owner: "peng")
    }

    func rate(_ currency: String, _ buy: String) async throws {
        _ = try await plant("fx_rate", Draft(["currency": .text(currency), "buy": .number(buy)]))
    }

    func bankAccount(_ name: String = "USD account") async throws -> RecordID {
        let draft = Draft([
            "name": .text(name), "beneficiary": .text("Test Lighting Ltd"), "bank_name": .text("Bank of Ningbo"),
            "swift": .text("BKNBCN2N"), "account_no": .text("6222020202"), "currency": .text("USD"),
            "status": .value(.text("active")),
        ])
        return try await plant("bank_account", draft, owner: "cai")
    }

    /// A quotation in draft with one line at a price.
    func quotation(
        for company: RecordID, product: RecordID, qty: String = "480", price: String = "9.8", as login: String,
        _ more: [String: Input] = [:]
    ) async throws -> RecordView {
        var draft = Draft(["company": .record(company), "incoterm": .text("FOB"), "fx_rate": .number("7.1")])
        draft.fields.merge(more) { _, new in new }
        draft.lines["lines"] = [
            LineDraft(["product": .record(product), "qty": .number(qty), "price": .number(price)])
        ]
        return try await create("quotation", draft, as: login)
    }

    func defaultRecord(_ object: String, _ code: String) async throws -> RecordID {
        let page = try await kernel.answer(
            ListRecords(object: object, columns: ["code"], filters: ["code = \"\(code)\""]), as: .system("test"))
        return try #require(page.rows.first?.id)
    }
}
