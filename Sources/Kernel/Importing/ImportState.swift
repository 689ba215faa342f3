import Definitions
import Store
import Values

/// Where a batch stands.
package enum ImportPhase: String, Sendable, Hashable {
    /// For the house to take it up.
    case waiting
    case running
    /// By a person, or because the server went down; it can go on.
    case stopped
    /// With a reason; it can go on when that is mended.
    case failed
    /// Every row was tried and nothing written.
    case checked
    case done
    case undoing
    case undone
}

/// How far a batch is. Stored with every chunk, in the same transaction as its records.
struct ImportState: Sendable {
    let batch: RecordID
    let object: String
    let name: String
    let hash: [UInt8]
    /// What is to be done, as it is stored with the batch; `{}` when nobody could take it up again.
    let order: String
    /// Data rows of the file, 0 when they are not known beforehand.
    var total: Int
    let at: Instant
    let by: RecordID?
    /// The heading of the file, one for each column.
    var headings: [String] = []
    var lastLine = 0
    var report = ImportReport()
    /// Milliseconds of work up to the last chunk.
    var worked = 0
    /// Lines of this file that an earlier batch brought in.
    var earlier: Set<Int> = []
    var sequence: Int64 = 0
    /// What undoing it came to: rows taken back, rows left as they are.
    var undone: (taken: Int, left: Int) = (0, 0)
    /// How far undoing is, going backwards; nil before its first chunk.
    var undoPlace: (line: Int, part: Int)?
    var failure: Problem?

    init(
        batch: RecordID, object: String, name: String, hash: [UInt8], order: String = "{}", total: Int = 0,
        at: Instant, by: RecordID?
    ) {
        self.batch = batch
        self.object = object
        self.name = name
        self.hash = hash
        self.order = order
        self.total = total
        self.at = at
        self.by = by
    }

    /// Where the stored batch is.
    init(_ batch: ImportBatch) {
        self.init(
            batch: batch.id, object: batch.object, name: batch.fileName, hash: batch.fileHash, order: batch.mapping,
            total: batch.total, at: batch.at, by: batch.by)
        let parts = Self.parts(of: batch.report)
        report.batch = batch.id
        report.created = batch.created
        report.updated = batch.updated
        report.flagged = batch.flagged
        report.rows = Self.number(parts["rows"])
        report.unchanged = Self.number(parts["unchanged"])
        report.records = Self.number(parts["records"])
        lastLine = Self.number(parts["line"])
        worked = Self.number(parts["worked"])
        undone = (Self.number(parts["taken"]), Self.number(parts["left"]))
        if parts["undo_line"] != nil {
            undoPlace = (Self.number(parts["undo_line"]), Self.number(parts["undo_part"]))
        }
        if case .list(let names)? = parts["headings"] { headings = names.map(Self.text) }
        guard case .object(let failure)? = parts["failure"] else { return }
        self.failure = Problem(
            field: nil, code: Self.text(failure["code"]),
            message: Label(zh: Self.text(failure["zh"]), en: Self.text(failure["en"])))
    }

    mutating func add(_ result: ChunkResult, lastLine: Int) {
        report.created += result.created
        report.updated += result.updated
        report.unchanged += result.unchanged
        report.flagged += result.flagged
        report.records += result.records
        report.rows += result.created + result.updated + result.unchanged + result.flagged
        report.errors += result.errors.prefix(max(0, 1000 - report.errors.count))
        report.warnings += result.warnings.prefix(max(0, 200 - report.warnings.count))
        sequence = max(sequence, result.sequence)
        self.lastLine = lastLine
    }

    /// As if no row had been settled.
    mutating func startOver() {
        report = ImportReport()
        lastLine = 0
        worked = 0
        failure = nil
    }

    func stored(as phase: ImportPhase, undoneAt: Instant? = nil) -> ImportBatch {
        var text = JSONBuilder()
        text.object { text in
            for (name, count) in [
                ("line", lastLine), ("rows", report.rows), ("unchanged", report.unchanged), ("records", report.records),
                ("worked", worked), ("taken", undone.taken), ("left", undone.left),
            ] {
                text.key(name)
                text.int(count)
            }
            if let undoPlace {
                text.key("undo_line")
                text.int(undoPlace.line)
                text.key("undo_part")
                text.int(undoPlace.part)
            }
            if !headings.isEmpty {
                text.key("headings")
                text.array { text in for name in headings { text.string(name) } }
            }
            guard let failure else { return }
            text.key("failure")
            text.object { text in
                text.field("code", failure.code)
                text.field("zh", failure.message.zh)
                text.field("en", failure.message.en)
            }
        }
        return ImportBatch(
            id: batch, object: object, fileName: name, fileHash: hash, state: phase.rawValue,
            total: max(total, report.rows), created: report.created, updated: report.updated, flagged: report.flagged,
            mapping: order, report: text.text, at: at, by: by, undoneAt: undoneAt)
    }

    // Written by `stored`; a batch of another hand simply has no details.
    private static func parts(of text: String) -> [String: Input] {
        guard case .object(let parts)? = try? JSONText.read(Array(text.utf8)) else { return [:] }
        return parts
    }

    private static func number(_ input: Input?) -> Int {
        if case .number(let text)? = input { Int(text) ?? 0 } else { 0 }
    }

    private static func text(_ input: Input?) -> String { if case .text(let text)? = input { text } else { "" } }
}

extension ImportBatch {
    var phase: ImportPhase { ImportPhase(rawValue: state) ?? .failed }
}

extension RowProblem {
    init(_ stored: ImportProblem) {
        self.init(
            line: stored.line, column: stored.column == 0 ? nil : stored.column,
            problem: Problem(
                field: stored.field.isEmpty ? nil : stored.field, code: stored.code,
                message: Label(zh: stored.zh, en: stored.en)))
    }

    /// From this number on, problems on a line are those of undoing it.
    static let firstOfUndo = 1000

    /// Cells as they are stored.
    private static func text(_ cells: [String]) -> String {
        var builder = JSONBuilder()
        builder.array { builder in for cell in cells { builder.string(cell) } }
        return builder.text
    }

    static func cells(_ text: String) -> [String] {
        // Written by `text`; anything else is as good as nothing.
        guard case .list(let cells)? = try? JSONText.read(Array(text.utf8)) else { return [] }
        return cells.map { if case .text(let text) = $0 { text } else { "" } }
    }

    /// Numbered on each line, to be stored.
    ///
    /// - Parameter cells: line → the cells of its row, kept with the first problem of the line.
    static func numbered(
        _ problems: [RowProblem], from first: Int = 0, cells: [Int: [String]] = [:]
    ) -> [ImportProblem] {
        var items: [Int: Int] = [:]
        return problems.map { problem in
            let item = items[problem.line, default: first]
            items[problem.line] = item + 1
            return ImportProblem(
                line: problem.line, item: item, column: problem.column ?? 0, field: problem.problem.field ?? "",
                code: problem.problem.code, zh: problem.problem.message.zh, en: problem.problem.message.en,
                cells: item == first ? cells[problem.line].map(Self.text) : nil)
        }
    }
}
