import Definitions
import Expressions
import Kernel

/// One page of a list under its view, with what the head of the list needs.
struct ListSheet: Question {
    let address: ListAddress
    let presentation: @Sendable (ModelSight) -> Presentation
    var limit = 50
    /// Only which records they are.
    var isBare = false

    struct Answer: Sendable {
        let view: ViewDefinition?
        let columns: [String]
        let page: RecordPage
        let count: RecordCount?
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        guard let definition = sight.model.object(address.object), !definition.retired, definition.parent == nil,
            sight.canRead(address.object)
        else { throw Rejection.noSuchPath }
        let views = ListViews.all(definition)
        if let wanted = address.view, let view = views.first(where: { $0.id == wanted }) {
            return try answer(definition, view, sight, context)
        }
        // The first view that this reader may use; a view over hidden fields is passed over.
        for view in ListViews.tabs(definition) {
            do {
                return try answer(definition, view, sight, context)
            } catch let rejection as Rejection where rejection.code == "bad_filter" && address.filters.isEmpty {
                continue
            }
        }
        return try answer(definition, nil, sight, context)
    }

    private func answer(
        _ definition: ObjectDefinition, _ view: ViewDefinition?, _ sight: ModelSight, _ context: ReadContext
    ) throws -> Answer {
        let eyes = presentation(sight)
        let wanted = address.columns.isEmpty ? view?.columns ?? ListViews.defaultColumns(definition) : address.columns
        let columns = wanted.filter { eyes.isReadable($0, of: definition.id) }
        var sort = (view?.sort ?? []).filter { eyes.isUsable($0.path, of: definition.id) }
        if let key = address.sortKey, eyes.isUsable(key.path, of: definition.id) {
            sort = [SortKey(path: key.path, descending: key.descending)]
        }
        let filters = (view?.filter.map { [$0.source] } ?? []) + address.filters
        let search = address.search.isEmpty ? nil : address.search
        let page = try context.ask(
            ListRecords(
                object: definition.id,
                columns: isBare ? ["id"] : eyes.withCurrencies(columns, of: definition.id), filters: filters,
                sort: sort,
                search: search, limit: limit, cursor: address.cursor))
        let count =
            address.counts
            ? try context.ask(CountRecords(object: definition.id, filters: filters, search: search, cap: 100_000)) : nil
        return Answer(view: view, columns: columns, page: page, count: count)
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

    /// Boards and the sections of the day have pages of their own.
    static func tabs(_ definition: ObjectDefinition) -> [ViewDefinition] {
        definition.views.filter { $0.group == nil && !MyDay.sections.contains($0.id) }
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
