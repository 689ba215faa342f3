import Kernel
import Values

extension Firm {
    /// What the settings of the house gave: ids of default records.
    struct Ground: Sendable {
        let paymentTerms: [RecordID]
    }

    /// Everything of the companies in `range`, in the order in which it can be written.
    func records(_ range: Range<Int>, _ ground: Ground) -> [Command] {
        var out: [Command] = []
        for company in range {
            out.append(self.company(company, ground))
            for place in 0..<contacts(of: company) { out.append(contact(company, place)) }
            for place in 0..<inquiries(of: company) { out.append(inquiry(company, place)) }
            for place in 0..<quotations(of: company) { out.append(quotation(company, place, ground)) }
            for place in 0..<orders(of: company) {
                out.append(invoice(company, place, ground))
                out.append(order(company, place))
            }
        }
        return out
    }

    func companyName(_ company: Int) -> (en: String, zh: String) {
        let (place, spirit, trade, form) = words(company)
        let number = String(company + 10_000)
        return (
            "\(place.0) \(spirit.0) \(trade.0) \(number) \(form.0)", place.1 + spirit.1 + trade.1 + number + form.1
        )
    }

    private typealias Pair = (String, String)

    private func words(_ company: Int) -> (place: (String, String, String), Pair, Pair, Pair) {
        (
            FirmWords.places[Dice.pick(FirmWords.places.count, 30, company)],
            FirmWords.spirits[Dice.pick(FirmWords.spirits.count, 31, company)],
            FirmWords.trades[Dice.pick(FirmWords.trades.count, 32, company)],
            FirmWords.forms[Dice.pick(FirmWords.forms.count, 33, company)]
        )
    }

    // MARK: Drafts, also of what is created one by one

    /// - Parameter key: a number that no company of the firm has, for companies created later.
    func companyDraft(_ key: Int, paymentTerm: RecordID) -> Draft {
        let name = companyName(key)
        let place = words(key).place
        return Draft([
            "name_en": .text(name.en), "name_zh": .text(name.zh), "roles": .list([.text("customer")]),
            "country": .text(place.2), "city": .text(place.0), "address": .text("\(key % 300 + 1) Harbour Road"),
            "postcode": .text(String(10_000 + key % 80_000)), "website": .text("https://c\(key).example"),
            "tax_id": .text("VAT\(place.2)\(key)"), "source": .text(FirmWords.sources[key % FirmWords.sources.count]),
            "currency": .text(key % 3 == 0 ? "EUR" : "USD"), "payment_term": .value(.record(paymentTerm)),
        ])
    }

    func quotationDraft(company: RecordID, paymentTerm: RecordID, lines: Int, key: Int) -> Draft {
        Draft(
            [
                "company": .value(.record(company)), "currency": .text("USD"), "fx_rate": .number("7.1"),
                "incoterm": .text("FOB"), "payment_term": .value(.record(paymentTerm)),
            ], lines: ["lines": (0..<lines).map { line(key, $0) }])
    }

    private func line(_ key: Int, _ place: Int) -> LineDraft {
        let product = Dice.pick(Self.products, 40, key, place)
        return LineDraft([
            "product": .value(.record(id(.product, product))), "qty": .number(String(120 * (1 + (key + place) % 40))),
            "price": .number("\(3 + product % 40).\(50 + place % 50)"),
        ])
    }

    /// An order of a company that has a proforma invoice at this place.
    func orderDraft(_ company: Int, _ place: Int, lines: Int = 20) -> Draft {
        let day = met(company).adding(seconds: (place * 20 + 9) * 86_400).day
        return Draft(
            [
                "pi": link(.pi, company, place), "company": link(.company, company), "currency": .text("USD"),
                "fx_rate": .number("7.1"), "merchandiser": link(.user, seller(of: company)),
                "confirmed_etd": .text(day.adding(days: 40 + company % 20).description),
                "customer_po": .text("PO-\(company)-\(place)"),
            ], lines: ["lines": (0..<lines).map { line(company + place, $0) }])
    }

    // MARK: Commands

    private func company(_ company: Int, _ ground: Ground) -> Command {
        var draft = companyDraft(company, paymentTerm: term(company, ground))
        draft.fields["status"] = .text(
            orders(of: company) > 0 ? "active" : quotations(of: company) > 0 ? "quoting" : "lead")
        draft.fields["grade"] = .text(["A", "B", "C", "D"][isKey(company) ? 0 : 1 + company % 3])
        draft.fields["grade_reason"] = .text("first assessment")
        if isInPool(company) { draft.fields["pool"] = .text("public") }
        return command("company", draft, .company, company, 0, days: 0)
    }

    private func contact(_ company: Int, _ place: Int) -> Command {
        let first = FirmWords.people[Dice.pick(FirmWords.people.count, 50, company, place)]
        let family = FirmWords.families[Dice.pick(FirmWords.families.count, 51, company, place)]
        let draft = Draft([
            "company": link(.company, company), "name": .text("\(first) \(family)"), "role": .text("buyer"),
            "email": .text("\(first.lowercased()).\(place)@c\(company).example"),
            "phone": .text("+49 40 \(100_000 + company)"),
            "is_primary": .bool(place == 0),
        ])
        return command("contact", draft, .contact, company, place, days: 0)
    }

    private func inquiry(_ company: Int, _ place: Int) -> Command {
        let stages = ["new", "contacted", "qualified", "quoting", "won"]
        let goods = FirmWords.goods[Dice.pick(FirmWords.goods.count, 52, company, place)]
        let draft = Draft([
            "company": link(.company, company), "contact": link(.contact, company),
            "source": .text(FirmWords.sources[company % FirmWords.sources.count]),
            "stage": .text(place < orders(of: company) ? "won" : stages[(company / 10 + place) % 4]),
            "raw_message": .text("We need \(goods.0) / \(goods.1), please quote your best price."),
        ])
        return command("inquiry", draft, .inquiry, company, place, days: place * 20)
    }

    private func quotation(_ company: Int, _ place: Int, _ ground: Ground) -> Command {
        var draft = quotationDraft(
            company: id(.company, company), paymentTerm: term(company, ground), lines: 2, key: company + place)
        draft.fields["inquiry"] = link(.inquiry, company, place)
        draft.fields["contact"] = link(.contact, company)
        draft.fields["status"] = .text(place < orders(of: company) ? "accepted" : "sent")
        return command("quotation", draft, .quotation, company, place, days: place * 20 + 3)
    }

    private func invoice(_ company: Int, _ place: Int, _ ground: Ground) -> Command {
        let terms = [line(company + place, 0), line(company + place, 1)]
        let draft = Draft(
            [
                "quotation": link(.quotation, company, place), "company": link(.company, company),
                "contact": link(.contact, company), "currency": .text("USD"), "fx_rate": .number("7.1"),
                "payment_term": .value(.record(term(company, ground))), "status": .text("deposit_received"),
            ], lines: ["lines": terms])
        return command("pi", draft, .pi, company, place, days: place * 20 + 6)
    }

    private func order(_ company: Int, _ place: Int) -> Command {
        let stages = ["production", "qc", "booking", "shipment", "collection", "closed", "closed", "closed"]
        var draft = orderDraft(company, place, lines: 2)
        draft.fields["stage"] = .text(stages[(company / 10 + place) % stages.count])
        return command("order", draft, .order, company, place, days: place * 20 + 9)
    }

    // MARK: Pieces

    private func term(_ company: Int, _ ground: Ground) -> RecordID {
        ground.paymentTerms[company % ground.paymentTerms.count]
    }

    private func link(_ kind: Kind, _ index: Int, _ place: Int = 0) -> Input { .value(.record(id(kind, index, place))) }

    private func command(
        _ object: String, _ draft: Draft, _ kind: Kind, _ company: Int, _ place: Int, days: Int
    ) -> Command {
        let seller = seller(of: company)
        let owner = isInPool(company) ? nil : id(.user, seller)
        let stamp = Stamp(
            id: id(kind, company, place), owner: owner,
            department: isInPool(company) ? nil : id(.department, department(of: seller)),
            region: id(.region, region(of: company)), at: met(company).adding(seconds: days * 86_400),
            by: id(.user, seller), byName: "业务 \(seller + 1)")
        return Command(.create(object: object, draft), stamp: stamp)
    }
}
