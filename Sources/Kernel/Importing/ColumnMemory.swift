import Definitions
import Values

/// Under which keys the company remembers what the columns of a file mean: first by the place among exactly these
/// headings, then by the heading alone.
struct ColumnMemory {
    /// Folded headings, one per column.
    let folded: [String]
    private let set: String

    init(_ headings: [String]) {
        folded = headings.map(HeadingMatch.folded)
        set = String(Secrets.hex(Secrets.digest(Array(folded.joined(separator: "\u{1F}").utf8))).prefix(24))
    }

    /// Every key that could hold something about these headings.
    var keys: [String] { folded.indices.map(placeKey) + Set(folded.filter { !$0.isEmpty }).sorted() }

    func path(of index: Int, in earlier: [String: String]) -> String? {
        earlier[placeKey(index)] ?? (isSingle(index) ? earlier[folded[index]] : nil)
    }

    func remember(_ path: String, of index: Int, in memory: inout [String: String]) {
        memory[placeKey(index)] = path
        if isSingle(index) { memory[folded[index]] = path }
    }

    private func isSingle(_ index: Int) -> Bool {
        !folded[index].isEmpty && folded.count { $0 == folded[index] } == 1
    }

    /// Folded headings have no solidus, so the two kinds of keys never meet.
    private func placeKey(_ index: Int) -> String { set + "/" + String(index) }
}

extension Problem {
    static func twoColumns(_ path: String) -> Problem {
        Problem(
            field: path, code: "two_columns",
            message: Label(zh: "两列不能对应同一个字段", en: "Two columns can't fill the same field"))
    }
}
