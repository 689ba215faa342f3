import Calendars
import Kernel
import Values

extension World {
    /// Letters of credit, customs declarations.
    mutating func writeCredits() {
        for index in orders.indices
        where orders[index].customer.term.hasPrefix("LC") && !orders[index].isCancelled
            && hasHappened(orders[index].times.reviewed)
        {
            orders[index].credit = credit(orders[index])
        }
    }

    private mutating func credit(_ order: SalesOrder) -> RecordID {
        let times = order.times
        let by = person("documents")
        let latest = max(times.promised, times.current).adding(days: 12)
        let made = times.reviewed.adding(seconds: 3600)
        var course = Record()
        if dice.chance(30) {
            course.mark(
                "action:ask_amendment", at: made.adding(seconds: 5400), by: by,
                ["status": .text("amending"), "note": .text("要求删去“第三方验货证书正本”条款")], self)
        }
        course.mark(
            "action:accept", at: max(times.deposit, made.adding(seconds: 9000)), by: by, ["status": .text("accepted")],
            self)
        course.mark("action:present", at: times.presented, by: by, ["status": .text("presented")], self)
        if !times.isUnpaid {
            course.mark(
                "action:pay", at: max(times.balance, times.presented.adding(seconds: 86_400)), by: person("finance"),
                ["status": .text("paid")], self)
        }
        let documents: [(String, Int, Int)] = [
            ("Signed commercial invoice", 3, 3), ("Packing list", 3, 3),
            ("Full set clean on board bills of lading", 3, 3), ("Certificate of origin", 1, 2),
        ]
        let reviews = ["金额、币种与合同一致", "最迟装运期、有效期、交单期够用", "无软条款", "单据要求做得到"]
        var fields: [String: Input] = [
            "no": .text("LC\(order.customer.country.code)\(dice.int(10_000_000...99_999_999))"),
            "issuing_bank": .id(partners[order.customer.country.code == "EG" ? 30 : 29].id),
            "advising_bank": .id(partners[27].id), "applicant": .id(order.customer.id), "order": .id(order.id),
            "issued": .on(Clock.day(of: made).adding(days: -2)),
            "amount": .money(order.total, order.currency), "tolerance_pct": .percent(500), "latest_ship": .on(latest),
            "expiry": .on(latest.adding(days: 21)),
            "expiry_place": .text("China"), "present_days": .whole(21),
            "goods": .text(
                order.items.map(\.item.product.english).joined(separator: "; ") + " as per proforma invoice"),
        ]
        fields.merge(course.fields) { _, new in new }
        return add(
            "lc", fields,
            lines: [
                "documents": documents.map {
                    LineDraft(["name": .text($0.0), "originals": .whole($0.1), "copies": .whole($0.2)])
                },
                "review_items": reviews.map {
                    LineDraft([
                        "item": .text($0), "blocking": .bool(true), "passed": .bool(hasHappened(times.deposit)),
                        "by": .id(by.id),
                    ])
                },
            ], at: made, by: by, region: order.customer.region, steps: course.steps)
    }

    mutating func writeCustoms() {
        for index in orders.indices where orders[index].shipment != nil {
            orders[index].customs = declare(orders[index])
        }
    }

    private mutating func declare(_ order: SalesOrder) -> RecordID {
        let times = order.times
        let by = person("documents")
        let made = times.declared.adding(seconds: -600)
        let number = "3104\(Clock.day(of: times.declared).components.year)0\(dice.int(100_000_000...999_999_999))"
        var course = Record()
        course.mark(
            "action:declare", at: times.declared, by: by, ["status": .text("declared"), "decl_no": .text(number)], self)
        if dice.chance(5) {
            course.mark(
                "action:inspect", at: times.declared.adding(seconds: 4000), by: by, ["status": .text("inspected")], self
            )
        }
        course.mark(
            "action:release", at: times.cleared, by: by,
            ["status": .text("released"), "export_date": .day(times.current)], self)
        course.mark(
            "action:close", at: times.sailed.adding(seconds: 4 * 86_400), by: by, ["status": .text("closed")], self)
        let lines = order.items.enumerated().map { place, line in
            let product = line.item.product
            let cartons = line.item.quantity / product.pieces
            return LineDraft([
                "item": .whole(place + 1), "hs10": .text(product.hs), "name_zh": .text(product.chinese),
                "elements": .text("用途: 照明; 材质: 铝/塑料; 光源: LED; 品牌: 无牌"),
                "qty": .whole(line.item.quantity), "unit": .text("PCS"),
                "qty1": .decimal(cartons * (product.net / 10) * 10, 3), "unit1": .text("KGS"),
                "price": .decimal(line.price, 4), "destination": .text(order.customer.country.code),
                "domestic_source": .text("宁波北仑"),
            ])
        }
        let terms = ["CIF", "CFR"].contains(order.customer.incoterm) ? order.customer.incoterm : "FOB"
        var fields: [String: Input] = [
            "shipment": .id(order.shipment), "port": .text("北仑海关"), "regime": .text("general"),
            "broker": .id(partners[24].id), "trade_mode": .text("一般贸易"),
            "currency": .text(order.currency), "terms": .text(terms),
            "freight": .cents(terms == "FOB" ? 0 : order.version.freight), "insurance": .cents(0),
        ]
        fields.merge(course.fields) { _, new in new }
        return add(
            "customs", fields, lines: ["lines": lines], at: made, by: by, region: order.customer.region,
            steps: course.steps)
    }

    /// Commercial invoices with their packing lists and certificates of origin.
    mutating func writeInvoices() {
        for index in orders.indices where orders[index].shipment != nil {
            orders[index].invoice = invoice(orders[index])
        }
    }

    private mutating func invoice(_ order: SalesOrder) -> RecordID {
        let by = person("documents")
        let made = order.times.declared.adding(seconds: -1200)
        let isCarried = ["CIF", "CFR", "DAP"].contains(order.customer.incoterm)
        var course = Record()
        course.mark(
            "action:issue", at: order.times.declared.adding(seconds: -300), by: by, ["status": .text("issued")], self)
        var fields: [String: Input] = [
            "shipment": .id(order.shipment), "order": .ids([order.id]), "company": .id(order.customer.id),
            "date": .on(Clock.day(of: made)),
            "currency": .text(order.currency), "fx_rate": .decimal(order.version.rate, 6),
            "incoterm": .text(order.customer.incoterm),
            "incoterm_place": .text(isCarried ? order.customer.country.portName : "Ningbo"),
            "freight": .cents(isCarried ? min(order.version.freight, order.total / 3) : 0),
            "insurance": .cents(0), "lc": .id(order.credit), "marks": .text(order.customer.marks),
            "origin_statement": .text("The goods are of Chinese origin."),
        ]
        fields.merge(course.fields) { _, new in new }
        let lines = order.items.enumerated().map { place, line in
            LineDraft([
                "product": .id(line.item.product.id), "description": .text(line.item.product.english),
                "order_line": .id(order.line(place)),
                "qty": .whole(line.item.quantity), "price": .decimal(line.price, 4),
            ])
        }
        return add(
            "commercial_invoice", fields, lines: ["lines": lines], at: made, by: by, region: order.customer.region,
            steps: course.steps)
    }

    mutating func writePackingLists() {
        for order in orders {
            guard let invoice = order.invoice else { continue }
            let by = person("documents")
            let made = order.times.declared.adding(seconds: -1000)
            var first = 1
            // A loop, not `map`: the optimizer of Swift 6.3.1 fails on a closure that counts on in a `defer`.
            var lines: [LineDraft] = []
            for line in order.items {
                let product = line.item.product
                let cartons = line.item.quantity / product.pieces
                lines.append(
                    LineDraft([
                        "ctn_from": .whole(first), "ctn_to": .whole(first + cartons - 1), "product": .id(product.id),
                        "description": .text(product.english), "qty": .whole(line.item.quantity),
                    ]))
                first += cartons
            }
            var course = Record()
            course.mark(
                "action:issue", at: order.times.declared.adding(seconds: -240), by: by, ["status": .text("issued")],
                self)
            var fields: [String: Input] = [
                "invoice": .id(invoice), "date": .on(Clock.day(of: made)), "marks": .text(order.customer.marks),
            ]
            fields.merge(course.fields) { _, new in new }
            add(
                "packing_list", fields, lines: ["lines": lines], at: made, by: by, region: order.customer.region,
                steps: course.steps)
            if order.customer.country.region == "AP" || dice.chance(12) { certify(order, invoice) }
        }
    }

    private mutating func certify(_ order: SalesOrder, _ invoice: RecordID) {
        let types = [
            "AU": "FTA_AU", "KR": "FTA_KR", "CL": "FTA_CL", "MY": "FormE", "TH": "FormE", "VN": "FormE", "ID": "FormE",
            "PH": "FormE", "SG": "FormE", "JP": "RCEP", "NZ": "RCEP",
        ]
        let at = order.times.cleared.adding(seconds: 3600)
        guard hasHappened(at) else { return }
        let type = types[order.customer.country.code] ?? "CO"
        add(
            "coo",
            [
                "no": .text("26C3302\(dice.int(100_000...999_999))"), "type": .text(type), "invoice": .id(invoice),
                "criterion": .text(type == "CO" ? "P" : "CTH"), "issued": .on(Clock.day(of: at)),
                "issuer": .text("宁波海关 / 贸促会宁波分会"),
            ],
            at: at, by: person("documents"), region: order.customer.region)
    }

    /// Bills of lading come after the money, since release depends on it.
    mutating func writeBillsOfLading() {
        for order in orders where order.shipment != nil && hasHappened(order.times.sailed) {
            let by = person("documents")
            let cargo = Cargo(order)
            let made = order.times.sailed.adding(seconds: 12 * 3600)
            guard hasHappened(made) else { continue }
            let checked = officeTime(after: made, hours: 4...30)
            var course = Record()
            course.mark(
                "action:confirm_draft", at: checked, by: by,
                ["status": .text("confirmed"), "draft_ok_at": .instant(checked)], self)
            let freed = max(max(order.times.balance, order.times.presented), checked).adding(seconds: 5400)
            if !order.times.isUnpaid || order.credit != nil {
                course.mark(
                    "action:release",
                    at: order.credit == nil ? freed : max(order.times.presented, checked.adding(seconds: 600)), by: by,
                    [
                        "status": .text("released"),
                        "released_at": .instant(
                            order.credit == nil ? freed : max(order.times.presented, checked.adding(seconds: 600))),
                    ], self)
            }
            let buyer =
                "\(order.customer.name)\n\(order.customer.country.places[0][2])\n\(order.customer.country.places[0][0])"
            var fields: [String: Input] = [
                "no": .text("NGB\(order.customer.country.port.suffix(3))\(dice.int(1_000_000...9_999_999))"),
                "shipment": .id(order.shipment), "order": .id(order.id),
                "type": .text(order.credit == nil ? "telex" : "original"),
                "shipper": .text(
                    "Ningbo Hynar Lighting Co., Ltd.\nBuilding 3, No. 186 Weisan Road\nBeilun, Ningbo, China"),
                "consignee": .text(order.credit == nil ? buyer : "TO ORDER OF ISSUING BANK"), "notify": .text(buyer),
                "on_board": .on(order.times.current),
                "freight": .text(["CIF", "CFR", "DAP"].contains(order.customer.incoterm) ? "prepaid" : "collect"),
                "originals": .whole(order.credit == nil ? 0 : 3),
                "packages": .whole(cargo.cartons), "gw_kg": .decimal(cargo.gross, 2), "cbm": .decimal(cargo.volume, 3),
                "lc": .id(order.credit),
            ]
            fields.merge(course.fields) { _, new in new }
            add("bl", fields, at: made, by: by, region: order.customer.region, steps: course.steps)
        }
    }
}
