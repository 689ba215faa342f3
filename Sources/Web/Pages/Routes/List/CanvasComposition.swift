import Definitions
import Kernel
import Values

/// Makes boards, calendars, timelines and galleries of what was read.
struct CanvasComposition {
    let eyes: Presentation
    let definition: ObjectDefinition
    let address: ListAddress
    let canvas: ListCanvas.Answer

    private var object: String { definition.id }
    private var listURL: String {
        address.with {
            $0.look = .list
            $0.by = nil
            $0.until = nil
        }.url
    }

    func markup() -> (any Markup)? {
        switch address.look {
        case .list: nil
        case .board: canvas.by.map(board)
        case .calendar: canvas.by.map(calendar)
        case .timeline: canvas.by.map(timeline)
        case .gallery: gallery()
        }
    }

    // MARK: Board

    private func board(_ by: String) -> KanbanBoard {
        let lanes = canvas.lanes.map { lane in
            let code = list(by)?.code(lane.code)
            let url = address.with {
                $0.look = .list
                $0.by = nil
                $0.filters.append("\(by) = \"\(lane.code)\"")
            }.url
            return KanbanBoard.Lane(
                code: lane.code, title: code.map { eyes.say($0.label) } ?? lane.code, tone: Tone(code?.tone ?? "mute"),
                cards: lane.rows.map { card($0, by, isEnd: lane.isEnd) }, moves: moves(by, from: lane.code),
                count: lane.count,
                sum: sum(lane),
                url: url)
        }
        return KanbanBoard(
            object: object, field: by, lanes: lanes,
            summed: canvas.summed.map { eyes.label($0, of: object) } ?? "")
    }

    private func list(_ field: String) -> CodeList? {
        guard case .choice(let list)? = definition.field(field)?.type else { return nil }
        return eyes.model.lists[list]
    }

    private func sum(_ lane: ListCanvas.Lane) -> String {
        guard let column = canvas.summed, let sum = lane.sum, lane.count > 0 else { return "" }
        return ListSums.shown(sum, column, of: object, eyes)
    }

    private func card(_ row: RecordView, _ by: String, isEnd: Bool) -> KanbanBoard.Card {
        let hidden = Set(definition.title.prefix(1) + [by, "owner", "updated_at", "next_action"])
        let facts = canvas.sheet.columns.filter { !hidden.contains($0) }.sorted { weight($0) < weight($1) }
            .map { eyes.shown($0, of: row) }.filter { !$0.isNothing && !$0.plain.isEmpty }
        return KanbanBoard.Card(
            id: row.id.description, url: Paths.record(object, row.id.description), version: row.version,
            title: row.title.isEmpty ? row.id.description : row.title, facts: Array(facts.prefix(3)),
            person: row["owner"].record.flatMap { row.titles[$0] } ?? "", next: next(row),
            age: isEnd ? nil : age(row, by))
    }

    /// With whom and for how much comes first on a card, when it was last.
    private func weight(_ column: String) -> Int {
        switch eyes.field(column, of: object)?.type {
        case .link?: 0
        case .money?: 1
        case .day?, .instant?: 3
        default: 2
        }
    }

    private func next(_ row: RecordView) -> Tag? {
        guard let day = row["next_action"].day else { return nil }
        let today = eyes.page.format.today
        let text = eyes.page.format.day(day)
        if day == today { return Tag(eyes.say(Label(zh: "今天跟进", en: "Due today")), tone: .warn) }
        return day < today
            ? Tag(eyes.say(Label(zh: "跟进逾期 \(text)", en: "Overdue \(text)")), tone: .bad)
            : Tag(eyes.say(Label(zh: "跟进 \(text)", en: "Due \(text)")), tone: .outline)
    }

    /// How long the card has been in its lane, with the day since when, and how long nothing has happened.
    private func age(_ row: RecordView, _ by: String) -> KanbanBoard.Age? {
        guard let since = canvas.since[row.id] else { return nil }
        let format = eyes.page.format
        let days = format.today.number - format.localDay(since).number
        let idle = row["updated_at"].instant.map { format.today.number - format.localDay($0).number } ?? 0
        let isStage = definition.states?.field == by
        let entered = format.day(format.localDay(since)) + " " + format.time(since)
        var note = eyes.say(
            isStage
                ? Label(zh: "\(entered) 进入本阶段", en: "In this stage since \(entered)")
                : Label(zh: "\(entered) 起在这一列", en: "In this lane since \(entered)"))
        if idle > 0 { note += eyes.say(Label(zh: "，\(idle) 天没动", en: ", idle \(idle) d")) }
        let text =
            days < 1
            ? Label(zh: "今天进入", en: "New today")
            : Label(zh: "停留 \(days) 天", en: isStage ? "\(days) d in stage" : "\(days) d in lane")
        return KanbanBoard.Age(text: eyes.say(text), note: note)
    }

    /// By the actions that lead there from here, or by writing the field when it is an ordinary one.
    private func moves(_ by: String, from lane: String) -> [KanbanBoard.Move] {
        if definition.states?.field == by {
            return definition.actions.compactMap { action in
                guard let to = action.to, to != lane, action.from.isEmpty || action.from.contains(lane),
                    eyes.sight.may(action.id, object)
                else { return nil }
                return KanbanBoard.Move(
                    lane: to, label: eyes.say(action.label), action: action.id, asks: !action.input.isEmpty)
            }
        }
        guard let field = definition.field(by), ListCells.isEditable(field, of: definition, eyes.sight) else {
            return []
        }
        return (list(by)?.codes ?? []).filter { !$0.retired && $0.code != lane }.map {
            KanbanBoard.Move(lane: $0.code, label: eyes.say($0.label), action: nil, asks: false)
        }
    }

    // MARK: Calendar and timeline

    private func day(_ field: String, _ row: RecordView) -> Day? {
        if let day = row[field].day { return day }
        return row[field].instant.map { $0.adding(seconds: eyes.page.format.offset($0)).day }
    }

    private func tone(_ row: RecordView) -> Tone { eyes.stateTags(row).first?.tone ?? .mute }

    /// With whom, and which: `Setouchi Trading · INQ261120002`.
    private func name(_ row: RecordView) -> String {
        let with = canvas.sheet.columns.first { column in
            if case .link(let target)? = eyes.field(column, of: object)?.type { return target != "user" }
            return false
        }
        let title = row.title.isEmpty ? row.id.description : row.title
        guard let with, case let shown = eyes.shown(with, of: row), !shown.isNothing, !shown.plain.isEmpty else {
            return title
        }
        return shown.plain + " · " + title
    }

    private func choices(_ by: String) -> [(label: String, url: String, isCurrent: Bool)] {
        ListCanvas.fields(for: address.look, definition, eyes).prefix(6).map { field in
            let url = address.with {
                $0.by = field.id
                $0.until = nil
                $0.at = address.at
            }.url
            return (eyes.say(field.label), url, field.id == by)
        }
    }

    private func at(_ month: String?) -> String {
        let url = address.url
        return month.map { url + (url.contains("?") ? "&" : "?") + "at=" + $0 } ?? url
    }

    private func calendar(_ by: String) -> MonthSheet {
        let days = CanvasDays(address.at, today: eyes.page.format.today, months: 1)
        let parts = days.first.components
        return MonthSheet(
            first: days.first, end: days.end, today: eyes.page.format.today,
            title: eyes.say(
                Label(zh: "\(parts.year) 年 \(parts.month) 月", en: String(days.first.description.prefix(7)))),
            entries: canvas.rows.compactMap { row in
                day(by, row).map {
                    MonthSheet.Entry(
                        day: $0, title: name(row), url: Paths.record(object, row.id.description), tone: tone(row))
                }
            }, beforeURL: at(days.before), afterURL: at(days.after), todayURL: at(nil), choices: choices(by),
            isCut: canvas.isCut, listURL: listURL)
    }

    private func timeline(_ by: String) -> TimelineSheet {
        let days = CanvasDays(address.at, today: eyes.page.format.today, months: 3)
        let last = days.end.adding(days: -1)
        let title = String(days.first.description.prefix(7)) + " – " + String(last.description.prefix(7))
        let until = canvas.until
        let bars = canvas.rows.compactMap { row -> TimelineSheet.Bar? in
            guard let from = day(by, row) else { return nil }
            let to = until.flatMap { day($0, row) }.map { max($0, from) } ?? from
            let format = eyes.page.format
            return TimelineSheet.Bar(
                title: name(row), url: Paths.record(object, row.id.description), from: from, to: to, tone: tone(row),
                note: from == to ? format.day(from) : format.day(from) + " – " + format.day(to))
        }
        let head = CanvasHead(
            title: title, beforeURL: at(days.before), afterURL: at(days.after), todayURL: at(nil), choices: choices(by))
        return TimelineSheet(
            head: head, first: days.first, end: days.end, today: eyes.page.format.today, bars: bars,
            isCut: canvas.isCut, listURL: listURL)
    }

    // MARK: Gallery

    private func gallery() -> CardGallery {
        let hidden = Set(definition.title.prefix(1) + [definition.states?.field ?? ""])
        let cards = canvas.rows.map { row in
            CardGallery.Card(
                url: Paths.record(object, row.id.description),
                title: row.title.isEmpty ? row.id.description : row.title, tags: eyes.stateTags(row),
                facts: canvas.sheet.columns.filter { !hidden.contains($0) }.compactMap { column in
                    let shown = eyes.shown(column, of: row)
                    return shown.isNothing || shown.plain.isEmpty
                        ? nil : FactList.Fact(label: eyes.label(column, of: object), value: shown)
                }.prefix(4).map { $0 })
        }
        return CardGallery(cards: cards, listURL: listURL, isCut: canvas.isCut)
    }
}
