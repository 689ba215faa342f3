import Definitions
import Expressions
import Kernel
import Values

/// What stands in place of the table when records are shown another way: read in one block.
struct ListCanvas: Question {
    let list: ListSheet

    struct Answer: Sendable {
        let sheet: ListSheet.Answer
        let by: String?
        /// Field of the day that ends what begins at `by`.
        let until: String?
        var lanes: [Lane] = []
        /// The column whose amounts are added up over the lanes of a board.
        var summed: String?
        /// Since when the cards of a board stand in their lanes; those at the end of their road are left out.
        var since: [RecordID: Instant] = [:]
        /// For the other looks.
        var rows: [RecordView] = []
        /// There are more than are shown.
        var isCut = false
    }

    /// One column of a board: its first records, how many there are, and their sum in the base currency.
    struct Lane: Sendable {
        let code: String
        let rows: [RecordView]
        let count: Int
        let sum: ExactDecimal?
        /// The records are at the end of their road.
        let isEnd: Bool
    }

    /// Cards of one lane, of all lanes together, of a lane at the end of the road, and records of the other looks.
    static let cardsShown = 25
    static let boardShown = 100
    static let endedShown = 8
    static let recordsShown = 300

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        var bare = list
        bare.isBare = true
        bare.limit = 1
        let sheet = try context.ask(bare)
        let address = list.address
        let eyes = list.presentation(sight)
        guard let definition = sight.model.object(address.object) else { throw Rejection.noSuchPath }
        let by = Self.field(for: address.look, definition, eyes, sheet.view, asked: address.by)
        let until = address.look == .timeline ? address.until ?? Self.end(of: by, definition, sheet.columns) : nil
        var answer = Answer(sheet: sheet, by: by, until: until)
        let wanted = Self.paths(definition, sheet, by, until, eyes)
        var query = ListRecords(
            object: definition.id, columns: wanted, filters: sheet.filters, sort: sort(sheet, eyes),
            search: address.search.isEmpty ? nil : address.search, limit: Self.cardsShown)
        switch address.look {
        case .board:
            guard let by else { return answer }
            try lanes(by, definition, eyes, query, into: &answer, context)
        case .calendar, .timeline:
            guard let by else { return answer }
            let days = CanvasDays(address.at, today: eyes.page.format.today, months: address.look == .calendar ? 1 : 3)
            query.filters.append(Self.within(days, by, until, definition))
            query.sort = [SortKey(path: by, descending: false)]
            try take(query, into: &answer, context)
        default: try take(query, into: &answer, context)
        }
        return answer
    }

    /// A statement for the figures of all lanes, one for the cards of each, two for how long the cards are there.
    private func lanes(
        _ by: String, _ definition: ObjectDefinition, _ eyes: Presentation, _ query: ListRecords,
        into answer: inout Answer, _ context: ReadContext
    ) throws {
        let summed = ListSums.paths(answer.sheet.columns, of: definition.id, eyes).first { sum in
            if case .money? = eyes.field(sum.column, of: definition.id)?.type { return true }
            return false
        }
        answer.summed = summed?.column
        // A search is answered by another index than figures are: its lanes are counted one by one.
        let figures =
            query.search == nil
            ? try context.ask(
                GroupRecords(
                    object: definition.id, filters: answer.sheet.filters, group: [by],
                    measures: [GroupRecords.Measure(id: "count", function: .count, of: nil)]
                        + (summed.map { [GroupRecords.Measure(id: $0.column, function: .sum, of: $0.path)] } ?? []),
                    limit: 100)
            ).rows : []
        let codes = Self.lanes(by, definition, eyes)
        let isLast = { (code: String) in
            definition.states?.field == by && definition.states?.state(code)?.locked == true
        }
        let share = Self.boardShown / max(1, codes.count { !isLast($0) })
        for code in codes {
            var query = query
            let isEnd = isLast(code)
            query.filters = answer.sheet.filters + ["\(by) = \"\(code)\""]
            query.limit = isEnd ? Self.endedShown : min(Self.cardsShown, max(Self.endedShown, share))
            let page = try context.ask(query)
            let row = figures.first { $0.first?.text == code }
            var count = row?[1].decimal.flatMap { Int($0.shortest) } ?? page.rows.count
            if page.next != nil, row == nil {
                count = try context.ask(
                    CountRecords(object: definition.id, filters: query.filters, search: query.search, cap: 10_000)
                ).count
            }
            answer.lanes.append(
                Lane(
                    code: code, rows: page.rows, count: count, sum: (row?.count ?? 0) > 2 ? row?[2].decimal : nil,
                    isEnd: isEnd))
        }
        answer.since = try context.ask(
            ValueSince(
                object: definition.id, field: by, ids: answer.lanes.filter { !$0.isEnd }.flatMap { $0.rows.map(\.id) }))
    }

    private func take(_ query: ListRecords, into answer: inout Answer, _ context: ReadContext) throws {
        var query = query
        query.limit = list.address.look == .gallery ? 60 : Self.recordsShown
        let page = try context.ask(query)
        answer.rows = page.rows
        answer.isCut = page.next != nil
    }

    private func sort(_ sheet: ListSheet.Answer, _ eyes: Presentation) -> [SortKey] {
        if let key = list.address.sortKey, eyes.isUsable(key.path, of: list.address.object) {
            return [SortKey(path: key.path, descending: key.descending)]
        }
        return (sheet.view?.sort ?? []).filter { eyes.isUsable($0.path, of: list.address.object) }
    }

    /// Records whose day, or whose span of days, meets these.
    private static func within(
        _ days: CanvasDays, _ by: String, _ until: String?, _ definition: ObjectDefinition
    ) -> String {
        let day = { (field: String) -> String in
            if case .instant? = definition.field(field)?.type { return "DAY(\(field))" }
            return field
        }
        let start = "\(day(by)) < DATE(\"\(days.end)\")"
        guard let until, definition.field(until) != nil else {
            return "\(day(by)) >= DATE(\"\(days.first)\") AND \(start)"
        }
        return "\(start) AND (\(day(until)) >= DATE(\"\(days.first)\") OR \(day(by)) >= DATE(\"\(days.first)\"))"
    }

    private static func paths(
        _ definition: ObjectDefinition, _ sheet: ListSheet.Answer, _ by: String?, _ until: String?,
        _ eyes: Presentation
    ) -> [String] {
        var paths = definition.title + sheet.columns
        for extra in [by, until, "owner", "next_action", "updated_at", definition.states?.field].compactMap({ $0 })
        where !paths.contains(extra) {
            paths.append(extra)
        }
        return eyes.withCurrencies(paths.filter { eyes.isReadable($0, of: definition.id) }, of: definition.id)
    }

    /// The day that usually ends what begins there, when the rows have it.
    private static func end(of by: String?, _ definition: ObjectDefinition, _ columns: [String]) -> String? {
        columns.first { column in
            guard column != by, let field = definition.field(column) else { return false }
            if case .day = field.type { return true }
            return false
        }
    }

    // MARK: Fields

    /// The field by which a look places the records; nil when the object has none. A gallery needs none: its title.
    static func field(
        for look: ListLook, _ definition: ObjectDefinition, _ eyes: Presentation, _ view: ViewDefinition?,
        asked: String? = nil
    ) -> String? {
        let fits = { (id: String?) -> Bool in
            guard let id, let field = definition.field(id), !field.retired, eyes.isUsable(id, of: definition.id)
            else { return false }
            return Self.fits(field, look, eyes)
        }
        if fits(asked) { return asked }
        switch look {
        case .list: return nil
        case .gallery: return definition.title.first
        case .board:
            let wished = [view?.group, definition.states?.field].compactMap { $0 }.first { fits($0) }
            return wished ?? definition.liveFields.first { fits($0.id) }?.id
        case .calendar, .timeline:
            let usual = ["next_action", "due", "next_at", "etd", "delivery", "date", "start", "at"]
            let own = definition.liveFields.filter { !$0.isSystem && fits($0.id) }
            return usual.first { id in own.contains { $0.id == id } } ?? own.first?.id
        }
    }

    private static func fits(_ field: FieldDefinition, _ look: ListLook, _ eyes: Presentation) -> Bool {
        switch (look, field.type) {
        case (.board, .choice(let list)): (2...24).contains(eyes.model.lists[list]?.codes.count ?? 0)
        case (.calendar, .day), (.calendar, .instant), (.timeline, .day), (.timeline, .instant): true
        default: false
        }
    }

    /// Fields to choose from for a look.
    static func fields(
        for look: ListLook, _ definition: ObjectDefinition, _ eyes: Presentation
    ) -> [FieldDefinition] {
        definition.liveFields.filter { field in
            !["created_at", "deleted_at"].contains(field.id) && eyes.isUsable(field.id, of: definition.id)
                && fits(field, look, eyes)
        }
    }

    /// The codes that make the lanes of a board, in their order.
    static func lanes(_ by: String, _ definition: ObjectDefinition, _ eyes: Presentation) -> [String] {
        guard case .choice(let list)? = definition.field(by)?.type else { return [] }
        let codes = (eyes.model.lists[list]?.codes ?? []).filter { !$0.retired }.map(\.code)
        guard let states = definition.states, states.field == by else { return codes }
        let live = Set(states.states.map(\.code))
        return codes.filter(live.contains)
    }
}

/// The days a calendar or a timeline shows: whole months.
struct CanvasDays: Sendable {
    let first: Day
    /// The day after the last.
    let end: Day
    let before: String
    let after: String

    /// - Parameter month: `2026-11`; the month of `today` when it is nothing of the kind.
    init(_ month: String?, today: Day, months: Int) {
        let first = month.flatMap { Day($0 + "-01") } ?? Self.start(of: today)
        self.first = first
        end = first.adding(months: months)
        before = String(first.adding(months: -months).description.prefix(7))
        after = String(first.adding(months: months).description.prefix(7))
    }

    private static func start(of day: Day) -> Day { Day(String(day.description.prefix(7)) + "-01") ?? day }
}
