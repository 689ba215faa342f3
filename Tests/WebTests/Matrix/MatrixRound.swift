import Foundation
import Kernel
import Values

@testable import Web

/// The actor at work in one set of roles: asks the site as a browser or a program would and looks what the answers say.
struct MatrixRound: Sendable {
    let world: MatrixWorld
    let tally: MatrixTally
    let roles: [String]
    /// Of the actor's session, with what forms must carry.
    let token: String
    let csrf: String
    /// Whether every record is opened on every surface.
    let isLong: Bool

    var role: String { roles.joined(separator: "+") }
    var net: CanaryNet { world.net }

    // MARK: Asking

    func get(_ target: String) async -> Reply { await send("GET", target, nil) }

    /// To the API as a program, to a page as a browser.
    func send(_ method: String, _ target: String, _ body: String?, _ more: [String: String] = [:]) async -> Reply {
        let parts = target.split(separator: "?", maxSplits: 1)
        let path = parts[0].split(separator: "/").map(String.init)
        var headers = more
        headers["host"] = "localhost"
        headers["accept-language"] = "zh-CN"
        if path.first == "api" {
            headers["authorization"] = "Bearer " + token
            if body != nil { headers["content-type"] = "application/json" }
        } else {
            headers["cookie"] = "baton_session=" + token
            if body != nil { headers["content-type"] = "application/x-www-form-urlencoded" }
        }
        tally.asked()
        return await world.house.site.respond(
            to: Exchange(
                method: method, path: path, query: parts.count > 1 ? PercentCode.form(parts[1]) ?? [] : [],
                headers: headers, body: Array((body ?? "").utf8), source: "127.0.0.1", id: "matrix"))
    }

    // MARK: Looking

    /// Searches an answer for every canary there is.
    ///
    /// - Parameters:
    ///   - holder: what the answer is about; then its links are looked at as well.
    ///   - echo: what the request said itself.
    func look(_ surface: Surface, _ bytes: [UInt8], about holder: String? = nil, echo: String = "") {
        var caught = net.caught(in: bytes)
        if !echo.isEmpty { caught.subtract(net.caught(in: echo)) }
        for cell in caught { judge(surface, cell, about: holder) }
        guard let holder else { return }
        for (index, field) in MatrixField.all.enumerated() where field.kind == .link && field.holder == holder {
            for relation in Relation.allCases {
                guard let target = world.record(field.id, relation), bytes.holds(target.description) else { continue }
                judge(surface, CanaryNet.Cell(field: index, relation: relation), about: holder)
            }
        }
    }

    private func judge(_ surface: Surface, _ cell: CanaryNet.Cell, about holder: String?) {
        let field = MatrixField.all[cell.field]
        if field.kind == .choice, surface.offersCodes { return }
        if PermissionTable.reads(field, cell.relation, roles) || isPrinted(surface, field) {
            tally.found(surface, role, cell)
        } else {
            tally.leak("\(role): \(field.name) of \(cell.relation) from \(surface) of \(holder ?? "all")")
        }
    }

    /// A proforma invoice prints the account to which the customer is to pay.
    private func isPrinted(_ surface: Surface, _ field: MatrixField) -> Bool {
        surface == .document && field.object == "bank_account" && field.id != "call_back_note"
    }

    /// Whether an answer told of a record, which it may only of those in sight.
    func row(_ surface: Surface, _ holder: String, _ relation: Relation, isTold: Bool) {
        guard let field = MatrixField.of(holder: holder).first else { return }
        let cell = CanaryNet.Cell(field: field, relation: relation)
        tally.probed(surface, role, [cell])
        let isSeen = PermissionTable.relations(holder, roles).contains(relation)
        if isTold, isSeen { tally.found(surface, role, cell) }
        if isTold, !isSeen { tally.leak("\(role): \(surface) tells of \(holder) \(relation)") }
        if isSeen, !isTold { tally.gap("\(role): \(surface) does not tell of \(holder) \(relation)") }
    }

    func probed(_ surface: Surface, _ holder: String, _ relations: [Relation] = Relation.allCases) {
        tally.probed(
            surface, role,
            MatrixField.of(holder: holder).filter { MatrixField.all[$0].kind != .choice || !surface.offersCodes }
                .flatMap {
                    field in relations.map { CanaryNet.Cell(field: field, relation: $0) }
                })
    }

    /// In which relations the records of an answer stand, in their order.
    func relations(_ reply: Reply, of object: String) -> [Relation] {
        reply.text.ids.compactMap { id in
            world.places[id].flatMap { $0.object == object ? $0.relation : nil }
        }
    }

    /// The path of an object in addresses: suppliers are companies.
    func path(_ object: String) -> String { object == "supplier" ? "company" : object }
}

extension [UInt8] {
    func holds(_ text: String) -> Bool { Data(self).range(of: Data(text.utf8)) != nil }
}

extension String {
    /// The ids of the records of a JSON answer, in order.
    var ids: [RecordID] {
        split(separator: "\"id\":\"").dropFirst().compactMap { RecordID($0.prefix(36)) }
    }
}
