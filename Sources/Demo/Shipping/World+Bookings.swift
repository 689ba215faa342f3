import Calendars
import Kernel
import Values

extension World {
    /// Slots with the forwarders.
    mutating func writeBookings() {
        for index in orders.indices where !orders[index].isCancelled && hasHappened(orders[index].times.bookingSent) {
            orders[index].booking = book(orders[index])
        }
    }

    private mutating func book(_ order: SalesOrder) -> RecordID {
        let times = order.times
        let cargo = Cargo(order)
        let by = person("logistics")
        let vessel = dice.pick(Vessels.names)
        let voyage = "\(dice.int(210...690))\(order.customer.country.region == "EU" ? "W" : "E")"
        let ready = min(Clock.day(of: times.passed), times.current.adding(days: -2))
        let place = order.customer.country.region == "EU" ? 20 : order.customer.country.region == "AM" ? 21 : 22
        let isDangerous = order.items.contains {
            $0.item.product.sku.hasPrefix("HN-SL") || $0.item.product.sku.hasPrefix("HN-CB")
        }
        let rolled = dice.chance(4)
        var course = Record()
        course.mark("action:send", at: times.bookingSent.adding(seconds: 1500), by: by, ["status": .text("sent")], self)
        if rolled {
            course.mark("action:roll", at: times.slot.adding(seconds: -7200), by: by, ["status": .text("rolled")], self)
        }
        let cut = times.current.adding(days: -1)
        course.mark(
            "action:confirm", at: times.slot, by: by,
            [
                "status": .text("confirmed"), "so_no": .text("NGB\(dice.int(1_000_000...9_999_999))"),
                "vessel": .text(vessel), "voyage": .text(voyage),
                "etd": .day(times.current), "eta": .day(times.current.adding(days: order.customer.country.days)),
                "doc_cutoff": .instant(Clock.ningbo(cut.adding(days: -1), hour: 12)),
                "cargo_cutoff": .instant(Clock.ningbo(cut, hour: 8)),
                "vgm_cutoff": .instant(Clock.ningbo(cut, hour: 10)),
                "customs_cutoff": .instant(Clock.ningbo(cut, hour: 16)),
            ], self)
        course.mark(
            "action:load", at: times.declared.adding(seconds: 5 * 3600), by: by, ["status": .text("loaded")], self)
        let equipment = Dictionary(cargo.containers.map { ($0.type, 1) }, uniquingKeysWith: +)
        var fields: [String: Input] = [
            "orders": .ids([order.id]), "company": .id(order.customer.id), "forwarder": .id(partners[place].id),
            "mode": .text(cargo.isLoose ? "sea_lcl" : "sea_fcl"), "pol": .text("CNNBO"),
            "pod": .text(order.customer.country.port),
            "final_dest": .text(order.customer.country.portName),
            "equipment": .object(equipment.mapValues { .number(String($0)) }),
            "packages": .whole(cargo.cartons), "gw_kg": .decimal(cargo.gross, 2), "cbm": .decimal(cargo.volume, 3),
            "cargo_ready": .on(ready), "etd_wanted": .on(times.current),
            "freight_terms": .text(["CIF", "CFR", "DAP"].contains(order.customer.incoterm) ? "prepaid" : "collect"),
            "bl_type": .text(order.customer.term.hasPrefix("LC") ? "original" : "telex"),
            "dangerous": .bool(isDangerous),
            "remarks": rolled ? .text("原航次爆舱被甩，改配下一水") : .null,
        ]
        fields.merge(course.fields) { _, new in new }
        return add("booking", fields, at: times.bookingSent, by: by, region: order.customer.region, steps: course.steps)
    }

    /// Shipments of what has a slot.
    mutating func writeShipments() {
        for index in orders.indices where orders[index].booking != nil && hasHappened(orders[index].times.declared) {
            orders[index].shipment = ship(orders[index])
        }
    }

    private mutating func ship(_ order: SalesOrder) -> RecordID {
        let times = order.times
        let cargo = Cargo(order)
        let by = person("logistics")
        let documents = person("documents")
        let made = times.declared.adding(seconds: -1800)
        let arrived = Clock.ningbo(times.arrival, hour: 15, minute: dice.int(0...59))
        var course = Record()
        course.mark(
            "action:gate_in", at: times.declared.adding(seconds: 6 * 3600), by: by, ["status": .text("gated_in")], self)
        course.mark("action:clear", at: times.cleared, by: by, ["status": .text("customs_cleared")], self)
        course.mark("action:load", at: times.sailed.adding(seconds: -1800), by: by, ["status": .text("on_board")], self)
        course.mark(
            "action:sail", at: times.sailed.adding(seconds: 11 * 3600), by: by,
            ["status": .text("sailed"), "atd": .instant(times.sailed), "eta": .day(times.arrival)], self)
        let advice = times.sailed.adding(seconds: dice.int(12...22) * 3600)
        if !dice.chance(3) {
            course.mark("action:advice_sent", at: advice, by: documents, ["advice_sent_at": .instant(advice)], self)
        }
        course.mark("action:arrive", at: arrived, by: by, ["status": .text("arrived"), "ata": .instant(arrived)], self)
        course.mark(
            "action:deliver", at: arrived.adding(seconds: dice.int(3...8) * 86_400), by: by,
            ["status": .text("delivered")], self)
        var fields: [String: Input] = [
            "booking": .id(order.booking), "company": .id(order.customer.id),
            "eta": .on(times.current.adding(days: order.customer.country.days)),
        ]
        fields.merge(course.fields) { _, new in new }
        return add(
            "shipment", fields, lines: ["containers": containers(cargo), "events": events(order, arrived)], at: made,
            by: by,
            region: order.customer.region, steps: course.steps,
            first: ["eta": .day(times.current.adding(days: order.customer.country.days))])
    }

    private mutating func containers(_ cargo: Cargo) -> [LineDraft] {
        let boxes = cargo.containers
        var used = (cartons: 0, gross: 0, volume: 0)
        return boxes.map { box in
            used.cartons += box.cartons
            let gross = cargo.gross * used.cartons / max(1, cargo.cartons) - used.gross
            let volume = cargo.volume * used.cartons / max(1, cargo.cartons) - used.volume
            used.gross += gross
            used.volume += volume
            let tare = box.type == "20GP" ? 222_000 : 390_000
            return LineDraft([
                "no": .text(Vessels.container(&dice)), "type": .text(box.type),
                "seal": .text("NB\(dice.int(100_000...999_999))"),
                "packages": .whole(box.cartons), "gw": .decimal(gross, 2), "vgm": .decimal(gross + tare, 2),
                "cbm": .decimal(volume, 3),
            ])
        }
    }

    private func events(_ order: SalesOrder, _ arrived: Instant) -> [LineDraft] {
        let times = order.times
        let rows: [(String, String, Instant)] = [
            ("gate_in", "宁波北仑四期", times.declared.adding(seconds: 6 * 3600)),
            ("loaded", "宁波北仑四期", times.sailed.adding(seconds: -1800)),
            ("departed", "宁波北仑四期", times.sailed), ("arrived", order.customer.country.portName, arrived),
            ("discharged", order.customer.country.portName, arrived.adding(seconds: 20 * 3600)),
        ]
        return rows.filter { hasHappened($0.2) }.map { row in
            LineDraft(["code": .text(row.0), "place": .text(row.1), "at": .at(row.2), "source": .text("货代")])
        }
    }
}
