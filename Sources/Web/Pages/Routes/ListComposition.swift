import Definitions
import Kernel

/// Makes the list page of what was read.
struct ListComposition {
    let eyes: Presentation
    let definition: ObjectDefinition
    let address: ListAddress
    let sheet: ListSheet.Answer

    private var object: String { definition.id }

    func page() -> ListPage {
        let sight = eyes.sight
        let filterable = eyes.filterable(definition, first: sheet.columns)
        let text = FilterText(presentation: eyes, object: object)
        var page = ListPage(
            object: object, label: definition.label, plural: definition.plural, icon: definition.icon, views: tabs(),
            table: table(), pager: pager())
        page.filters = address.filters.map { filter in
            ListPage.Filter(
                text: text.words(filter, fields: filterable),
                removeURL: address.with { $0.filters.removeAll { $0 == filter } }.url)
        }
        page.filterable = filterable
        page.columnChoices = columnChoices()
        page.search = address.search
        page.query = address.items
        page.bulk = bulkButtons()
        page.editable = definition.liveFields.filter { ListCells.isEditable($0, of: definition, sight) }.map {
            ($0.id, eyes.say($0.label))
        }
        page.canCreate = sight.canCreate(object)
        page.canImport = sight.has("import") && sight.canCreate(object)
        page.canExport = sight.has("export")
        page.canSeeBin = sight.may("delete", object)
        if !address.filters.isEmpty || !address.search.isEmpty {
            page.clearURL =
                address.with {
                    $0.filters = []
                    $0.search = ""
                }.url
        } else if address.view != nil, sheet.page.rows.isEmpty, let first = ListViews.tabs(definition).last {
            page.clearURL = Paths.list(object, view: first.id)
        }
        return page
    }

    private func tabs() -> [Tabs.Tab] {
        var views = ListViews.tabs(definition)
        if let view = sheet.view, !views.contains(where: { $0.id == view.id }) { views.append(view) }
        return views.map { view in
            Tabs.Tab(
                label: eyes.say(view.label),
                url: address.with {
                    $0.view = view.id
                    $0.sort = nil
                    $0.columns = []
                    $0.filters = []
                }.url, isCurrent: view.id == sheet.view?.id)
        }
    }

    // MARK: Table

    func table() -> DataTable {
        var columns = ListCells.columns(sheet.columns, of: definition, eyes)
        for position in columns.indices { order(&columns[position]) }
        var table = DataTable(
            label: eyes.say(definition.plural), columns: columns,
            rows: sheet.page.rows.map { eyes.row($0, columns: sheet.columns) })
        table.isSelectable = true
        return table
    }

    /// The way to the list in the order of this column.
    private func order(_ column: inout DataTable.Column) {
        guard let key = sortPath(column.id, eyes.field(column.id, of: object)) else { return }
        let current =
            address.sortKey.map { SortKey(path: $0.path, descending: $0.descending) } ?? sheet.view?.sort.first
        if current?.path == key { column.order = current?.descending == true ? .descending : .ascending }
        let next = column.order == .ascending ? "-" + key : key
        column.sortURL = address.with { $0.sort = next }.url
    }

    /// A link sorts by the name of what it leads to.
    private func sortPath(_ path: String, _ field: FieldDefinition?) -> String? {
        guard let field else { return nil }
        let key: String
        switch field.type {
        case .longText, .choices, .links, .anyLink, .lines, .files, .json: return nil
        case .link(let target):
            guard let title = eyes.titleField(of: target) else { return nil }
            key = path + "." + title
        default: key = path
        }
        return eyes.isUsable(key, of: object) ? key : nil
    }

    func pager() -> Pager {
        let last = address.from + sheet.page.rows.count - 1
        var pager = Pager(
            from: address.from, to: max(address.from, last),
            nextURL: sheet.page.next.map { address.url(cursor: $0, from: last + 1) })
        if address.cursor != nil { pager.firstURL = address.url }
        pager.count = sheet.count?.count
        pager.isCapped = sheet.count?.isCapped ?? false
        if sheet.count == nil {
            if sheet.page.next == nil, address.cursor == nil {
                pager.count = sheet.page.rows.count
            } else {
                pager.countURL = address.url(at: Paths.count(object))
            }
        }
        return pager
    }

    private func bulkButtons() -> [Button] {
        var buttons: [Button] = []
        if eyes.sight.may("assign", object) {
            buttons.append(
                Button(
                    text: eyes.say(Label(zh: "转给我", en: "Assign to me")), target: .submit(name: "do", value: "take"),
                    icon: "user"))
        }
        if eyes.sight.may("delete", object) {
            buttons.append(
                Button(
                    text: eyes.say(Words.delete), target: .submit(name: "do", value: "delete"), kind: .danger,
                    icon: "trash"))
        }
        return buttons
    }

    // MARK: Choices

    private func columnChoices() -> [(id: String, label: String, isShown: Bool)] {
        var out = sheet.columns.map { (id: $0, label: eyes.label($0, of: object), isShown: true) }
        for field in definition.liveFields where !sheet.columns.contains(field.id) {
            switch field.type {
            case .lines, .files, .json, .longText: continue
            default: break
            }
            guard !["id", "version", "deleted_at"].contains(field.id), eyes.isReadable(field.id, of: object) else {
                continue
            }
            out.append((id: field.id, label: eyes.say(field.label), isShown: false))
        }
        return out
    }
}
