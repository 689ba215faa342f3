import Definitions
import Kernel
import Testing
import Values

/// The records of a family, in the order in which they need each other.
extension MatrixWorld {
    private func text(_ object: String, _ id: String, _ relation: Relation) -> Input {
        .text(net.value(object, id, relation))
    }

    private func number(_ object: String, _ id: String, _ relation: Relation) -> Input {
        .number(net.value(object, id, relation))
    }

    /// What is to be added to canaries so that their sum is the canary of the second field.
    private func rest(_ relation: Relation, of parts: [(String, String)], to sum: (String, String), less: Int = 0)
        throws -> Input
    {
        var rest = try #require(ExactDecimal(net.value(sum.0, sum.1, relation)))
        for part in parts { rest = try rest - #require(ExactDecimal(net.value(part.0, part.1, relation))) }
        return .number(try (rest - ExactDecimal(less)).shortest)
    }

    private func goods(_ product: RecordID?, price: Input, _ more: [String: Input] = [:]) -> LineDraft {
        LineDraft(
            ["product": .record(product), "qty": .number("1"), "price": price, "description": .text("lamp")]
                .merging(more) { $1 })
    }

    /// The actor's own customer with an order, without canaries, to which what strangers own is linked.
    mutating func layBridge() async throws {
        let term = try await defaultRecord("payment_term", "TT30_70COPY")
        let company = try await plain(
            "company", owner: "actor",
            [
                "name_en": .text("Bridge Ltd"), "short_name": .text("Bridge"), "roles": .list([.text("customer")]),
                "country": .text("DE"), "currency": .text("CNY"), "payment_term": .record(term),
            ])
        let quotation = try await plain(
            "quotation", owner: "actor",
            ["company": .record(company), "fx_rate": .number("1"), "status": .value(.text("approved"))])
        let pi = try await plain(
            "pi", owner: "actor", ["quotation": .record(quotation), "company": .record(company)])
        let order = try await plain(
            "order", owner: "actor",
            [
                "pi": .record(pi), "company": .record(company), "fx_rate": .number("1"),
                "confirmed_etd": .text("2027-01-20"), "merchandiser": other(.none),
                "stage": .value(.text("production")),
            ])
        bridge = ["company": company, "quotation": quotation, "pi": pi, "order": order, "term": term]
        bridge["category"] = try await defaultRecord("category", "home")
        // So that no sum of the bridge is the number of a single canary.
        try await addMoney(to: order, of: company, receivable: .number("500000"), cost: .number("500000"))
    }

    /// Money of a stranger at an order, which moves the sums of the order and of the company.
    private func addMoney(to order: RecordID?, of company: RecordID?, receivable: Input, cost: Input?) async throws {
        _ = try await plain(
            "receivable", owner: "stranger",
            [
                "order": .record(order), "company": .record(company), "amount": receivable, "currency": .text("CNY"),
                "fx_rate": .number("1"),
            ])
        guard let cost else { return }
        _ = try await plain(
            "cost_item", owner: "stranger",
            [
                "kind": .text("freight"), "target": .about("order", order), "order": .record(order), "amount": cost,
            ])
    }

    mutating func fill(_ relation: Relation) async throws {
        try await fillGoods(relation)
        try await fillCustomer(relation)
        try await fillPapers(relation)
        try await fillOrder(relation)
        try await fillMoney(relation)
        try await fillSums(relation)
        try await fillRest(relation)
    }

    private mutating func fillGoods(_ relation: Relation) async throws {
        let supplier = try await plant(
            "company", relation, as: "supplier", owner: "stranger",
            [
                "name_en": .text("Works \(relation.rawValue)"), "short_name": text("supplier", "short_name", relation),
                "roles": .list([.text("supplier")]), "country": .text("CN"),
            ])
        let product = try await plant(
            "product", relation,
            [
                "sku": .text("SKU-" + relation.rawValue), "name_en": .text("Lamp"), "name_zh": .text("灯"),
                "category": .record(bridge["category"]), "hs": .text("9405420000"), "vat_rate": .text("13%"),
                "moq": .number("1"), "pcs_carton": .number("1"), "carton_l_cm": .number("60"),
                "carton_w_cm": .number("40"), "carton_h_cm": .number("30"), "carton_nw_kg": .number("9"),
                "carton_gw_kg": .number("11"), "lead_time_wd": .number("25"), "supplier": .record(supplier),
                "purchase_price": number("product", "purchase_price", relation),
                "list_price": number("product", "list_price", relation),
                "standard_margin": number("product", "standard_margin", relation),
                "materials": text("product", "materials", relation),
            ])
        try await plant(
            "bank_account", relation,
            [
                "name": .text("Account " + relation.rawValue), "bank_name": .text("Bank"), "currency": .text("CNY"),
                "beneficiary": text("bank_account", "beneficiary", relation),
                "swift": text("bank_account", "swift", relation),
                "account_no": text("bank_account", "account_no", relation),
                "call_back_note": text("bank_account", "call_back_note", relation),
                "status": .value(.text("active")),
            ])
        var bought = goods(
            product, price: number("purchase_order_line", "price", relation),
            ["note": text("purchase_order_line", "note", relation), "standard_price": .number("1")])
        bought.fields["description"] = .text("bought")
        let rest = try rest(relation, of: [("purchase_order_line", "price")], to: ("purchase_order", "total"))
        try await plant(
            "purchase_order", relation,
            [
                "supplier": .record(supplier), "due": text("purchase_order", "due", relation),
                "remarks": text("purchase_order", "remarks", relation),
            ], lines: ["lines": [bought, goods(nil, price: rest, ["standard_price": .number("1")])]])
    }

    private mutating func fillCustomer(_ relation: Relation) async throws {
        let company = try await plant(
            "company", relation,
            [
                "name_en": text("company", "name_en", relation), "short_name": text("company", "short_name", relation),
                "roles": .list([.text("customer")]), "country": .text("DE"), "currency": .text("CNY"),
                "payment_term": .record(bridge["term"]),
                "website": text("company", "website", relation),
                "tax_id": text("company", "tax_id", relation), "address": text("company", "address", relation),
                "source_detail": text("company", "source_detail", relation),
                "credit_limit": number("company", "credit_limit", relation),
                "protected_until": text("company", "protected_until", relation),
                "co_owners": .list([other(relation)]),
            ])
        // What links to a stranger's company in the actor's own hands.
        if relation == .through {
            _ = try await plain(
                "inquiry", owner: "actor",
                [
                    "source": .text("other"), "company": .record(company), "assigned_at": .text("2026-11-19T00:00:00Z"),
                ])
        }
        let contact = try await plant(
            "contact", relation,
            [
                "company": .record(near("company", relation)), "name": text("contact", "name", relation),
                "email": text("contact", "email", relation), "note": text("contact", "note", relation),
                "birthday": text("contact", "birthday", relation),
            ])
        try await plant(
            "inquiry", relation,
            [
                "source": .text("other"), "company": .record(near("company", relation)), "contact": .record(contact),
                "assigned_at": .text("2026-11-19T00:00:00Z"), "raw_message": text("inquiry", "raw_message", relation),
                "competitor": text("inquiry", "competitor", relation),
                "value_est": number("inquiry", "value_est", relation),
                "needed_by": text("inquiry", "needed_by", relation),
                "dest_port": text("inquiry", "dest_port", relation),
            ])
    }

    /// The record that others of the family link to: the actor's own where strangers' records are reached through it.
    private func near(_ object: String, _ relation: Relation) -> RecordID? {
        relation == .through ? bridge[object] : record(object, relation)
    }

    private mutating func fillPapers(_ relation: Relation) async throws {
        let product = record("product", relation)
        let company = near("company", relation)
        let line = goods(
            product, price: number("quotation_line", "price", relation),
            [
                "purchase_price": number("quotation_line", "purchase_price", relation), "list_price": .number("1"),
                "domestic_cost": try rest(
                    relation, of: [("quotation_line", "purchase_price")], to: ("quotation", "total_cost")),
                "refund_rate": .number("0"), "target_margin": number("quotation_line", "target_margin", relation),
                "note": text("quotation_line", "note", relation),
            ])
        let charge = LineDraft(["name": .text("Mould"), "amount": number("quotation_charge", "amount", relation)])
        let quotation = try await plant(
            "quotation", relation,
            [
                "company": .record(company), "contact": .record(record("contact", relation)),
                "inquiry": .record(record("inquiry", relation)), "currency": .text("CNY"), "fx_rate": .number("1"),
                "incoterm": .text("FOB"), "remarks": text("quotation", "remarks", relation),
                "valid_until": text("quotation", "valid_until", relation), "pod": text("quotation", "pod", relation),
                "commission_pct": number("quotation", "commission_pct", relation),
                "bank_pct": number("quotation", "bank_pct", relation), "status": .value(.text("approved")),
            ], lines: ["lines": [line], "charges": [charge]])
        let extra = LineDraft([
            "name": .text("Extra"), "amount": try rest(relation, of: [("pi_line", "price")], to: ("pi", "total")),
        ])
        try await plant(
            "pi", relation,
            [
                "quotation": .record(quotation), "company": .record(company),
                "contact": .record(record("contact", relation)), "fx_rate": .number("1"),
                "bank": .record(record("bank_account", relation)), "remarks": text("pi", "remarks", relation),
                "latest_shipment": text("pi", "latest_shipment", relation), "deposit_pct": .number("0"),
            ],
            lines: [
                "lines": [
                    goods(
                        product, price: number("pi_line", "price", relation),
                        ["note": text("pi_line", "note", relation)])
                ], "charges": [extra],
            ])
    }

    private mutating func fillOrder(_ relation: Relation) async throws {
        let product = record("product", relation)
        let first = goods(
            product, price: number("order_line", "price", relation),
            [
                "purchase_price": number("order_line", "purchase_price", relation),
                "note": text("order_line", "note", relation),
            ])
        let second = goods(
            nil, price: try rest(relation, of: [("order_line", "price")], to: ("order", "amount")),
            ["purchase_price": .number("1")])
        let order = try await plant(
            "order", relation,
            [
                "pi": .record(record("pi", relation)), "company": .record(record("company", relation)),
                "contact": .record(record("contact", relation)), "currency": .text("CNY"), "fx_rate": .number("1"),
                "confirmed_etd": text("order", "confirmed_etd", relation), "merchandiser": other(relation),
                "customer_po": .text("of before"), "remarks": text("order", "remarks", relation),
                "pod": text("order", "pod", relation), "margin_quoted": number("order", "margin_quoted", relation),
                "stage": .value(.text("production")),
            ], lines: ["lines": [first, second]])
        // What speaks of a stranger's order in the actor's own hands.
        if relation == .through {
            _ = try await plain(
                "followup", owner: "actor",
                [
                    "target": .about("order", order), "by": .record(actor),
                    "summary": .text("heard of it in passing"),
                ])
        }
    }

    private mutating func fillMoney(_ relation: Relation) async throws {
        let order = near("order", relation)
        try await plant(
            "receivable", relation,
            [
                "order": .record(order), "company": .record(near("company", relation)), "currency": .text("CNY"),
                "fx_rate": .number("1"), "amount": number("receivable", "amount", relation),
                "note": text("receivable", "note", relation), "event_date": text("receivable", "event_date", relation),
                "offset_days": .number("2"),
            ])
        try await plant(
            "cost_item", relation,
            [
                "kind": .text("freight"), "target": .about("order", order), "order": .record(order),
                "amount": number("cost_item", "amount", relation), "actual": number("cost_item", "actual", relation),
                "supplier": .record(record("supplier", relation)),
                "invoice_no": text("cost_item", "invoice_no", relation), "note": text("cost_item", "note", relation),
            ])
    }

    /// Makes the sums over the family's records canaries of their own.
    private mutating func fillSums(_ relation: Relation) async throws {
        let isLinked = relation != .through
        let order = record("order", relation)
        try await addMoney(
            to: order, of: bridge["company"],
            receivable: try rest(
                relation, of: isLinked ? [("receivable", "amount")] : [], to: ("order", "receivable_open")),
            cost: try rest(relation, of: isLinked ? [("cost_item", "amount")] : [], to: ("order", "cost_estimated")))
        let company = record("company", relation)
        let line = goods(
            nil, price: try rest(relation, of: [("order", "amount")], to: ("company", "ltv")))
        let more = try await plain(
            "order", owner: "stranger",
            [
                "pi": .record(record("pi", relation)), "company": .record(company), "currency": .text("CNY"),
                "fx_rate": .number("1"), "confirmed_etd": .text("2027-01-20"), "merchandiser": other(.none),
                "stage": .value(.text("production")),
            ], lines: ["lines": [line]])
        // The company's sum must not be that of a single order.
        if !isLinked { try await addMoney(to: bridge["order"], of: company, receivable: .number("500000"), cost: nil) }
        try await addMoney(
            to: more, of: company,
            receivable: try rest(
                relation, of: isLinked ? [("receivable", "amount")] : [], to: ("company", "receivable_open"),
                less: isLinked ? 0 : 500_000), cost: nil)
    }

    private mutating func fillRest(_ relation: Relation) async throws {
        let company = near("company", relation)
        let order = near("order", relation)
        try await plant(
            "task", relation,
            [
                "title": text("task", "title", relation), "note": text("task", "note", relation),
                "assignee": other(relation), "due": .text("2026-11-20T10:00:00Z"),
            ])
        try await plant(
            "followup", relation,
            [
                "target": .about("company", company), "company": .record(company), "by": other(relation),
                "summary": text("followup", "summary", relation),
                "geo": text("followup", "geo", relation), "next_at": .text("2026-11-20T09:00:00Z"),
            ])
        try await plant(
            "sample", relation,
            [
                "company": .record(company), "maker": other(relation), "due": text("sample", "due", relation),
                "cost": number("sample", "cost", relation), "charge": number("sample", "charge", relation),
                "tracking_no": text("sample", "tracking_no", relation), "note": text("sample", "note", relation),
            ])
        try await plant(
            "claim", relation,
            [
                "order": .record(order), "company": .record(company),
                "claim_amount": number("claim", "claim_amount", relation), "cost": number("claim", "cost", relation),
                "description": text("claim", "description", relation),
            ])
        try await plant(
            "exception", relation,
            [
                "kind": .text("material_late"), "target": .about("order", order), "order": .record(order),
                "reported_by": other(relation), "due": .text("2026-11-27T10:00:00Z"),
                "cost_impact": number("exception", "cost_impact", relation),
                "description": text("exception", "description", relation),
            ])
    }
}
