import Definitions
import Documents
import Values

/// What the file says of a linked record.
struct LinkWish: Sendable, Hashable {
    /// Text that names it, when no field was given.
    var name: String?
    /// Its fields as the file gives them.
    var values: [String: Value] = [:]
}

/// The cells of a row for one record, line or neighbour.
struct HolderDraft: Sendable, Hashable {
    var values: [String: Value] = [:]
    /// Link field → what the file says of the record to link to.
    var links: [String: LinkWish] = [:]

    var isEmpty: Bool { values.isEmpty && links.isEmpty }
}

/// A row of the file with its meaning.
struct DecodedRow: Sendable {
    let line: Int
    /// As the file has it, for whoever puts it right.
    let cells: [TableCell]
    var record = HolderDraft()
    var lineDraft = HolderDraft()
    /// Object → draft.
    var beside: [String: HolderDraft] = [:]
    var problems: [RowProblem] = []
}

/// Rows that make one record: one, or the lines of a paper.
struct ImportUnit: Sendable {
    /// The number that holds the rows together; nil for a row by itself.
    let key: Value?
    var rows: [DecodedRow]
}

struct RowDecoder: Sendable {
    let plan: ImportPlan
    let model: Model

    func decode(_ row: TableRow, shape: HeaderRow.Shape, columns: Int) -> DecodedRow {
        var out = DecodedRow(line: row.line, cells: row.cells)
        switch shape {
        case .short, .long:
            let counts = (row.cells.count, columns)
            let problem = Problem(
                field: nil, code: "shifted_row",
                message: Label(
                    zh: "这一行有 \(counts.0) 格，表头是 \(counts.1) 列，内容已错位，没有导入",
                    en: "The row has \(counts.0) cells for \(counts.1) columns, so its cells are shifted; not imported")
            )
            out.problems.append(RowProblem(line: row.line, column: nil, problem: problem))
            return out
        case .fits, .blank, .repeatedHeader: break
        }
        for (index, target) in plan.targets.enumerated() {
            guard let target else { continue }
            do throws(Problem) {
                try put(row[index], target, into: &out)
            } catch {
                out.problems.append(RowProblem(line: row.line, column: index + 1, problem: error))
            }
        }
        return out
    }

    /// Spreadsheet programs and our own exports put an apostrophe before a text that looks like a formula.
    private static func unguarded(_ cell: TableCell) -> TableCell {
        guard case .text(let text) = cell, text.utf8.first == 0x27 else { return cell }
        return .text(DelimitedWriter.unguarded(text))
    }

    private func put(_ cell: TableCell, _ target: ImportTarget, into row: inout DecodedRow) throws(Problem) {
        if CellDecoder.isBlank(cell) { return }
        let cell = Self.unguarded(cell)
        switch target.holder {
        case .record: try put(cell, target, of: plan.definition, into: &row.record)
        case .line:
            guard let child = plan.lineObject.flatMap(model.object) else { return }
            try put(cell, target, of: child, into: &row.lineDraft)
        case .beside(let id, _):
            guard let object = model.object(id) else { return }
            try put(cell, target, of: object, into: &row.beside[id, default: HolderDraft()])
        }
    }

    private func put(
        _ cell: TableCell, _ target: ImportTarget, of object: ObjectDefinition, into draft: inout HolderDraft
    ) throws(Problem) {
        guard let link = target.link else {
            guard let name = target.field else { return }
            if name.hasSuffix(".currency") {
                guard let field = object.field(String(name.dropLast(9))) else { return }
                let code = plan.decoder.codes["currency"]?.code(cell.display)
                guard let code else { throw .unreadable(field.id, .unknownCode(cell.display)) }
                draft.values[name] = .text(code)
                return
            }
            guard let field = object.field(name) else { return }
            draft.values.merge(try plan.decoder.decode(cell, as: field, at: target.path)) { _, new in new }
            return
        }
        var wish = draft.links[link] ?? LinkWish()
        if let name = target.field {
            guard case .link(let other)? = object.field(link)?.type, let field = model.object(other)?.field(name) else {
                return
            }
            wish.values.merge(try plan.decoder.decode(cell, as: field, at: target.path)) { _, new in new }
        } else {
            wish.name = String(cell.display.trimmed.prefix(200))
        }
        if wish != LinkWish() { draft.links[link] = wish }
    }
}
