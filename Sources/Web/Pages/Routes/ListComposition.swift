import Definitions
import Expressions
import Kernel
import Values

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
            table: firstTable(), pager: pager())
        page.filters = address.filters.map { filter in
            ListPage.Filter(
                text: text.words(filter, fields: filterable),
                removeURL: address.with { $0.filters.removeAll { $0 == filter } }.url)
        }
        page.filterable = filterable
        page.columnChoices = columnChoices()
        page.search = address.search
        page.query = address.items
        describeView(&page)
        page.looks = looks()
        page.groupings = groupings()
        page.bulk = bulkButtons()
        page.editable = definition.liveFields.filter { ListCells.isEditable($0, of: definition, sight) }.map {
            ($0.id, eyes.say($0.label))
        }
        page.canCreate = sight.canCreate(object)
        page.newURL = Paths.new(object) + given
        page.canImport = sight.has("import") && sight.canCreate(object)
        page.canExport = sight.has("export")
        page.sheets = sheet.kept.sheets.prefix(5).map { ($0.id.description, $0.name) }
        page.canSeeBin = sight.may("delete", object)
        page.canMerge = definition.isMergeable && sight.may("update", object)
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

    /// Who makes a record in a list of customers makes a customer: the codes that the view's condition asks for.
    private var given: String {
        let asked = sheet.view?.filter.map { codes(askedBy: $0.root) } ?? []
        return asked.isEmpty ? "" : "?" + asked.joined(separator: "&")
    }

    /// `field=code` for each code that a list of the record itself must hold for the condition to be true.
    private func codes(askedBy condition: Node) -> [String] {
        switch condition.form {
        case .all(let parts): return parts.flatMap(codes)
        case .isIn(let value, let list):
            guard case .constant(.text(let code)) = value.form, case .field(let field) = list.form,
                field.links.isEmpty
            else { return [] }
            return [field.field + "=" + code]
        default: return []
        }
    }

    private func tabs() -> [Tabs.Tab] {
        let bare = ListAddress(object: object)
        var views = ListViews.tabs(definition)
        if let view = sheet.view, !views.contains(where: { $0.id == view.id }) { views.append(view) }
        let isSaved = address.view.flatMap { RecordID($0) } != nil
        var tabs = views.map { view in
            Tabs.Tab(
                label: eyes.say(view.label),
                url: bare.with {
                    $0.view = view.id
                    $0.search = address.search
                    if let group = view.group {
                        $0.look = .board
                        $0.by = group
                    }
                }.url, isCurrent: !isSaved && view.id == sheet.view?.id)
        }
        for view in sheet.kept.views {
            tabs.append(
                Tabs.Tab(
                    label: view.name,
                    url: ListAddress(view, of: object).url,
                    isCurrent: view.id.description == address.view))
        }
        return tabs
    }

    // MARK: Views

    /// The saved view shown now, when it is one of the reader's.
    private var savedView: ViewsOf.View? { sheet.kept.views.first { $0.id.description == address.view } }

    private func describeView(_ page: inout ListPage) {
        page.here = address.url
        page.viewKey = address.view ?? sheet.view?.id ?? ""
        let audiences: [ViewAudience] = eyes.sight.has("define") ? [.mine, .team, .all] : [.mine, .team]
        let standing: ListAddress
        if let savedView {
            standing = ListAddress(savedView, of: object)
            page.ownsView = savedView.isMine
            if savedView.isMine {
                page.ownView = ViewForm(
                    object: object, content: savedView.content, here: standing.url, view: savedView,
                    audiences: audiences)
            }
        } else {
            standing = ListAddress(object: object).with { standing in
                standing.view = sheet.view?.id
                if let group = sheet.view?.group {
                    standing.look = .board
                    standing.by = group
                }
            }
        }
        var content = address
        if RecordID(address.view ?? "") == nil { content.base = sheet.view?.id }
        let same = standing.with { if savedView == nil { $0.base = sheet.view?.id } }
        let isChanged = content.content != same.content
        // What is kept or passed on has the columns that are seen now, wherever they come from.
        if !sheet.arrangement.columns.isEmpty { content.columns = sheet.columns }
        page.link = address.with { $0.columns = content.columns }.url
        if isChanged, address.search.isEmpty || !address.filters.isEmpty {
            page.bar = ViewBar(
                object: object, content: content.content, here: address.url, backURL: standing.url,
                own: savedView.flatMap { $0.isMine ? $0 : nil }, audiences: audiences)
        } else if let view = address.view, sheet.kept.arrangements[Desk.firstView] != view {
            page.firstContent = view
        }
    }

    /// The ways to show these records that their fields allow.
    private func looks() -> [(look: ListLook, url: String, isCurrent: Bool)] {
        ListLook.allCases.compactMap { look in
            guard look == .list || ListCanvas.field(for: look, definition, eyes, sheet.view) != nil else { return nil }
            let url = address.with {
                $0.look = look
                $0.by = look == .list || look == .gallery ? nil : look == address.look ? address.by : nil
                $0.until = nil
                $0.group = nil
            }.url
            return (look, url, look == address.look)
        }
    }

    private func groupings() -> [(label: String, url: String, isCurrent: Bool)] {
        guard address.look == .list else { return [] }
        let fields = definition.liveFields.filter { field in
            guard !["id", "version", "created_by", "updated_by"].contains(field.id) else { return false }
            if case .day = field.type { return false }
            return GroupedRows.path(field.id, of: object, eyes) != nil
        }
        let front = fields.filter { sheet.columns.contains($0.id) || $0.id == definition.states?.field }
        let shown = (front + fields.filter { field in !front.contains { $0.id == field.id } }).prefix(10)
        var out = shown.map { field in
            (
                label: eyes.say(field.label), url: address.with { $0.group = field.id }.url,
                isCurrent: field.id == address.group
            )
        }
        if address.group != nil {
            let none = Label(zh: "不分组", en: "No groups")
            out.insert((eyes.say(none), address.with { $0.group = nil }.url, false), at: 0)
        }
        return out
    }

    // MARK: Table

    /// Rows that fill a large screen.
    private static let screenful = 25

    /// The table of a whole page, which is seen before its last rows are laid out.
    private func firstTable() -> DataTable {
        var table = table()
        table.early = Self.screenful
        return table
    }

    func table() -> DataTable {
        var columns = ListCells.columns(sheet.columns, of: definition, eyes)
        for position in columns.indices { order(&columns[position]) }
        var table = DataTable(
            label: eyes.say(definition.plural), columns: columns,
            rows: sheet.page.rows.map { eyes.row($0, columns: sheet.columns) })
        table.isSelectable = true
        for position in table.columns.indices {
            table.columns[position].width = sheet.arrangement.widths[table.columns[position].id]
        }
        if !sheet.groups.isEmpty { group(&table) }
        return table
    }

    /// The rows under the heads of their groups.
    private func group(_ table: inout DataTable) {
        var rows: [DataTable.Row] = []
        for group in sheet.groups {
            let label = address.group.map { groupLabel(group.value, $0) } ?? ""
            let url = address.with {
                $0.group = nil
                $0.filters.append(group.filter)
            }.url
            let sums = sheet.columns.compactMap { column in
                group.sums[column].map {
                    eyes.label(column, of: object) + " " + ListSums.shown($0, column, of: object, eyes)
                }
            }
            table.groups.append(
                DataTable.Group(
                    before: rows.count, label: label, count: group.count, sums: sums.joined(separator: " · "),
                    url: url, hasMore: group.count > group.rows.count))
            rows += group.rows.map { eyes.row($0, columns: sheet.columns) }
        }
        table.rows = rows
    }

    private func groupLabel(_ value: Value, _ group: String) -> String {
        guard let field = eyes.field(group, of: object), !value.isNull else {
            return eyes.say(Label(zh: "未填写", en: "Blank"))
        }
        if case .link = field.type { return value.text ?? "" }
        if let flag = value.bool { return eyes.say(flag ? Words.yes : Words.no) }
        return eyes.presenter([:]).shown(value, as: field.type).plain
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
        if !sheet.groups.isEmpty {
            let all = sheet.groups.reduce(0) { $0 + $1.count }
            return Pager(from: 1, to: sheet.groups.reduce(0) { $0 + $1.rows.count }, nextURL: nil, count: all)
        }
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
