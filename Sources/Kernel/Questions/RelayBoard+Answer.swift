import Access
import Definitions
import Expressions
import Flow
import Store
import Values

extension RelayBoard {
    package func answer(in context: ReadContext) throws -> RelaySheet {
        let definition = try context.object(object)
        guard let process = context.model.process(process), process.objects.contains(object),
            let machine = definition.states
        else { throw Rejection.noSuchRecord }
        let measure = try LegMeasure(context)
        let sheet = BoardReader(
            context: context, definition: definition, process: process, measure: measure,
            pace: try measure.pace(of: process, object))
        let states = process.legs(of: object).flatMap(\.states).map { "\"\($0)\"" }.joined(separator: ", ")
        return try sheet.read(self, only: "\(machine.field) IN (\(states))")
    }
}

/// Draws the sheet: records, their runs, the figures of the columns.
private struct BoardReader {
    let context: ReadContext
    let definition: ObjectDefinition
    let process: ProcessDefinition
    let measure: LegMeasure
    let pace: LegPace

    private struct Found {
        var row: RelaySheet.Row
        let owner: RecordID?
    }

    func read(_ question: RelayBoard, only condition: String) throws -> RelaySheet {
        let card = process.cards[definition.id]
        let page = try context.ask(
            ListRecords(
                object: definition.id, columns: columns(card), filters: [condition] + question.filters,
                sort: sort(card), search: question.search, limit: question.limit))
        let ids = page.rows.map(\.id)
        let runs = Dictionary(grouping: try Legs(context.connection).all(of: ids), by: \.record)
        let states = try RelayReader(context: context).states(ids, of: definition)
        let found = page.rows.map { row($0, runs[$0.id] ?? [], states[$0.id], card) }
        let legs = process.legs(of: definition.id)
        let ended = try inSight(try measure.ended(process, definition.id), question.filters)
        let rows = found.filter { belongs($0, to: question.slice) }.map(\.row)
        let total =
            page.next == nil
            ? found.count
            : try context.ask(
                CountRecords(
                    object: definition.id, filters: [condition] + question.filters, search: question.search,
                    cap: RelaySheet.mostCounted)
            ).count
        return RelaySheet(
            process: process, columns: columns(legs, found, ended), rows: rows, isCut: page.next != nil,
            total: total, dueToday: found.count { isDueToday($0.row.now) },
            late: found.count { $0.row.now?.tone == .late }, paused: found.count { $0.row.now?.tone == .paused },
            endangered: found.count { $0.row.risk != nil }, mine: found.count { belongs($0, to: .mine) },
            followed: found.count { belongs($0, to: .followed) }, onTime: punctuality(ended, days: 0..<30),
            onTimeBefore: punctuality(ended, days: 30..<60))
    }

    // MARK: Rows

    private func columns(_ card: BoardCard?) -> [String] {
        let wanted =
            definition.title + [card?.subtitle, card?.date, card?.note, card?.amount].compactMap { $0 }
            + ["owner"]
        var seen: Set<String> = []
        return wanted.filter { name in
            let path = FieldPath(text: name)
            return
                (context.access.checkPath(path, on: definition.id)
                || context.isOwnReadable(path, on: definition.id)) && seen.insert(name).inserted
        }
    }

    private func sort(_ card: BoardCard?) -> [SortKey] {
        guard let date = card?.date, context.access.checkPath(FieldPath(text: date), on: definition.id) else {
            return []
        }
        return [SortKey(path: date, descending: false)]
    }

    private func row(
        _ view: RecordView, _ runs: [LegEntry], _ state: RecordState?, _ card: BoardCard?
    ) -> Found {
        let legs = process.legs(of: definition.id)
        let current = runs.last { $0.endedAt == nil }
        let place = current.flatMap { now in legs.firstIndex { $0.id == now.leg } }
        let following = place.map { Array(legs[($0 + 1)...]) } ?? []
        let leg = place.map { legs[$0] }
        let ahead = state == nil ? [] : measure.forecast(after: current, leg, following, pace: pace)
        let date = card?.date.flatMap { view[$0].day }
        let cells = legs.enumerated().map { index, leg -> RelaySheet.Cell in
            if let current, index == place {
                return RelaySheet.Cell(leg: leg.id, state: .now(measure.now(current, leg, owner: view["owner"].record)))
            }
            if let place, index > place, let day = ahead.first(where: { $0.leg.id == leg.id })?.day {
                return RelaySheet.Cell(leg: leg.id, state: .ahead(day))
            }
            guard let last = runs.last(where: { $0.leg == leg.id && $0.status == LegRun.Status.done.rawValue }) else {
                return RelaySheet.Cell(leg: leg.id, state: .skipped)
            }
            return RelaySheet.Cell(
                leg: leg.id, state: .done(days: measure.days(last), wasLate: measure.wasLate(last)))
        }
        let name = definition.title.first.flatMap { TitleText.text(view[$0]) } ?? view.title
        return Found(
            row: RelaySheet.Row(
                record: view.id, title: name.isEmpty ? view.title : name, subtitle: text(card?.subtitle, view),
                date: date, note: text(card?.note, view), amount: card?.amount.map { view[$0] } ?? .null, cells: cells,
                spans: spans(runs, legs),
                risk: measure.risk(
                    current, leg, by: card?.by, promised: date, following: following, ahead: ahead, pace: pace)),
            owner: view["owner"].record)
    }

    private func spans(_ runs: [LegEntry], _ legs: [LegDefinition]) -> [RelaySheet.Span] {
        runs.compactMap { run in
            guard let column = legs.firstIndex(where: { $0.id == run.leg }) else { return nil }
            return RelaySheet.Span(
                column: column, holder: measure.person(run.holder), from: run.offeredAt, until: run.endedAt,
                due: run.dueAt, days: measure.days(run), standard: measure.standard(legs[column]),
                wasLate: measure.wasLate(run))
        }
    }

    private func text(_ path: String?, _ view: RecordView) -> String {
        guard let path else { return "" }
        if let record = view[path].record { return view.titles[record] ?? "" }
        if case .choice(let list)? = definition.field(path)?.type, let code = view[path].text {
            let label = context.model.lists[list]?.code(code)?.label
            return (context.actor.language == .en ? label?.en : label?.zh) ?? code
        }
        return TitleText.text(view[path]) ?? ""
    }

    private func belongs(_ found: Found, to slice: RelayBoard.Slice) -> Bool {
        guard let now = found.row.now else { return slice == .all }
        switch slice {
        case .all: return true
        case .mine: return now.isMine
        case .followed: return !now.isMine && found.owner != nil && found.owner == context.actor.userID
        case .risk: return now.tone == .late || now.tone == .due || found.row.risk != nil
        }
    }

    private func isDueToday(_ now: RelaySheet.Now?) -> Bool {
        guard let due = now?.due, due > context.now else { return false }
        return Zones.day(of: due, in: context.actor.timeZone) == context.evaluation.today
    }

    // MARK: Figures

    /// Runs of records that the actor may read and that meet the filters: the figures say nothing of others. One
    /// statement.
    private func inSight(_ ended: [LegEntry], _ filters: [String]) throws -> [LegEntry] {
        guard !ended.isEmpty else { return [] }
        let records = Array(Set(ended.map(\.record)))
        let seen = try context.store.select(
            RecordQuery(
                object: definition.id,
                predicates: (context.access.grant(definition.id).readPredicate.map { [$0] } ?? [])
                    + (try filters.map { try context.filter($0, on: definition.id) }),
                context: context.evaluation, fields: [FieldPath(["id"])], limit: records.count, ids: records))
        let ids = Set(seen.map(\.id))
        return ended.filter { ids.contains($0.record) }
    }

    private func columns(
        _ legs: [LegDefinition], _ found: [Found], _ ended: [LegEntry]
    ) -> [RelaySheet.Column] {
        let byLeg = Dictionary(grouping: ended, by: \.leg).mapValues { runs in runs.map(measure.days).sorted() }
        var counts: [String: Int] = [:]
        for one in found {
            for cell in one.row.cells { if case .now = cell.state { counts[cell.leg, default: 0] += 1 } }
        }
        func excess(_ leg: LegDefinition) -> Double? {
            guard let standard = measure.standard(leg), let days = byLeg[leg.id], !days.isEmpty,
                counts[leg.id] ?? 0 > 0
            else { return nil }
            return days[days.count / 2] / standard
        }
        let worst = legs.compactMap { leg in excess(leg).map { (leg.id, $0) } }.filter { $0.1 > 1.2 }
            .max { $0.1 < $1.1 }?.0
        return legs.map { leg in
            let days = byLeg[leg.id] ?? []
            return RelaySheet.Column(
                leg: leg.id, label: leg.label, count: counts[leg.id] ?? 0,
                actualDays: days.isEmpty ? nil : days[days.count / 2], standardDays: measure.standard(leg),
                isBottleneck: leg.id == worst)
        }
    }

    private func punctuality(_ ended: [LegEntry], days: Range<Int>) -> Double? {
        let from = context.now.adding(seconds: -days.upperBound * 86_400)
        let to = context.now.adding(seconds: -days.lowerBound * 86_400)
        let runs = ended.filter { entry in
            entry.dueAt != nil && entry.endedAt.map { $0 >= from && $0 < to } ?? false
        }
        return runs.isEmpty ? nil : Double(runs.count { !measure.wasLate($0) }) / Double(runs.count)
    }
}
