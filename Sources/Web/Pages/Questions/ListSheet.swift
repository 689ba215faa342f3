import Definitions
import Expressions
import Kernel
import Values

/// One page of a list under its view, with what the head of the list needs.
struct ListSheet: Question {
    let address: ListAddress
    let presentation: @Sendable (ModelSight) -> Presentation
    var limit = 50
    /// Only which records they are.
    var isBare = false
    /// Columns in the place of those of the list.
    var columns: [String]?

    struct Answer: Sendable {
        let view: ViewDefinition?
        let columns: [String]
        let page: RecordPage
        let count: RecordCount?
        /// Saved views and arrangements of the reader.
        let kept: ViewsOf.Answer
        let arrangement: ListArrangement
        /// All conditions in force, for further questions.
        let filters: [String]
        var groups: [ListGroup] = []
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        guard let definition = sight.model.object(address.object), !definition.retired, definition.parent == nil,
            sight.canRead(address.object)
        else { throw Rejection.noSuchPath }
        let kept = try context.ask(ViewsOf(object: definition.id))
        let views = ListViews.all(definition)
        if let wanted = address.base ?? address.view, let view = views.first(where: { $0.id == wanted }) {
            return try answer(definition, view, kept, sight, context)
        }
        // The first view that this reader may use; a view over hidden fields is passed over.
        for view in ListViews.tabs(definition) where view.group == nil {
            do {
                return try answer(definition, view, kept, sight, context)
            } catch let rejection as Rejection where rejection.code == "bad_filter" && address.filters.isEmpty {
                continue
            }
        }
        return try answer(definition, nil, kept, sight, context)
    }

    private func answer(
        _ definition: ObjectDefinition, _ view: ViewDefinition?, _ kept: ViewsOf.Answer, _ sight: ModelSight,
        _ context: ReadContext
    ) throws -> Answer {
        let eyes = presentation(sight)
        let arrangement = ListArrangement(kept.arrangements[address.view ?? view?.id ?? ""] ?? "")
        let saved = kept.views.first { $0.id.description == address.view }
        let own = saved.map { ListAddress($0, of: definition.id).columns } ?? []
        let usual =
            own.isEmpty
            ? definition.columns(view?.columns ?? ListViews.defaultColumns(definition), in: eyes.language) : own
        let standing = arrangement.columns.isEmpty ? usual : arrangement.columns
        // An address with the columns of its saved view asks for nothing of its own.
        let wanted = self.columns ?? (address.columns.isEmpty || address.columns == own ? standing : address.columns)
        let columns = wanted.filter { eyes.isReadable($0, of: definition.id) }
        var sort = (view?.sort ?? []).filter { eyes.isUsable($0.path, of: definition.id) }
        if let key = address.sortKey, eyes.isUsable(key.path, of: definition.id) {
            sort = [SortKey(path: key.path, descending: key.descending)]
        }
        let filters = (view?.filter.map { [$0.source] } ?? []) + address.filters
        let search = address.search.isEmpty ? nil : address.search
        let paths = isBare ? ["id"] : eyes.withCurrencies(columns, of: definition.id)
        let isGrouped =
            address.group.flatMap { GroupedRows.path($0, of: definition.id, eyes) } != nil && search == nil && !isBare
            && address.cursor == nil
        let page = try context.ask(
            ListRecords(
                object: definition.id, columns: paths, filters: filters, sort: sort, search: search,
                limit: isGrouped ? 1 : limit, cursor: address.cursor))
        let count =
            address.counts
            ? try context.ask(
                CountRecords(object: definition.id, filters: filters, search: search, cap: Self.countedUpTo)) : nil
        var answer = Answer(
            view: view, columns: columns, page: page, count: count, kept: kept, arrangement: arrangement,
            filters: filters)
        if isGrouped, let group = address.group {
            answer.groups = try context.ask(
                GroupedRows(
                    object: definition.id, group: group, columns: columns, paths: paths, filters: filters, sort: sort,
                    eyes: eyes))
        }
        return answer
    }

    /// Beyond this a count says `10,000+`.
    static let countedUpTo = 10_000
}

/// How a person has arranged a view: which columns in which order, and how wide.
struct ListArrangement: Sendable, Equatable {
    var columns: [String] = []
    /// Column → pixels.
    var widths: [String: Int] = [:]

    /// `columns=no,company&w.no=140`; what can't be read is left out.
    init(_ content: String) {
        for (name, value) in PercentCode.form(content) ?? [] {
            if name == "columns" { columns += value.split(separator: ",").map(String.init) }
            if name.hasPrefix("w."), let pixels = Int(value), (40...1200).contains(pixels) {
                widths[String(name.dropFirst(2))] = pixels
            }
        }
    }

    var content: String {
        var items: [(name: String, value: String)] = []
        if !columns.isEmpty { items.append(("columns", columns.joined(separator: ","))) }
        items += widths.sorted { $0.key < $1.key }.map { ("w." + $0.key, String($0.value)) }
        return String(ListAddress.text(items).dropFirst())
    }
}

/// A page of a list with what its reader may see, without the frame of the page.
struct SightedList: Question {
    let sheet: ListSheet

    func answer(in context: ReadContext) throws -> (sight: ModelSight, sheet: ListSheet.Answer) {
        (try context.ask(VisibleModel()), try context.ask(sheet))
    }
}

/// The views of an object: which are tabs, and what stands in for those that are missing.
enum ListViews {
    static func all(_ definition: ObjectDefinition) -> [ViewDefinition] { definition.views }

    /// The sections of the day have a page of their own.
    static func tabs(_ definition: ObjectDefinition) -> [ViewDefinition] {
        definition.views.filter { !MyDay.sections.contains($0.id) }
    }

    static func defaultColumns(_ definition: ObjectDefinition) -> [String] {
        var columns = definition.title
        if let states = definition.states { columns.append(states.field) }
        let plain = definition.liveFields.filter { field in
            switch field.type {
            case .lines, .files, .json, .longText, .links: false
            default: !field.isSystem
            }
        }
        for field in plain.prefix(5) where !columns.contains(field.id) { columns.append(field.id) }
        return columns + ["owner", "updated_at"]
    }
}
