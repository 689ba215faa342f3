import Definitions
import Expressions
import Store
import Values

/// The company's words for fields and for codes, from the object `import_synonym`.
///
/// `company.name_en` with headings; a heading `=customer` is the value when no column gives the field. `country:GB`
/// with other names of the code.
struct ImportSynonyms: Sendable {
    /// Object → field → headings, each in the order of the records.
    private var headings: [String: [(field: String, headings: [String])]] = [:]
    /// Object → field → value when no column gives it.
    private(set) var constants: [String: [String: String]] = [:]
    /// List → folded name → code.
    private(set) var codes: [String: [String: String]] = [:]

    func fields(of object: String) -> [(field: String, headings: [String])] { headings[object] ?? [] }

    /// One statement.
    init(_ context: ReadContext) throws {
        guard let object = context.model.object("import_synonym"), !object.retired, object.field("field") != nil,
            object.field("headers") != nil
        else { return }
        let query = RecordQuery(
            object: object.id, context: context.evaluation, fields: ["field", "headers"].map { FieldPath([$0]) },
            sort: [SortKey(path: "id", descending: false)], limit: 5000)
        for row in try context.store.select(query) {
            guard let field = row[path: "field"].text, let headers = row[path: "headers"].text else { continue }
            add(field, headers.split(separator: ";").map { String($0).trimmed }.filter { !$0.isEmpty })
        }
    }

    private mutating func add(_ field: String, _ words: [String]) {
        if let colon = field.firstIndex(of: ":") {
            let list = String(field[..<colon])
            for word in words {
                codes[list, default: [:]][HeadingMatch.folded(word)] = String(field[field.index(after: colon)...])
            }
            return
        }
        guard let point = field.firstIndex(of: ".") else { return }
        let object = String(field[..<point])
        let name = String(field[field.index(after: point)...])
        headings[object, default: []].append((name, words.filter { !$0.hasPrefix("=") }))
        if let constant = words.first(where: { $0.hasPrefix("=") }) {
            constants[object, default: [:]][name] = String(constant.dropFirst())
        }
    }
}
