import Synchronization

/// Ways in which the house answers, each asked about every record and field that it can be asked about.
enum Surface: String, CaseIterable, Sendable {
    // What an answer says. A sheet is the page of a list, a rehearsal and copies are answers to writes that are tried,
    // hints are those at duplicates.
    case record, page, list, sheet, csv, workbook, paths, timeline, events, rehearsal, form, copies, refusals, hints
    case picks, day, document, explanation, files, conflict
    // Where batons are, what waits for a decision, what is stuck, what a change would do, and what happened by it.
    case relay, way, approvals, ladders, desk, notices
    // What a field was, a cell about to be edited, rows drawn anew; pages of settings; lists as boards, calendars,
    // timelines, cards and in groups.
    case history, cell, rows, settings, looks
    // What an answer gives away.
    case sort, equality, range, count, figures, search
    case importing

    /// Those that are asked about every field in every relation, and tell all of it to whom it is for.
    static let whole: [Surface] = [
        .record, .page, .list, .sheet, .csv, .workbook, .timeline, .events, .rehearsal, .sort, .equality, .range,
        .count, .figures,
    ]
    /// Those that never carry a value.
    static let silent: Set<Surface> = [.refusals, .explanation, .importing, .settings]
    /// Whether all codes of a list stand there to choose from, whatever records have.
    var offersCodes: Bool { [.form, .sheet, .conflict, .relay, .way, .cell, .looks].contains(self) }
}

/// What was probed and what was found, cell by cell: surface × role × field × relation.
final class MatrixTally: Sendable {
    struct Place: Hashable, Sendable {
        let role: String
        let cell: CanaryNet.Cell
    }

    struct Score: Sendable {
        var probed: Set<Place> = []
        /// Canaries that were told or found, and may be.
        var found: Set<Place> = []
    }

    private struct State {
        var scores: [Surface: Score] = [:]
        var leaks: [String] = []
        /// What should have been told and was not.
        var gaps: [String] = []
        var requests = 0
    }
    private let state = Mutex(State())

    func probed(_ surface: Surface, _ role: String, _ cells: [CanaryNet.Cell]) {
        state.withLock { state in
            for cell in cells { state.scores[surface, default: Score()].probed.insert(Place(role: role, cell: cell)) }
        }
    }

    func found(_ surface: Surface, _ role: String, _ cell: CanaryNet.Cell) {
        state.withLock { _ = $0.scores[surface, default: Score()].found.insert(Place(role: role, cell: cell)) }
    }

    func leak(_ text: String) { state.withLock { $0.leaks.append(text) } }
    func gap(_ text: String) { state.withLock { $0.gaps.append(text) } }
    func asked() { state.withLock { $0.requests += 1 } }

    var scores: [Surface: Score] { state.withLock { $0.scores } }
    var leaks: [String] { state.withLock { $0.leaks } }
    var gaps: [String] { state.withLock { $0.gaps } }
    var requests: Int { state.withLock { $0.requests } }
}

extension MatrixTally.Score {
    var roles: Int { Set(probed.map(\.role)).count }
    var fields: Int { Set(probed.map(\.cell.field)).count }
    var relations: Int { Set(probed.map(\.cell.relation)).count }
    /// Whether no combination is missing of at least ten roles, forty fields and all six relations.
    var isWhole: Bool {
        roles >= 10 && fields >= 40 && relations == 6 && probed.count == roles * fields * relations
            && Set(found.map(\.cell.relation)).count == 6
    }
    /// `open` and the kinds of sensitive fields; suppliers are links, which tables give by name.
    var sensitivitiesFound: Set<String> {
        Set(found.map { MatrixField.all[$0.cell.field].sensitivity ?? "open" })
    }
}

extension MatrixTally {
    /// A line for each surface: what was asked, what was found where it belongs.
    var report: String {
        let lines = Surface.allCases.compactMap { surface -> String? in
            guard let score = scores[surface] else { return nil }
            return "\(surface): \(score.roles) roles × \(score.fields) fields × \(score.relations) relations = "
                + "\(score.probed.count) cells, \(score.found.count) told where they belong"
        }
        let cells = scores.values.map(\.probed.count).reduce(0, +)
        let whole = Surface.whole.compactMap { scores[$0]?.probed.count }.reduce(0, +)
        return
            (lines + [
                "\(requests) requests, \(cells) cells, \(whole) of them on the \(Surface.whole.count) whole surfaces, "
                    + "\(leaks.count) leaks"
            ]).joined(separator: "\n")
    }
}
