import Kernel
import Values

@testable import Web

/// The surfaces of the relay: boards, the way of a record, approvals, ladders, the change desk and notices.
extension MatrixRound {
    /// Objects of the families whose records run legs.
    private static let running = ["inquiry", "sample", "quotation", "pi", "order"]

    func askRelay() async {
        for holder in Self.running {
            await askBoard(holder)
            for relation in Relation.allCases { await askWay(holder, relation) }
            probed(.way, holder)
        }
        await askApprovals()
        await askLadders()
        for relation in Relation.allCases { await askDesk(relation) }
        for target in ["/api/v1/change_request?fields=*&limit=500", "/api/v1/events?limit=1000&object=change_request"] {
            look(.desk, await get(target).bytes, about: "order")
        }
        look(.notices, await get("/notices").bytes)
        await askSettings()
    }

    private func askBoard(_ holder: String) async {
        look(.relay, await get("/api/v1/relay/\(holder)?limit=500").bytes, about: holder)
        for view in ["lanes", "board", "time", "list"] {
            look(.relay, await get("/relay/\(holder)?view=\(view)").bytes, about: holder)
        }
        // A condition over what is hidden says nothing of it either.
        for field in MatrixField.of(holder: holder).map({ MatrixField.all[$0] })
        where field.lines == nil && field.kind == .number && !PermissionTable.uses(field, roles) {
            let reply = await get("/api/v1/relay/\(holder)?filter=\(field.id)%20%3E%200")
            if reply.status == 200, !reply.text.contains("\"rows\":[]") {
                tally.leak("\(role): the relay is filtered by \(field.name)")
            }
        }
        probed(.relay, holder)
    }

    private func askWay(_ holder: String, _ relation: Relation) async {
        guard let id = world.record(holder, relation) else { return }
        let isSeen = PermissionTable.relations(holder, roles).contains(relation)
        for target in ["/api/v1/relay/\(holder)/\(id)", "/relay/\(holder)/\(id)"] {
            let reply = await get(target)
            if (reply.status == 200) != isSeen {
                tally.leak("\(role): \(reply.status) for the way of \(holder) \(relation)")
            }
            look(.way, reply.bytes, about: holder)
        }
        look(.way, await get("/relay/\(holder)?open=\(id)").bytes, about: holder)
        look(.desk, await get("/api/v1/\(holder)/\(id)/lineage").bytes, about: holder)
    }

    /// In the own inbox lies what one asked for and what one is copied in, of every relation: values and names only
    /// as far as one may read them.
    private func askApprovals() async {
        for box in ["mine", "started", "copied", "delegated", "done"] {
            look(.approvals, await get("/api/v1/approvals?box=\(box)").bytes, about: "purchase_order")
            look(.approvals, await get("/approvals?box=\(box)").bytes, about: "purchase_order")
        }
        for relation in Relation.allCases {
            guard let id = world.record("approval", relation) else { continue }
            let reply = await get("/api/v1/approvals/\(id)")
            if reply.status != 200 {
                tally.gap("\(role): \(reply.status) for the approval \(relation): \(reply.text.prefix(300))")
            }
            look(.approvals, reply.bytes, about: "purchase_order")
            look(.approvals, await get("/approvals/\(id)?box=copied").bytes, about: "purchase_order")
            look(.approvals, await get("/o/approval/\(id)").bytes, about: "purchase_order")
        }
        probed(.approvals, "purchase_order")
    }

    private func askLadders() async {
        for target in ["/exceptions", "/board/exception", "/api/v1/exception/board"] {
            look(.ladders, await get(target).bytes, about: "exception")
        }
        for relation in Relation.allCases {
            guard let id = world.record("exception", relation) else { continue }
            look(.ladders, await get("/api/v1/exception/\(id)/similar").bytes, about: "exception")
        }
        probed(.ladders, "exception")
    }

    /// One's own request tells of the order only what its reader sees of the order.
    private func askDesk(_ relation: Relation) async {
        guard let id = world.record("change_request", relation) else { return }
        look(.desk, await get("/api/v1/change_request/\(id)/impact").bytes, about: "order")
        look(.desk, await get("/o/change_request/\(id)").bytes, about: "order")
        probed(.desk, "order", [relation])
    }

    // MARK: Doing

    /// Batons of records out of sight can't be moved, and who is only copied in decides nothing.
    func tryForeignBatons() async {
        for holder in Self.running {
            for relation in Relation.allCases
            where !PermissionTable.relations(holder, roles).contains(relation) {
                await tryBaton(holder, relation)
            }
        }
        for relation in Relation.allCases where relation != .own {
            guard let id = world.record("approval", relation) else { continue }
            // Who holds `users` keeps the house's approvals going: ends them, and urges.
            for verb in ["withdraw", "take_back"] + (isKeeper ? [] : ["restart", "urge", "terminate"]) {
                await refuse("copied in", "/api/v1/approvals/\(id)/\(verb)", "{\"note\":\"mine\"}")
            }
        }
    }

    private var isKeeper: Bool { !Set(roles).isDisjoint(with: ["general_manager", "admin"]) }

    private func tryBaton(_ holder: String, _ relation: Relation) async {
        guard let id = world.record(holder, relation), let leg = await leg(of: holder, id) else { return }
        for (verb, body) in [
            ("accept", "{}"), ("return", "{\"reason\":\"not mine\"}"), ("pause", "{\"reason\":\"waiting\"}"),
            ("resume", "{}"), ("pass", "{\"to\":\"\(world.actor)\"}"), ("tick", "{\"deliverable\":\"x\"}"),
        ] {
            await refuse("unseen baton", "/api/v1/legs/\(leg)/\(verb)", body)
        }
        await refuse("unseen baton", "/api/v1/\(holder)/\(id)/hand-over", "{\"action\":\"cancel\"}")
    }

    private func refuse(_ what: String, _ target: String, _ body: String) async {
        let reply = await send("POST", target, body, ["if-match": "\"1\""])
        if reply.status < 400 || reply.status >= 500 {
            tally.leak("\(role): \(what): \(target) \(body) answers \(reply.status) \(reply.text.prefix(200))")
        }
    }

    /// The leg that a record runs, as the house knows it.
    private func leg(of holder: String, _ id: RecordID) async -> RecordID? {
        do {
            let standing = try await world.house.kernel.answer(
                RelayOf(object: holder, record: id), as: .system("matrix"))
            return standing.runs.last { $0.record == id && $0.endedAt == nil }?.id
        } catch {
            tally.gap("the way of \(holder) \(id): \(error)")
            return nil
        }
    }
}
