import Kernel
import Values

@testable import Web

/// Fields one by one: what each was, its control with what stands in it, rows drawn anew after a change.
extension MatrixRound {
    func askCells(_ holder: String, _ relation: Relation, _ id: String) async {
        let fields = MatrixField.of(holder: holder).map { MatrixField.all[$0] }.filter { $0.lines == nil }.map(\.id)
        let object = path(holder)
        if isLong || [.own, .none].contains(relation) {
            for field in fields {
                look(.history, await get("/o/\(object)/\(id)/history?field=\(field)").bytes, about: holder)
                look(.cell, await get("/o/\(object)/\(id)/cell?field=\(field)").bytes, about: holder)
            }
            for surface in [Surface.history, .cell] { probed(surface, holder, [relation]) }
        }
        let columns = fields.joined(separator: ",")
        let reply = await send("POST", "/o/\(object)/cells", "csrf=\(csrf)&columns=\(columns)&id=\(id)")
        look(.rows, reply.bytes, about: holder)
        probed(.rows, holder, [relation])
    }

    /// The house's own pages speak of definitions, people and counts.
    func askSettings() async {
        let pages = [
            "", "/calendars", "/rules", "/limits", "/processes", "/levels", "/workflows", "/deliveries", "/notices",
        ]
        for page in pages { look(.settings, await get("/settings" + page).bytes) }
        for path in ["workflows", "workflow-tasks"] { look(.settings, await get("/api/v1/" + path).bytes) }
    }

    /// The same cells written: of records out of sight and of fields that are not theirs nothing is taken.
    func tryCells(_ holder: String, _ relation: Relation, _ id: RecordID, _ fields: [String]) async {
        for field in fields {
            let body = "csrf=\(csrf)&columns=\(field)&id=\(id)&f.\(field)=taken"
            let reply = await send("POST", "/o/\(path(holder))/cells", body)
            if reply.text.contains("\"before\"") || reply.status >= 500 {
                tally.leak("\(role): cell \(field) of \(holder) \(relation): \(reply.status) \(reply.text.prefix(200))")
            }
        }
    }
}
