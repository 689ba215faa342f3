import Definitions
import Kernel
import Testing
import Values

/// A house in which every owner's records carry words that nobody else may read, and every sensitive amount is a number
/// that stands nowhere else.
struct CanaryWorld: Sendable {
    let house: TestHouse
    /// `quotation:lin` → record.
    let records: [String: RecordID]

    static let owners = ["lin", "wang", "zhao"]
    /// Objects of which every owner has one.
    static let objects = ["company", "contact", "inquiry", "quotation", "pi", "order", "receivable", "cost_item"]

    /// The word on the records of an owner: `zqlinquotation`.
    static func word(_ object: String, _ owner: String) -> String { "zq" + owner + object.replacing("_", with: "") }

    static func build() async throws -> CanaryWorld {
        let house = try await TestHouse.open()
        try await house.rate("USD", "7.1")
        var records: [String: RecordID] = [:]
        let supplier = try await house.supplier("zqsupplierworks")
        records["supplier"] = supplier
        records["bank_account"] = try await bank(house)
        let product = try await house.lamp(
            "SKU-9",
            [
                "purchase_price": .number("7391.4263"), "domestic_cost": .number("38.1927"),
                "list_price": .number("8642.9753"), "standard_margin": .text("17.31%"),
                "supplier": .record(supplier),
            ])
        records["product"] = product
        records["purchase_order"] = try await purchaseOrder(house, supplier, product)
        for (index, owner) in owners.enumerated() {
            try await fill(house, owner: owner, number: index + 1, product: product, supplier: supplier, &records)
        }
        return CanaryWorld(house: house, records: records)
    }

    private static func bank(_ house: TestHouse) async throws -> RecordID {
        let draft = Draft([
            "name": .text("Main account"), "beneficiary": .text("zqbeneficiary"),
            "beneficiary_address": .text("zqbeneficiaryroad"), "bank_name": .text("zqbankname"),
            "bank_address": .text("zqbankroad"), "swift": .text("ZQBKCNBJ"), "account_no": .text("zqaccount4711"),
            "intermediary": .text("zqintermediary"), "currency": .text("USD"), "status": .value(.text("active")),
        ])
        return try await house.plant("bank_account", draft, owner: "cai")
    }

    private static func purchaseOrder(
        _ house: TestHouse, _ supplier: RecordID, _ product: RecordID
    ) async throws -> RecordID {
        var draft = Draft(["supplier": .record(supplier), "due": .text("2026-12-20")])
        draft.lines["lines"] = [
            LineDraft([
                "product": .record(product), "qty": .number("480"), "price": .number("7254.3187"),
                "description": .text("lamp"),
            ])
        ]
        return try await house.plant("purchase_order", draft, owner: "peng")
    }

    private static func fill(
        _ house: TestHouse, owner: String, number: Int, product: RecordID, supplier: RecordID,
        _ records: inout [String: RecordID]
    ) async throws {
        func word(_ object: String) -> Input { .text(Self.word(object, owner)) }
        let company = try await house.customer(
            Self.word("company", owner), of: owner,
            [
                "website": .text(Self.word("site", owner) + ".example"), "tax_id": .text(Self.word("tax", owner)),
                "credit_limit": .number("\(number)41592.65"),
            ])
        records["company:" + owner] = company
        let contact = try await house.plant(
            "contact",
            Draft([
                "company": .record(company), "name": word("contact"),
                "email": .text(Self.word("mail", owner) + "@example.com"),
            ]), owner: owner)
        records["contact:" + owner] = contact
        records["inquiry:" + owner] = try await house.plant(
            "inquiry",
            Draft([
                "source": .text("other"), "company": .record(company), "contact": .record(contact),
                "raw_message": word("inquiry"), "assigned_at": .text("2026-11-19T00:00:00Z"),
            ]), owner: owner)
        let quotation = try await self.quotation(house, owner, number, company, contact, product)
        records["quotation:" + owner] = quotation
        var invoice = Draft([
            "quotation": .record(quotation), "company": .record(company), "contact": .record(contact),
            "fx_rate": .number("7.1"), "remarks": word("pi"),
        ])
        invoice.lines["lines"] = [line(product, number)]
        records["pi:" + owner] = try await house.plant("pi", invoice, owner: owner)
        try await fulfil(house, owner, number, company, contact, product, supplier, &records)
    }

    private static func line(_ product: RecordID, _ number: Int) -> LineDraft {
        LineDraft([
            "product": .record(product), "qty": .number("240"), "price": .number("97\(number)3.4829"),
            "description": .text("lamp"),
        ])
    }

    private static func quotation(
        _ house: TestHouse, _ owner: String, _ number: Int, _ company: RecordID, _ contact: RecordID,
        _ product: RecordID
    ) async throws -> RecordID {
        var draft = Draft([
            "company": .record(company), "contact": .record(contact), "fx_rate": .number("7.1"),
            "commission_pct": .text("3.17%"), "bank_pct": .text("0.53%"),
            "remarks": .text(word("quotation", owner)), "status": .value(.text("approved")),
        ])
        draft.lines["lines"] = [line(product, number)]
        draft.lines["charges"] = [LineDraft(["name": .text("Mould"), "amount": .number("6\(number)71.29")])]
        return try await house.plant("quotation", draft, owner: owner)
    }

    private static func fulfil(
        _ house: TestHouse, _ owner: String, _ number: Int, _ company: RecordID, _ contact: RecordID,
        _ product: RecordID, _ supplier: RecordID, _ records: inout [String: RecordID]
    ) async throws {
        var draft = Draft([
            "pi": records["pi:" + owner].map(Input.record) ?? .null, "company": .record(company),
            "contact": .record(contact), "fx_rate": .number("7.1"), "confirmed_etd": .text("2027-01-20"),
            "remarks": .text(word("order", owner)), "customer_po": .text(word("po", owner)),
            "merchandiser": .record(Staff.id(owner == "lin" ? "mei" : owner)),
            "stage": .value(.text("production")),
        ])
        draft.lines["lines"] = [line(product, number)]
        let order = try await house.plant("order", draft, owner: owner)
        records["order:" + owner] = order
        records["receivable:" + owner] = try await house.plant(
            "receivable",
            Draft([
                "order": .record(order), "company": .record(company), "amount": .number("5\(number)82.71"),
                "currency": .text("USD"), "fx_rate": .number("7.1"), "note": .text(word("receivable", owner)),
            ]), owner: owner)
        records["cost_item:" + owner] = try await house.plant(
            "cost_item",
            Draft([
                "kind": .value(.text("freight")), "target": .object(["object": .text("order"), "id": .record(order)]),
                "order": .record(order), "amount": .number("4\(number)63.57"), "supplier": .record(supplier),
                "note": .text(word("cost_item", owner)),
            ]), owner: owner)
    }
}
