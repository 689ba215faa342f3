import Definitions
import Kernel
import Values

/// Makes the record page of what was read.
struct RecordComposition {
    let eyes: Presentation
    let definition: ObjectDefinition
    let sheet: RecordSheet.Answer
    let tab: String?
    let actor: Actor
    let now: Instant
    let query: [(name: String, value: String)]
    /// What was written and refused.
    var written: NoteForm?

    var record: RecordView { sheet.record }
    var object: String { definition.id }
    var id: String { record.id.description }

    /// What the timeline is narrowed to.
    private var kinds: Set<TimelineKind> { TimelineKind.read(query.last { $0.name == "kinds" }?.value) }
    private var events: TimelineWords {
        TimelineWords(eyes: eyes, object: object, id: record.id, notes: sheet.notes)
    }

    func page() -> RecordDetailPage {
        var page = RecordDetailPage(
            object: object, id: id, version: record.version, objectLabel: definition.label, objectIcon: definition.icon,
            title: record.title.isEmpty ? eyes.say(definition.label) : record.title,
            timeline: events.timeline(sheet.timeline, kinds: kinds))
        page.tags = eyes.versionTags(record) + eyes.stateTags(record) + formerTag()
        page.meta = meta()
        page.versions = DocumentVersions(eyes: eyes, versions: sheet.versions, current: record.id).list()
        page.isDeleted = sheet.isDeleted
        page.making = making()
        page.isHeld = record["owner"].record != nil
        page.canEdit = !sheet.isDeleted && record.actions.contains("update") && !record.editable.isEmpty
        page.canDelete = !sheet.isDeleted && record.actions.contains("delete")
        page.actions = sheet.isDeleted ? [] : actions()
        if definition.isMergeable, page.canEdit { page.mergeURL = Paths.merge(object, id) }
        if !sheet.same.isEmpty {
            page.same = (
                eyes.say(Words.maySame(sheet.same.prefix(3).map(\.title))),
                Paths.merge(object, id, with: sheet.same.prefix(MergeWish.most).map { $0.id.description })
            )
        }
        if definition.print != nil {
            page.documents = [(eyes.say(Words.preview), Paths.document(object, id))]
        }
        page.figures = figures()
        page.notes = running() + notes() + hints()
        page.sections = RecordFacts(eyes: eyes, definition: definition, record: record, isDeleted: sheet.isDeleted)
            .sections()
        page.people = people()
        page.lines = lines()
        page.effects = effects()
        page.totals = totals()
        page.related = related()
        page.tab = sheet.related == nil ? nil : tab
        page.kindChips = events.chips(sheet.timeline, kinds: kinds)
        if !sheet.isDeleted, let notes = NoteObject.find(for: object, in: eyes.model), eyes.sight.canCreate(notes.id) {
            page.composer = ComposerComposition(
                eyes: eyes, notes: notes, sheet: sheet, object: object, actor: actor, written: written
            ).composer()
        }
        page.steps = steps()
        page.addStep = addStep(hasComposer: page.composer != nil)
        page.progress = progress()
        page.track = track()
        page.shelves = shelves()
        page.workflows = WorkflowWords(eyes: eyes).here(sheet, object: object, id: id)
        return page
    }

    // MARK: Head

    private func meta() -> [RecordDetailPage.Meta] {
        var out: [RecordDetailPage.Meta] = []
        func add(_ path: String, _ icon: String) {
            guard definition.title.first != path, eyes.field(path, of: object) != nil else { return }
            let shown = eyes.shown(path, of: record)
            guard !shown.isNothing, !shown.plain.isEmpty, shown.plain != record.title else { return }
            var item = RecordDetailPage.Meta(icon: icon, text: shown.plain)
            if case .link(_, let url) = shown { item.url = url }
            out.append(item)
        }
        let icons = [
            "name_en": "company", "company": "company", "country": "globe", "city": "globe", "owner": "user",
            "code": "key", "date": "calendar",
        ]
        for path in ["name_en", "company", "country", "city", "date", "code", "owner"] {
            let count = out.count
            add(path, icons[path] ?? "info")
            // Country and city are one place.
            if path == "city", out.count > max(1, count), out[count - 1].icon == "globe", let city = out.popLast() {
                out[count - 1].text += " · " + city.text
            }
        }
        return Array(out.prefix(5)) + (clock().map { [$0] } ?? [])
    }

    /// What time it is where the partner is.
    private func clock() -> RecordDetailPage.Meta? {
        guard !sheet.isDeleted, let partner = sheet.partner else { return nil }
        let state = [
            PartnerTime.Clock.State.atWork: Words.atWork, .closed: Words.offWork, .dayOff: Words.dayOff,
        ][partner.state]
        let format = eyes.page.format
        let shared = partner.shared.map { span -> String in
            let day = format.localDay(span.lowerBound)
            let lead = day == format.today ? "" : format.shortDay(day) + " "
            return eyes.say(
                Words.bothAtWork(lead + format.time(span.lowerBound) + "–" + format.time(span.upperBound)))
        }
        let local = now.adding(seconds: ZoneOffsets.seconds(at: now, in: partner.zone))
        var item = RecordDetailPage.Meta(icon: "clock", text: format.weekTime(local))
        item.clock = RecordDetailPage.Meta.Clock(
            zone: partner.zone, state: state.map(eyes.say) ?? "", isAtWork: partner.state == .atWork,
            shared: shared ?? "")
        return item
    }

    /// What the definition lists as belonging to the record and has a place of its own in the menu.
    private func making() -> [(label: String, icon: String, url: String)] {
        guard !sheet.isDeleted else { return [] }
        let main = Set(eyes.model.menu.filter(\.primary).map(\.object))
        // Where an action makes it, with all that goes over, an empty form would be the longer way.
        let made = Set(
            definition.actions.filter { eyes.sight.may($0.id, object) }.flatMap { $0.creates.map(\.object) })
        return eyes.related(of: definition, at: record).compactMap { list in
            guard main.contains(list.object), !made.contains(list.object), list.object != object,
                eyes.sight.canCreate(list.object),
                let other = eyes.model.object(list.object)
            else { return nil }
            return (
                eyes.say(Words.new(other.label)), other.icon, Paths.new(list.object) + "?" + list.via + "=" + id
            )
        }
    }

    private func figures() -> [FigureStrip.Figure] {
        definition.highlights.compactMap { highlight in
            guard eyes.isReadable(highlight.field, of: object), !record.withheld.contains(highlight.id) else {
                return nil
            }
            var figure = FigureStrip.Figure(label: eyes.say(highlight.label), value: strip(highlight.field))
            if let note = highlight.note, eyes.isReadable(note, of: object) {
                let shown = eyes.shown(note, of: record)
                figure.note = shown.isNothing ? "" : eyes.label(note, of: object) + " " + strip(note)
            }
            if record[highlight.field].decimal?.isNegative == true { figure.tone = .bad }
            if let field = definition.field(highlight.field) {
                figure.meaning = FieldMeaning(eyes: eyes, definition: definition, field: field).figure
            }
            return figure
        }
    }

    /// Amounts without cents where they are large: a strip is read at a glance.
    private func strip(_ path: String) -> String {
        guard let field = eyes.field(path, of: object), case .money = field.type, let amount = record[path].decimal,
            amount.magnitude >= ExactDecimal(100_000)
        else {
            let plain = eyes.shown(path, of: record).plain
            return plain.isEmpty ? "–" : plain
        }
        return eyes.page.format.wholeAmount(amount, currency: eyes.currency(of: field, path, record))
    }

    /// What stands in the way of the usual next step; a phone shows no tips on buttons.
    private func hints() -> [Note] {
        guard !sheet.isDeleted, !definition.actions.contains(where: { $0.primary && record.actions.contains($0.id) })
        else { return [] }
        let state = definition.states.flatMap { record[$0.field].text }
        let next = definition.actions.first { action in
            action.primary && action.refusal != nil && eyes.sight.may(action.id, object) && !isOwn(action)
                && (action.from.isEmpty || state.map(action.from.contains) ?? false)
        }
        guard let next, let refusal = next.refusal else { return [] }
        let text = Label(
            zh: "还不能“\(next.label.zh)”：\(refusal.zh)", en: "“\(next.label.en)” has to wait: \(refusal.en)")
        return [Note(tone: .warn, text: eyes.say(text))]
    }

    private func notes() -> [Note] {
        guard let states = definition.states, let code = record[states.field].text, let state = states.state(code),
            state.locked,
            !sheet.isDeleted
        else { return [] }
        var text = eyes.say(Words.locked)
        let open = state.open.filter { record.editable.contains($0) }.compactMap { definition.field($0)?.label }
        if !open.isEmpty {
            text = eyes.say(
                Label(
                    zh: "已锁定，只能改：" + open.map(\.zh).joined(separator: "、"),
                    en: "Locked except for: " + open.map(\.en).joined(separator: ", ")))
        }
        let renewing = definition.actions.first { action in
            record.actions.contains(action.id) && action.creates.contains { $0.object == object }
        }
        if let renewing {
            text += eyes.say(
                Label(zh: "；要改，请用“\(renewing.label.zh)”", en: ". To change it, use “\(renewing.label.en)”"))
        }
        return [Note(tone: .info, text: text)]
    }

    // MARK: Actions

    private func actions() -> [RecordDetailPage.Action] {
        let state = definition.states.flatMap { record[$0.field].text }
        let leading = leading()
        var out: [RecordDetailPage.Action] = []
        for action in definition.actions where eyes.sight.may(action.id, object) {
            let isOffered = record.actions.contains(action.id)
            let fits = action.from.isEmpty || state.map(action.from.contains) ?? false
            guard isOffered || (fits && action.refusal != nil && !isOwn(action)) else { continue }
            var item = RecordDetailPage.Action(id: action.id, label: eyes.say(action.label), icon: action.icon)
            item.isPrimary = isOffered && (action.primary || action.id == leading)
            if !isOffered { item.refusal = action.refusal.map(eyes.say) }
            item.inputs = inputs(action)
            out.append(item)
        }
        if record.actions.contains("assign") { out.append(assignment()) }
        return out
    }

    private func isOwn(_ action: ActionDefinition) -> Bool {
        action.notByOwner && record["owner"].record == actor.userID
    }

    private func inputs(_ action: ActionDefinition) -> [FieldControl] {
        FieldControls(eyes: eyes, definition: definition, record: record).inputs(of: action)
    }

    private func assignment() -> RecordDetailPage.Action {
        var item = RecordDetailPage.Action(id: "assign", label: eyes.say(Words.assign), icon: "user")
        let owner = record["owner"].record.flatMap { id in
            record.titles[id].map { FieldControl.Linked(id: id.description, title: $0) }
        }
        item.inputs = [
            FieldControl(
                name: "owner", label: eyes.label("owner", of: object),
                kind: .link(object: "user", owner, createURL: nil), isRequired: true,
                scope: "a-assign")
        ]
        return item
    }

    private func people() -> (title: String, rows: [RecordDetailPage.Person], createURL: String?)? {
        guard let list = eyes.related(of: definition, at: record).first(where: { $0.object == "contact" }),
            let contact = eyes.model.object("contact")
        else { return nil }
        let rows = sheet.people.map { person in
            let notes = ["title", "role", "email", "phone"].map { eyes.shown($0, of: person).plain }.filter {
                !$0.isEmpty
            }
            var row = RecordDetailPage.Person(
                name: person.title, note: notes.prefix(2).joined(separator: " · "),
                url: Paths.record("contact", person.id.description))
            if person["is_primary"].bool == true { row.tag = Tag(eyes.label("is_primary", of: "contact"), tone: .pri) }
            row.isFormer = person["active"].bool == false
            return row
        }
        let create =
            eyes.sight.canCreate("contact") && !sheet.isDeleted ? Paths.new("contact") + "?" + list.via + "=" + id : nil
        return (eyes.say(contact.plural), rows, create)
    }

    // MARK: Lines

    private func lines() -> [(title: String, table: DataTable)] {
        definition.liveFields.compactMap { field in
            guard case .lines(let child) = field.type, eyes.isReadable(field.id, of: object),
                field.id != definition.change?.sheet, let rows = record.lines[field.id],
                let childDefinition = eyes.model.object(child), !rows.isEmpty || field.id == "lines"
            else { return nil }
            let columns = LineColumns.shown(childDefinition, rows, eyes)
            let heads = columns.map { column in
                DataTable.Column(id: column.id, label: eyes.say(column.label), isNumber: eyes.isNumber(column.type))
            }
            let made = rows.map { line in
                DataTable.Row(
                    id: line.id.description,
                    url: line["product"].record.map { Paths.record("product", $0.description) }
                        ?? Paths.record(object, id),
                    cells: columns.map { eyes.shown($0.id, of: line, parent: record) })
            }
            return (eyes.say(field.label), DataTable(label: eyes.say(field.label), columns: heads, rows: made))
        }
    }

    private func totals() -> [(label: String, value: String)] {
        guard definition.liveFields.contains(where: { if case .lines = $0.type { true } else { false } }) else {
            return []
        }
        return ["goods_total", "charges_total", "total", "amount"].compactMap { id in
            guard let field = definition.field(id), eyes.isReadable(id, of: object), case .money = field.type,
                let amount = record[id].decimal, !amount.isZero || id == "total" || id == "amount"
            else { return nil }
            return (eyes.say(field.label), eyes.shown(id, of: record).plain)
        }
    }
}
