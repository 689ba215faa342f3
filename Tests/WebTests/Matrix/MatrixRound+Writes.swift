import Definitions
import Foundation
import Kernel
import Values

@testable import Web

/// Writes that must all be refused: of records out of sight, of objects that the role does not change, of fields that
/// are the system's or hidden, over links and lines of others, one by one and many at once.
extension MatrixRound {
    func tryWrites() async throws {
        for holder in MatrixField.holders {
            for relation in Relation.allCases {
                guard let id = world.record(holder, relation) else { continue }
                if PermissionTable.relations(holder, roles).contains(relation) {
                    await tryFields(holder, relation, id)
                } else {
                    await tryUnseen(holder, relation, id)
                }
            }
            await tryCreating(holder)
        }
        await tryForeignLines()
        await tryForeignBatons()
        try await tryImport()
    }

    private func refused(_ what: String, _ method: String, _ target: String, _ body: String?, version: Int? = 1) async {
        let version = version.map { ["if-match": "\"\($0)\""] } ?? [:]
        let reply = await send(method, "/api/v1/" + target, body, version)
        if reply.status < 400 || reply.status >= 500 {
            tally.leak(
                "\(role): \(what): \(method) \(target) \(body ?? "") answers \(reply.status) \(reply.text.prefix(200))")
        }
    }

    private func tryUnseen(_ holder: String, _ relation: Relation, _ id: RecordID) async {
        let what = "unseen \(holder) \(relation)"
        let target = path(holder) + "/" + id.description
        let field = plainField(holder)
        let change = "{\"\(field)\":\"taken\"}"
        await refused(what, "PATCH", target, change)
        await tryCells(holder, relation, id, [field])
        await refused(what, "POST", target + "/preview", change)
        await refused(what, "DELETE", target, nil)
        await refused(what, "POST", target + "/restore", nil)
        await refused(what, "POST", target + "/actions/assign", "{\"owner\":\"\(world.actor)\"}")
        for operation in ["update", "delete"] {
            await refused(
                what, "POST", path(holder) + "/bulk",
                "{\"items\":[{\"op\":\"\(operation)\",\"id\":\"\(id)\",\"version\":1,\"values\":\(change)}],\"atomic\":true}"
            )
        }
    }

    /// Fields that nobody writes, and those that this role does not read or does not change.
    private func tryFields(_ holder: String, _ relation: Relation, _ id: RecordID) async {
        let target = path(holder) + "/" + id.description
        let moment = "\"2020-01-01T00:00:00Z\""
        for (field, value) in [
            ("id", "\"\(world.actor)\""), ("owner", "\"\(world.actor)\""), ("created_at", moment),
            ("created_by", "\"\(world.actor)\""), ("version", "9"),
        ] {
            await refused("system field", "PATCH", target, "{\"\(field)\":\(value)}")
        }
        for field in MatrixField.of(holder: holder).map({ MatrixField.all[$0] }) where field.lines == nil {
            let isForbidden =
                !PermissionTable.reads(field, relation, roles) || !PermissionTable.changes(path(holder), roles)
            guard isForbidden else { continue }
            let value = ["number": "1", "percent": "0.1", "day": "\"2027-01-01\""][field.kind.rawValue] ?? "\"taken\""
            await refused("field not theirs", "PATCH", target, "{\"\(field.id)\":\(value)}")
            await tryCells(holder, relation, id, [field.id])
        }
    }

    /// New records with a system field, or over a link to what is out of sight.
    private func tryCreating(_ holder: String) async {
        let object = path(holder)
        for field in ["id", "owner", "created_at", "created_by", "version"] {
            await refused("new", "POST", object, "{\"\(field)\":\"\(world.actor)\"}", version: nil)
        }
        let links = [
            "contact": "company", "inquiry": "company", "quotation": "company", "pi": "quotation", "order": "pi",
            "receivable": "order", "cost_item": "order", "claim": "order", "sample": "company",
        ]
        guard let link = links[holder] else { return }
        for relation in Relation.allCases where !PermissionTable.relations(link, roles).contains(relation) {
            guard let id = world.record(link, relation) else { continue }
            await refused("foreign link", "POST", object, "{\"\(link)\":\"\(id)\"}", version: nil)
            await refused("foreign link", "POST", object + "/preview", "{\"\(link)\":\"\(id)\"}", version: nil)
        }
    }

    /// A line of another's paper given as one of one's own.
    private func tryForeignLines() async {
        for (holder, child) in [("quotation", "quotation_line"), ("pi", "pi_line"), ("order", "order_line")] {
            guard let own = world.record(holder, .own), let line = world.record(child, .none) else { continue }
            await refused(
                "foreign line", "PATCH", "\(holder)/\(own)", "{\"lines\":[{\"id\":\"\(line)\",\"note\":\"taken\"}]}")
        }
    }

    /// A file that names customers out of sight by what makes them the same, to change them.
    private func tryImport() async throws {
        guard ["sales", "region_head"].contains(role),
            let actor = try await world.house.kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody)
        else { return }
        var text = "name_en,country,tax_id,city\n"
        for relation in Relation.allCases where !PermissionTable.relations("company", roles).contains(relation) {
            let name = net.value("company", "name_en", relation)
            text += "\(name),DE,\(net.value("company", "tax_id", relation)),taken\n"
        }
        let place = world.house.folder + "/" + UUID().uuidString + ".csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: place))
        var request = ImportRequest(object: "company", path: place, name: "taken.csv")
        request.onDuplicate = .update
        tally.asked()
        let report = try await world.house.kernel.perform(Command(.importing(.run(request))), as: actor).report
        if report?.updated != 0 || report?.created != 0 { tally.leak("\(role): import \(String(describing: report))") }
    }

    private func plainField(_ holder: String) -> String {
        MatrixField.of(holder: holder).map { MatrixField.all[$0] }.first { $0.lines == nil && $0.kind == .text }?.id
            ?? "note"
    }
}

extension MatrixWorld {
    /// Everything that stands in the house but the account whose roles are tried; equal when nothing has changed.
    func digest() async throws -> [String] {
        let model = try await house.kernel.answer(CurrentModel(), as: .system("matrix"))
        var out: [String] = []
        for object in model.liveObjects where object.parent == nil {
            for deleted in [false, true] {
                var cursor: String?
                repeat {
                    let page = try await house.kernel.answer(
                        ListRecords(
                            object: object.id, columns: ["*"], limit: 500, cursor: cursor, deleted: deleted,
                            withLines: true), as: .system("matrix"))
                    for row in page.rows where row.id != actor {
                        let lines = row.lines.sorted { $0.key < $1.key }.map { Self.text($0.value) }
                        out.append("\(object.id) \(deleted) \(row.version) \(Self.text([row])) \(lines)")
                    }
                    cursor = page.next
                } while cursor != nil
            }
        }
        return out
    }

    private static func text(_ rows: [RecordView]) -> [String] {
        rows.map { row in
            row.id.description
                + row.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        }
    }
}
