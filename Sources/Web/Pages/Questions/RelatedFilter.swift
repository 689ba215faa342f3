import Definitions
import Kernel
import Values

/// How a list on a record's page is narrowed and ordered, as its address says: `?tab=order&is=open&by=-date&q=…`.
struct RelatedFilter: Sendable, Hashable {
    /// The word for all that are not in an end state.
    static let open = "open"

    /// `open` or the code of a state; empty for all.
    var state = ""
    /// A column, `-` before it for the highest first; empty as the list usually stands.
    var sort = ""
    var text = ""

    init(state: String = "", sort: String = "", text: String = "") {
        self.state = state
        self.sort = sort
        self.text = text
    }

    init(_ query: [(name: String, value: String)]) {
        func last(_ name: String) -> String { query.last { $0.name == name }?.value ?? "" }
        self.init(state: last("is"), sort: last("by"), text: String(last("q").trimmingSpaces.prefix(80)))
    }

    var isSet: Bool { !state.isEmpty || !text.isEmpty }

    /// The address of the list so narrowed.
    func url(_ object: String, _ id: String, tab: String) -> String {
        var parts = ["tab=" + Paths.encoded(tab)]
        if !state.isEmpty { parts.append("is=" + Paths.encoded(state)) }
        if !sort.isEmpty { parts.append("by=" + Paths.encoded(sort)) }
        if !text.isEmpty { parts.append("q=" + Paths.encoded(text)) }
        return Paths.record(object, id) + "?" + parts.joined(separator: "&") + "#related"
    }

    func with(state: String? = nil, sort: String? = nil) -> RelatedFilter {
        RelatedFilter(state: state ?? self.state, sort: sort ?? self.sort, text: text)
    }

    /// The conditions in the expression language; none for what the list does not know.
    func conditions(_ definition: ObjectDefinition, _ eyes: Presentation) -> [String] {
        guard let states = definition.states, eyes.isUsable(states.field, of: definition.id), !state.isEmpty else {
            return []
        }
        if state == Self.open {
            let ends = states.states.filter(\.final).map { "\"\($0.code)\"" }
            return ends.isEmpty ? [] : ["NOT(\(states.field) IN (\(ends.joined(separator: ", "))))"]
        }
        guard case .choice(let list)? = definition.field(states.field)?.type,
            eyes.model.lists[list]?.code(state) != nil
        else { return [] }
        return ["\(states.field) = \"\(state)\""]
    }

    /// The order asked for, if the reader may sort by it.
    func sortKey(_ columns: [String], of object: String, _ eyes: Presentation) -> SortKey? {
        let path = sort.hasPrefix("-") ? String(sort.dropFirst()) : sort
        guard columns.contains(path), eyes.isUsable(path, of: object) else { return nil }
        return SortKey(path: path, descending: sort.hasPrefix("-"))
    }
}

/// How many records of a list stand in each state: code → count. One statement; nothing for a list without states.
struct RelatedStates: Question {
    let list: RelatedList
    let id: RecordID
    let eyes: Presentation

    func answer(in context: ReadContext) throws -> [String: Int] {
        guard let states = eyes.model.object(list.object)?.states, eyes.isUsable(states.field, of: list.object),
            eyes.isUsable(list.via, of: list.object)
        else { return [:] }
        let table = try context.ask(
            GroupRecords(
                object: list.object, filters: ["\(list.via) = \"\(id)\""], group: [states.field],
                measures: [.init(id: "count", function: .count, of: nil)], limit: 100))
        var out: [String: Int] = [:]
        for row in table.rows {
            if let code = row.first?.text, let count = row.last?.decimal { out[code] = Int(count.shortest) ?? 0 }
        }
        return out
    }
}
