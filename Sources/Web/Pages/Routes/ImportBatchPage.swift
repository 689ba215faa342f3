import Definitions
import Kernel
import Values

/// The page of one batch: how far it is, what came of it, and what can be done about it.
struct ImportBatchPage {
    let wizard: ImportWizard
    let batch: RecordID

    /// Problems on the page; the file to download has them all.
    private static let listed = 30

    private var desk: Desk { wizard.desk }
    private var eyes: Presentation { wizard.eyes }
    private var address: String { wizard.address(batch) }

    func shown() async throws -> Reply {
        let state = try await progress()
        let step: ImportPage.Step
        switch state.phase {
        case .waiting, .running, .undoing: step = .run(running(state))
        case .checked:
            step = .check(
                tally(state), problems: problems(state),
                more: more(state.report.errors.count > Self.listed ? state.report.flagged : 0),
                errorFileURL: errorFile(state), mending: try await mending(state, page: pageAsked))
        case .stopped, .failed, .done, .undone:
            var ending = ending(state)
            ending.mending = try await mending(state, page: pageAsked)
            step = .done(ending)
        }
        return wizard.shown(
            step, name: state.fileName, postURL: address + "/run", back: state.phase == .checked ? back(state) : nil)
    }

    private func progress() async throws -> ImportProgress.State {
        guard let state = try await desk.kernel.answer(ImportProgress(batch: batch), as: desk.actor),
            state.object == wizard.object
        else { throw Rejection.noSuchPath }
        return state
    }

    /// The columns of the checked file, to match them otherwise.
    private func back(_ state: ImportProgress.State) -> String? {
        guard let request = state.request, state.canContinue, let token = request.path.split(separator: "/").last else {
            return nil
        }
        let upload = ImportWizard.Upload(
            token: String(token), path: request.path, name: request.name, sheet: request.sheet,
            encoding: request.encoding)
        return wizard.step(upload, "match")
    }

    // MARK: Putting rows right

    /// - Parameter page: from 1; one beyond the last is the last.
    private func mending(_ state: ImportProgress.State, page: Int) async throws -> ImportPage.Mending? {
        guard state.canContinue, [.checked, .done].contains(state.phase), !state.report.errors.isEmpty else {
            return nil
        }
        let total = state.report.flagged
        let pages = max(1, (total + Self.listed - 1) / Self.listed)
        let page = min(max(page, 1), pages)
        let skip = (page - 1) * Self.listed
        guard
            let table = try await desk.kernel.answer(
                FlaggedRows(batch: batch, skip: skip, most: Self.listed), as: desk.actor),
            !table.headings.isEmpty, !table.rows.isEmpty
        else { return nil }
        return ImportPage.Mending(
            postURL: address + "/mend", headings: table.headings,
            rows: table.rows.map { mending($0, width: table.headings.count) }, page: page, pages: pages, total: total,
            first: skip + 1, isCheck: state.phase == .checked)
    }

    private func mending(_ row: FlaggedRows.Row, width: Int) -> ImportPage.Mending.Row {
        let missing = max(0, width - row.cells.count)
        return ImportPage.Mending.Row(
            line: row.line, cells: row.cells + Array(repeating: "", count: missing),
            faulty: Set(row.problems.compactMap { $0.column.map { $0 - 1 } }),
            reasons: row.problems.map { problem in
                let name = problem.problem.field.map { eyes.importLabel($0, of: wizard.object) }
                return (name.map { $0 + (eyes.page.language == .zh ? "：" : ": ") } ?? "")
                    + eyes.say(problem.problem.message)
            }, isMended: row.isMended)
    }

    private var pageAsked: Int { Int(desk.exchange[query: "page"] ?? "") ?? 1 }

    /// Rows in which a cell was changed, `c.LINE.COLUMN`: kept when the page is turned, or taken up by the house with
    /// those kept before.
    func mend() async throws -> Reply {
        let state = try await progress()
        let page = Int(desk.field("page")) ?? 1
        guard let sheet = try await mending(state, page: page) else { throw Rejection.noSuchPath }
        var rows: [Int: [String]] = [:]
        let typed = Dictionary(desk.fields.map { ($0.name, $0.value) }) { $1 }
        for row in sheet.rows {
            let cells = row.cells.indices.map { Self.mended(row.cells[$0], typed["c.\(row.line).\($0)"]) }
            if cells != row.cells { rows[row.line] = cells }
        }
        let here = address + "?page=\(sheet.page)#mend"
        do {
            switch desk.field("do") {
            case "next": return try await turn(to: sheet.page + 1, keeping: rows)
            case "previous": return try await turn(to: sheet.page - 1, keeping: rows)
            default: break
            }
            guard !rows.isEmpty || state.request?.mended.isEmpty == false else {
                return desk.done(here, eyes.say(Words.nothingMended), isError: true)
            }
            let outcome = try await desk.kernel.perform(
                Command(.importing(.mend(batch: batch, rows: rows))), as: desk.actor)
            return .redirect(to: outcome.report?.batch.map(wizard.address) ?? address)
        } catch let rejection as Rejection where [.conflict, .invalid].contains(rejection.kind) {
            return desk.done(here, eyes.say(rejection.message), isError: true)
        }
    }

    /// What a cell became: itself when only its line ends came back otherwise, as browsers send them.
    static func mended(_ cell: String, _ typed: String?) -> String {
        let plain = { (text: String) in
            String(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").drop { $0 == "\n" })
        }
        guard let typed, plain(typed) != plain(cell) else { return cell }
        return plain(typed)
    }

    private func turn(to page: Int, keeping rows: [Int: [String]]) async throws -> Reply {
        if !rows.isEmpty {
            _ = try await desk.kernel.perform(
                Command(.importing(.keepMended(batch: batch, rows: rows))), as: desk.actor)
        }
        return .redirect(to: address + "?page=\(page)#mend")
    }

    // MARK: Steering

    func run() async throws -> Reply {
        let policy: ImportRequest.DuplicatePolicy =
            switch desk.field("duplicates") {
            case "update": .update
            case "create": .create
            default: .flag
            }
        return try await steer(.begin(batch: batch, onDuplicate: policy))
    }

    func steer(_ command: ImportCommand) async throws -> Reply {
        do {
            _ = try await desk.kernel.perform(Command(.importing(command)), as: desk.actor)
            return .redirect(to: address)
        } catch let rejection as Rejection where rejection.kind == .conflict {
            return desk.done(address, eyes.say(rejection.message), isError: true)
        }
    }

    // MARK: Pieces

    private func tally(_ state: ImportProgress.State) -> ImportPage.Tally {
        let duplicates = state.reasons.filter { $0.key.hasPrefix("duplicate") }.values.reduce(0, +)
        return ImportPage.Tally(
            rows: state.rows, created: state.report.created, updated: state.report.updated,
            unchanged: state.report.unchanged, flagged: min(duplicates, state.report.flagged),
            failed: max(0, state.report.flagged - duplicates))
    }

    private func running(_ state: ImportProgress.State) -> ImportPage.Running {
        let format = eyes.page.format
        var facts: [String] = []
        if state.phase == .undoing {
            facts.append(eyes.say(Words.takenBack(format.count(state.undone.taken))))
        } else if state.phase == .waiting {
            facts.append(eyes.say(state.ahead > 0 ? Words.importsAhead(state.ahead) : Words.startsSoon))
        } else {
            let total = state.total > 0 ? " / " + format.count(state.total) : ""
            facts.append(format.count(state.rows) + total + " " + eyes.say(Words.rows))
            for (count, label) in [
                (state.report.created, state.isTrial ? Words.good : Words.importCreated),
                (state.report.updated, state.isTrial ? Words.willUpdate : Words.importUpdated),
                (state.report.flagged, Words.heldBack),
            ] where count > 0 { facts.append(eyes.say(label) + " " + format.count(count)) }
            if let rate = state.rate { facts.append(eyes.say(Words.rowsPerSecond(format.count(rate)))) }
            if let seconds = state.secondsLeft { facts.append(eyes.say(Words.timeLeft(seconds))) }
        }
        let title =
            state.phase == .undoing
            ? Words.undoing
            : state.phase == .waiting ? Words.waiting : state.isTrial ? Words.checking : Words.running
        return ImportPage.Running(
            title: title, percent: state.total > 0 ? state.rows * 100 / state.total : 0, facts: facts,
            stopURL: state.phase == .undoing ? nil : address + "/cancel", isCheck: state.isTrial)
    }

    private func ending(_ state: ImportProgress.State) -> ImportPage.Ending {
        var ending = ImportPage.Ending(
            title: Words.importTitle(state.phase), tally: tally(state), listURL: Paths.list(wizard.object, view: "all"))
        ending.isTrial = state.isTrial
        if let failure = state.failure { ending.note = (.bad, eyes.say(failure.message)) }
        if state.phase == .stopped {
            ending.note = (.warn, eyes.say(Words.stoppedHint(state.rows, state.total)))
        }
        if state.phase == .undone {
            ending.note = (
                state.undone.left > 0 ? .warn : .ok, eyes.say(Words.undoneHint(state.undone.taken, state.undone.left))
            )
        }
        ending.problems = problems(state) + problems(state.left, state)
        let listed = max(state.report.errors.count, state.left.count)
        ending.more = more(listed > Self.listed ? max(state.report.flagged, state.left.count) : 0)
        ending.errorFileURL = errorFile(state)
        if [.stopped, .failed].contains(state.phase), state.canContinue { ending.resumeURL = address + "/resume" }
        let wrote = state.report.created + state.report.updated > 0 && !state.isTrial
        if wrote, [.done, .stopped, .failed].contains(state.phase) { ending.undoURL = address + "/undo" }
        ending.againURL = wizard.base
        return ending
    }

    private func errorFile(_ state: ImportProgress.State) -> String? {
        state.report.errors.isEmpty || state.by != desk.actor.userID ? nil : address + "/flagged"
    }

    /// How many there are besides those listed.
    private func more(_ total: Int) -> Label? {
        total > 0 ? Words.moreProblems(Self.listed, of: eyes.page.format.count(total)) : nil
    }

    private func problems(_ state: ImportProgress.State) -> [ImportPage.Problem] {
        problems(state.report.errors, state)
    }

    private func problems(_ errors: [RowProblem], _ state: ImportProgress.State) -> [ImportPage.Problem] {
        errors.prefix(Self.listed).map { error in
            let column =
                error.problem.field.map { eyes.importLabel($0, of: wizard.object) }
                ?? error.column.map { eyes.say(Words.columnNumber($0)) } ?? ""
            return ImportPage.Problem(line: error.line, column: column, message: eyes.say(error.problem.message))
        }
    }

    func flagged(asText: Bool) async throws -> Reply {
        guard let table = try await desk.kernel.answer(FlaggedRows(batch: batch), as: desk.actor),
            table.object == wizard.object
        else { throw Rejection.noSuchPath }
        let (eyes, object) = (eyes, wizard.object)
        return try FlaggedFile(table: table, language: eyes.page.language) { eyes.importLabel($0, of: object) }
            .reply(asText: asText, folder: desk.pages.site.settings.uploads)
    }
}

extension Presentation {
    /// A path of an import for people: 明细 · 数量, 联系人 · 邮箱.
    func importLabel(_ path: String, of object: String) -> String {
        var steps = path.split(separator: ".").map { String($0.prefix { $0 != "[" }) }
        guard let first = steps.first, let definition = model.object(object) else { return path }
        if case .lines(let child)? = definition.field(first)?.type, steps.count > 1 {
            steps.removeFirst()
            return label(first, of: object) + " · " + label(steps.joined(separator: "."), of: child)
        }
        if definition.field(first) == nil, let other = model.object(first), steps.count > 1 {
            steps.removeFirst()
            return say(other.label) + " · " + label(steps.joined(separator: "."), of: first)
        }
        if steps.count == 2, steps[1] == "currency" { return label(first, of: object) + " · " + say(Words.currency) }
        return label(steps.joined(separator: "."), of: object)
    }
}
