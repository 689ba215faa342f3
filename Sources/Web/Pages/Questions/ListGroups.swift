import Definitions
import Expressions
import Kernel
import Values

/// One group of a list: the records with one value of a field.
struct ListGroup: Sendable {
    let value: Value
    /// The condition that makes it.
    let filter: String
    let count: Int
    /// Column → sum in the base currency, or of plain numbers.
    let sums: [String: ExactDecimal]
    let rows: [RecordView]
}

/// The groups of a list by one field with their counts, sums and first rows.
///
/// Two statements, and one for each group with rows shown.
struct GroupedRows: Question {
    let object: String
    let group: String
    let columns: [String]
    let paths: [String]
    let filters: [String]
    let sort: [SortKey]
    let eyes: Presentation

    /// Groups with rows, and rows of each: more are behind a link.
    static let groupsShown = 30
    static let rowsShown = 10

    func answer(in context: ReadContext) throws -> [ListGroup] {
        guard let path = Self.path(group, of: object, eyes) else { return [] }
        let summed = ListSums.paths(columns, of: object, eyes)
        let measures =
            [GroupRecords.Measure(id: "count", function: .count, of: nil)]
            + summed.map { GroupRecords.Measure(id: $0.column, function: .sum, of: $0.path) }
        let table = try context.ask(
            GroupRecords(object: object, filters: filters, group: [path], measures: measures, limit: 200))
        var out: [ListGroup] = []
        for row in ordered(table.rows) {
            guard let value = row.first, let filter = Self.condition(path, value) else { continue }
            let rows =
                out.count < Self.groupsShown
                ? try context.ask(
                    ListRecords(
                        object: object, columns: paths, filters: filters + [filter], sort: sort,
                        limit: Self.rowsShown)
                ).rows : []
            var sums: [String: ExactDecimal] = [:]
            for (place, sum) in summed.enumerated() where row.count > place + 2 {
                sums[sum.column] = row[place + 2].decimal
            }
            let count = row[1].decimal.flatMap { Int($0.shortest) } ?? rows.count
            out.append(ListGroup(value: value, filter: filter, count: count, sums: sums, rows: rows))
        }
        return out
    }

    /// Codes in the order of their list, everything else by count; blanks last.
    private func ordered(_ rows: [[Value]]) -> [[Value]] {
        var places: [String: Int] = [:]
        if case .choice(let list)? = eyes.field(group, of: object)?.type {
            for (place, code) in (eyes.model.lists[list]?.codes ?? []).enumerated() { places[code.code] = place }
        }
        let key = { (row: [Value]) -> Int in
            if row[0].isNull { return Int.max }
            if let place = row[0].text.flatMap({ places[$0] }) { return place }
            return 100_000 - (row[1].decimal.flatMap { Int($0.shortest) } ?? 0)
        }
        return rows.sorted { key($0) < key($1) }
    }

    /// The path whose values make groups: a link groups by the name of what it leads to.
    static func path(_ field: String, of object: String, _ eyes: Presentation) -> String? {
        let path: String
        switch eyes.field(field, of: object)?.type {
        case .choice?, .bool?, .day?: path = field
        case .link(let target)?:
            guard let title = eyes.titleField(of: target) else { return nil }
            path = field + "." + title
        default: return nil
        }
        return eyes.isUsable(path, of: object) ? path : nil
    }

    static func condition(_ path: String, _ value: Value) -> String? {
        switch value {
        case .null: "ISBLANK(\(path))"
        case .text(let text): path + " = \"" + text.replacing("\"", with: "\"\"") + "\""
        case .bool(let flag): path + " = " + (flag ? "TRUE" : "FALSE")
        case .day(let day): path + " = DATE(\"\(day)\")"
        default: nil
        }
    }
}

/// What of a list can be added up.
enum ListSums {
    /// Column → the path whose values are added: amounts in the base currency.
    static func paths(
        _ columns: [String], of object: String, _ eyes: Presentation
    ) -> [(column: String, path: String)] {
        columns.compactMap { column in
            guard !column.contains("."), let field = eyes.field(column, of: object) else { return nil }
            let path: String
            switch field.type {
            case .money(.base): path = column
            case .money: path = column + ".base"
            case .integer where field.unit != nil, .decimal where field.unit != nil: path = column
            default: return nil
            }
            return eyes.isUsable(column, of: object) ? (column, path) : nil
        }.prefix(6).map { $0 }
    }

    /// A sum as it is shown under its column.
    static func shown(_ sum: ExactDecimal, _ column: String, of object: String, _ eyes: Presentation) -> String {
        guard let field = eyes.field(column, of: object) else { return sum.shortest }
        if case .money = field.type { return eyes.page.format.amount(sum, currency: eyes.model.baseCurrency) }
        return eyes.page.format.number(sum) + (field.unit.map { " " + eyes.unit($0) } ?? "")
    }
}

/// The figures under a list: how many, and the sums of its columns over all records that fit.
struct ListFigures: Question {
    let sheet: ListSheet

    struct Answer: Sendable {
        let sight: ModelSight
        let count: RecordCount
        let columns: [String]
        let sums: [String: ExactDecimal]
    }

    func answer(in context: ReadContext) throws -> Answer {
        var sheet = sheet
        sheet.limit = 1
        let list = try context.ask(sheet)
        let sight = try context.ask(VisibleModel())
        let object = sheet.address.object
        let search = sheet.address.search
        let count = try context.ask(
            CountRecords(
                object: object, filters: list.filters, search: search.isEmpty ? nil : search,
                cap: ListSheet.countedUpTo))
        var sums: [String: ExactDecimal] = [:]
        let summed = ListSums.paths(list.columns, of: object, sheet.presentation(sight))
        // A search is answered by another index than figures are: its list has a count only.
        if search.isEmpty, !summed.isEmpty {
            let measures = summed.map { GroupRecords.Measure(id: $0.column, function: .sum, of: $0.path) }
            let table = try context.ask(
                GroupRecords(object: object, filters: list.filters, group: [], measures: measures, limit: 1))
            for (place, sum) in summed.enumerated() { sums[sum.column] = table.rows.first?[place].decimal }
        }
        return Answer(sight: sight, count: count, columns: list.columns, sums: sums)
    }
}
