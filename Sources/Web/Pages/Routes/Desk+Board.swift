import Definitions
import Kernel
import Values

/// The board of records that climb a ladder: exceptions.
extension Desk {
    func board(_ object: String) async throws -> Reply {
        let open = exchange[query: "open"].flatMap { RecordID($0) }
        let (frame, sheet) = try await ask(BoardSheet(object: object, open: open))
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(object) else { throw Rejection.noSuchPath }
        let content = BoardComposition(
            eyes: eyes, definition: definition, sheet: sheet, open: open, now: kernel.now, here: Paths.board(object)
        ).page()
        return page(
            content, frame, title: content.title, place: object,
            crumbs: [
                Shell.Crumb(text: eyes.say(definition.plural), url: Paths.list(object)),
                Shell.Crumb(text: content.title, url: nil),
            ], backURL: Paths.list(object), scripts: ["board.js", "clock.js"])
    }
}

/// The lanes, and of the card that is open what helps with it.
struct BoardSheet: Question {
    let object: String
    let open: RecordID?

    struct Answer: Sendable {
        let lanes: [LadderBoard.Lane]
        let record: RecordView?
        let similar: [SimilarTo.Case]
    }

    func answer(in context: ReadContext) throws -> Answer {
        let lanes = try context.ask(LadderBoard(object: object))
        guard let open else { return Answer(lanes: lanes, record: nil, similar: []) }
        do {
            let record = try context.ask(ShowRecord(object: object, id: open))
            return Answer(
                lanes: lanes, record: record, similar: try context.ask(SimilarTo(object: object, id: open)))
        } catch let rejection as Rejection where rejection.kind == .missing {
            return Answer(lanes: lanes, record: nil, similar: [])  // an old link opens the board without it
        }
    }
}

/// Makes the board of what was read.
struct BoardComposition {
    let eyes: Presentation
    let definition: ObjectDefinition
    let sheet: BoardSheet.Answer
    let open: RecordID?
    let now: Instant
    let here: String

    private var object: String { definition.id }

    func page() -> BoardPage {
        BoardPage(
            object: object, title: eyes.say(Label(zh: definition.label.zh + "看板", en: definition.label.en + " board")),
            lanes: sheet.lanes.map { lane in
                BoardPage.Lane(title: eyes.say(lane.label), cards: lane.cards.map(card), hasMore: lane.hasMore)
            }, aside: sheet.record.map(aside), createURL: eyes.sight.canCreate(object) ? Paths.new(object) : nil,
            listURL: Paths.list(object), here: here)
    }

    private func card(_ card: LadderBoard.Card) -> BoardPage.Card {
        let record = card.record
        let by = definition.ladder?.by ?? ""
        var tags: [Tag] = []
        for field in [by, definition.states?.field ?? ""] {
            if case .tags(let found) = eyes.shown(field, of: record) { tags += found }
        }
        let notes = ["order", "description"].map { eyes.shown($0, of: record).plain }.filter { !$0.isEmpty }
        let person = record["owner"].record.flatMap { record.titles[$0] } ?? ""
        let moves = card.moves.sorted { $0.key < $1.key }.compactMap {
            lane, action -> (lane: Int, url: String, label: String)? in
            guard let known = definition.actions.first(where: { $0.id == action }), known.input.isEmpty else {
                return nil
            }
            return (lane, Paths.action(object, record.id.description, action), eyes.say(known.label))
        }
        return BoardPage.Card(
            id: record.id.description, title: record.title, url: Paths.record(object, record.id.description),
            openURL: here + "?open=" + record.id.description, tags: tags, note: notes.joined(separator: " · "),
            person: person, next: card.next.map(next), due: due(record), moves: moves, version: record.version,
            isOpen: record.id == open)
    }

    private func due(_ record: RecordView) -> Tag? {
        guard let at = record["due"].instant, record["closed_at"].isNull, record["resolved_at"].isNull else {
            return nil
        }
        return DueTag.make(at, isDay: false, now: now, format: eyes.page.format)
    }

    /// `1 h 20 min → 王总`.
    private func next(_ call: LadderBoard.Call) -> (text: String, instant: String, who: String, tone: Tone) {
        let minutes = Int((call.at.milliseconds - now.milliseconds) / 60_000)
        let who = call.name.isEmpty ? eyes.say(Label(zh: "无人在岗", en: "nobody there")) : call.name
        let text: Label
        if minutes <= 0 {
            text = Label(zh: "正在升级给 \(who)", en: "Escalating to \(who) now")
        } else {
            let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
            let zh = days > 0 ? "\(days) 天 \(hours) 小时" : hours > 0 ? "\(hours) 小时 \(rest) 分" : "\(rest) 分"
            let en = days > 0 ? "\(days) d \(hours) h" : hours > 0 ? "\(hours) h \(rest) min" : "\(rest) min"
            text = Label(zh: "\(zh)后升级给 \(who)", en: "In \(en) to \(who)")
        }
        return (eyes.say(text), call.at.description, who, minutes < 60 ? .bad : minutes < 240 ? .warn : .mute)
    }

    private func aside(_ record: RecordView) -> BoardPage.Aside {
        let fields = [
            definition.ladder?.by ?? "", "kind", "order", "reported_by", "owner", "helpers", "due", "root_cause",
        ]
        let why = definition.field("five_why")
        let opened = sheet.lanes.flatMap(\.cards).first { $0.record.id == record.id }
        let whys = why.flatMap { record.lines[$0.id] } ?? []
        return BoardPage.Aside(
            title: record.title, url: Paths.record(object, record.id.description), closeURL: here,
            facts: facts(fields, record), next: opened?.next.map(next), isClimbing: isClimbing(record),
            whyURL: why.flatMap { record.editable.contains($0.id) ? Paths.edit(object, record.id.description) : nil },
            whys: whys.map { ($0["question"].text ?? "", $0["answer"].text ?? "") },
            similarTitle: eyes.say(Label(zh: "相似旧案", en: "Similar past cases")),
            similar: sheet.similar.map { past in
                (
                    past.record.title, Paths.record(object, past.record.id.description),
                    eyes.say(Label(zh: "同", en: "Same ")) + eyes.label(past.by, of: object),
                    facts(definition.similar?.shows ?? [], past.record)
                )
            })
    }

    /// Nobody has taken it up: it stands in the first lane.
    private func isClimbing(_ record: RecordView) -> Bool {
        sheet.lanes.first?.cards.contains { $0.record.id == record.id } ?? false
    }

    private func facts(_ fields: [String], _ record: RecordView) -> [FactList.Fact] {
        fields.compactMap { id in
            guard let field = definition.field(id), eyes.isReadable(id, of: object) else { return nil }
            let shown = eyes.shown(id, of: record)
            return shown.isNothing || shown.plain.isEmpty
                ? nil : FactList.Fact(label: eyes.say(field.label), value: shown)
        }
    }
}
