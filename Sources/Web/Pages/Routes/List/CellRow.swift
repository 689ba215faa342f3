import Definitions
import Kernel
import Values

/// What a script asks for one row of a table: new contents of some cells.
struct CellRow: Sendable {
    let id: RecordID
    /// The version whose contents the reader saw; nil for whatever stands now, as in a change of many after a preview.
    let version: Int?
    /// Names and values as a form sends them.
    var fields: [(name: String, value: String)] = []
    /// Field → what its control held before, as far as the script knows.
    var was: [String: String] = [:]

    /// At most this many rows in one request.
    static let most = 200

    /// `id=…@7`, then `f.price=12` and `was.price=11` of that row; the next `id` begins the next row.
    ///
    /// - Throws: what is wrong with an id that can't be read, or with more rows than `most`.
    static func read(_ posted: [(name: String, value: String)]) throws(Rejection) -> [CellRow] {
        var rows: [CellRow] = []
        for (name, value) in posted {
            if name == "id" {
                let parts = value.split(separator: "@", maxSplits: 1)
                guard let id = parts.first.flatMap({ RecordID(String($0)) }) else { throw .noSuchPath }
                guard rows.count < most else { throw .tooManyRows(most) }
                rows.append(CellRow(id: id, version: parts.count > 1 ? Int(parts[1]) : nil))
            } else if !rows.isEmpty, name.hasPrefix("f.") {
                rows[rows.count - 1].fields.append((String(name.dropFirst(2)), value))
            } else if !rows.isEmpty, name.hasPrefix("was.") {
                rows[rows.count - 1].was[String(name.dropFirst(4))] = value
            }
        }
        return rows
    }

    /// The fields meant: `price` for `price`, `price.currency` and `company.q`.
    var names: [String] {
        var out: [String] = []
        for (name, _) in fields {
            let field = name.split(separator: ".").first.map(String.init) ?? name
            if !out.contains(field) { out.append(field) }
        }
        return out
    }
}

extension Rejection {
    fileprivate static func tooManyRows(_ most: Int) -> Rejection {
        let message = Label(zh: "一次最多改 \(most) 行，请分批", en: "At most \(most) rows at a time; do it in parts")
        return Rejection(
            .invalid, code: "too_many_items", message: message,
            problems: [Problem(field: "id", code: "too_many_items", message: message)])
    }
}
