import Kernel
import Values

@testable import Web

/// The surfaces that give something away: which records come back, how many, in which order.
///
/// A field that the actor may not use must be as unknown as one that is not there; over one that they may use exactly
/// the records in their sight come back.
extension MatrixRound {
    func askOracles() async {
        for (index, field) in MatrixField.all.enumerated() {
            let probe = OracleProbe(round: self, index: index, field: field)
            await probe.sort()
            await probe.equality()
            if field.kind != .link {
                await probe.range()
                await probe.figures()
            }
            if field.kind == .text { await probe.search() }
        }
    }
}

/// One field, asked about in every way.
private struct OracleProbe {
    let round: MatrixRound
    let index: Int
    let field: MatrixField

    private var isUsable: Bool { PermissionTable.uses(field, round.roles) }
    private var seen: Set<Relation> { PermissionTable.relations(field.holder, round.roles) }
    private var object: String { round.path(field.object) }
    private func cell(_ relation: Relation) -> CanaryNet.Cell { CanaryNet.Cell(field: index, relation: relation) }

    /// The value as it stands in an expression.
    private func literal(_ relation: Relation) -> String {
        let value = round.net.written(cell(relation))
        return switch field.kind {
        case .text, .choice: "\"" + value + "\""
        case .day: "DATE(\"" + value + "\")"
        case .number, .percent, .link: value
        }
    }

    private func list(_ query: String) async -> Reply {
        await round.get("/api/v1/\(object)?fields=id&limit=500&" + query)
    }

    // MARK: The verdict

    /// Records that came back by the field.
    private func judge(_ surface: Surface, _ reply: Reply, expected: Set<Relation>? = nil) {
        round.tally.probed(surface, round.role, Relation.allCases.map(cell))
        guard isAnswered(surface, reply) else { return }
        let found = Set(round.relations(reply, of: field.object))
        for relation in found {
            if seen.contains(relation) {
                round.tally.found(surface, round.role, cell(relation))
            } else {
                round.tally.leak("\(round.role): \(field.name) of \(relation) by \(surface)")
            }
        }
        let missing = (expected ?? seen).subtracting(found)
        if !missing.isEmpty {
            round.tally.gap(
                "\(round.role): \(field.name) of \(missing) not found by \(surface) \(reply.text.prefix(200))")
        }
    }

    /// Whether it was answered, which it may only be over a field that can be used.
    private func isAnswered(_ surface: Surface, _ reply: Reply) -> Bool {
        if isUsable, reply.status == 200 { return true }
        if isUsable {
            // Several roles together may read a field everywhere and yet not be let use it: careful, not wrong.
            if round.roles.count > 1 { return false }
            round.tally.gap("\(round.role): \(surface) over \(field.name) refused: \(reply.text.prefix(300))")
        } else if reply.status < 400 || reply.status >= 500 {
            round.tally.leak("\(round.role): \(surface) over \(field.name) answers \(reply.status)")
        }
        return false
    }

    // MARK: Ways to ask

    func sort() async {
        let name = field.kind == .link ? field.id + ".short_name" : field.id
        let reply = await list("sort=-" + name)
        if field.kind == .link {
            return judge(.sort, reply, expected: [])
        }
        judge(.sort, reply)
        guard isUsable, reply.status == 200 else { return }
        let order = round.relations(reply, of: field.object)
        let values = order.map { round.net.written(cell($0)) }
        if values != values.sorted(by: >) { round.tally.gap("\(round.role): \(field.name) sorted as \(values)") }
    }

    func equality() async {
        if field.kind == .link {
            let names = Relation.allCases.map { "\"" + round.net.value("supplier", "short_name", $0) + "\"" }
            let filter = field.id + ".short_name IN (" + names.joined(separator: ", ") + ")"
            let reply = await list("filter=" + PercentCode.encode(filter))
            return judge(.equality, reply, expected: [])
        }
        let filter = field.id + " IN (" + Relation.allCases.map(literal).joined(separator: ", ") + ")"
        judge(.equality, await list("filter=" + PercentCode.encode(filter)))
    }

    /// Counts of a half of what there is, and by a part of the text.
    func range() async {
        let steps = Relation.allCases.sorted { round.net.written(cell($0)) < round.net.written(cell($1)) }
        let half = steps.prefix(3)
        let part =
            field.kind == .choice
            ? "\(field.id) IN (" + half.map(literal).joined(separator: ", ") + ")"
            : "\(field.id) >= \(literal(half[0])) AND \(field.id) <= \(literal(half[2]))"
        await count(.range, part, seen.intersection(half))
        let filter =
            field.kind == .text
            ? Relation.allCases.map { "CONTAINS(\(field.id), \"" + (round.net.values[cell($0)] ?? "") + "\")" }
                .joined(separator: " OR ")
            : "NOT ISBLANK(\(field.id)) AND \(field.id) IN (" + Relation.allCases.map(literal).joined(separator: ", ")
                + ")"
        await count(.count, filter, seen)
    }

    private func count(_ surface: Surface, _ filter: String, _ expected: Set<Relation>) async {
        // Customers and suppliers are one object.
        let kind = ["company": "customer", "supplier": "supplier"][field.holder]
        let more = kind.map { "&filter=" + PercentCode.encode("HAS(roles, \"\($0)\")") } ?? ""
        let reply = await round.get("/api/v1/\(object)/count?filter=" + PercentCode.encode(filter) + more)
        round.tally.probed(surface, round.role, Relation.allCases.map(cell))
        guard isAnswered(surface, reply) else { return }
        if reply.text.hasPrefix("{\"count\":\(expected.count),") {
            for relation in expected { round.tally.found(surface, round.role, cell(relation)) }
        } else {
            round.tally.leak("\(round.role): \(surface) of \(field.name) gives \(reply.text) for \(expected.count)")
        }
    }

    /// Groups by the field, and its largest and smallest.
    func figures() async {
        let filter = field.id + " IN (" + Relation.allCases.map(literal).joined(separator: ", ") + ")"
        let escaped = filter.replacing("\"", with: "\\\"")
        let measures =
            field.kind == .text || field.kind == .choice
            ? "" : ",{\"id\":\"m\",\"function\":\"max\",\"of\":\"\(field.id)\"}"
        let reply = await round.send(
            "POST", "/api/v1/query",
            "{\"object\":\"\(object)\",\"filter\":\"\(escaped)\",\"group\":[\"\(field.id)\"],"
                + "\"measures\":[{\"id\":\"n\",\"function\":\"count\"}\(measures)]}")
        round.tally.probed(.figures, round.role, Relation.allCases.map(cell))
        guard isAnswered(.figures, reply) else { return }
        let caught = round.net.caught(in: reply.bytes)
        for relation in Relation.allCases where caught.contains(cell(relation)) {
            if seen.contains(relation) {
                round.tally.found(.figures, round.role, cell(relation))
            } else {
                round.tally.leak("\(round.role): \(field.name) of \(relation) by figures")
            }
        }
        if !seen.allSatisfy({ caught.contains(cell($0)) }) {
            round.tally.gap("\(round.role): figures of \(field.name): \(reply.text.prefix(300))")
        }
    }

    /// Who may not read the word finds nothing by it; who may finds nothing out of sight.
    func search() async {
        for relation in [Relation.own, .none] {
            let word = round.net.values[cell(relation)] ?? ""
            let reply = await round.get("/api/v1/search?q=" + word)
            round.tally.probed(.search, round.role, [cell(relation)])
            round.look(.search, reply.bytes, echo: word)
            let mayRead = PermissionTable.reads(field, relation, round.roles)
            let hits = reply.text.ids.compactMap { round.world.places[$0] }
            if mayRead, hits.contains(where: { $0.object == field.holder && $0.relation == relation }) {
                round.tally.found(.search, round.role, cell(relation))
            }
            if !mayRead, reply.text != "{\"data\":[]}" {
                round.tally.leak(
                    "\(round.role): search finds by \(field.name) of \(relation): \(reply.text.prefix(300))")
            }
            for hit in hits where !PermissionTable.relations(hit.object, round.roles).contains(hit.relation) {
                round.tally.leak("\(round.role): search by \(field.name) gives \(hit)")
            }
        }
    }
}
