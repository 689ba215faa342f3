import Foundation

/// The table as text for people, or as Markdown for the documentation.
struct ResultTable {
    /// Heading → its rows; references first.
    let groups: [(title: String, rows: [Measurement])]
    let facts: [(String, String)]

    static let heading = ["operation", "p50 ms", "p95 ms", "p99 ms", "CPU ms", "per second", "statements"]

    static func cells(_ row: Measurement) -> [String] {
        [
            row.label, number(row.percentile(0.5)), number(row.percentile(0.95)), number(row.percentile(0.99)),
            number(row.cpu), number(row.perSecond), row.statements.map(number) ?? "",
        ]
    }

    /// One row for the progress on the screen.
    static func line(_ row: Measurement) -> String { padded(cells(row)) }

    func text(markdown: Bool) -> String {
        var lines: [String] = []
        for fact in facts { lines.append(markdown ? "- \(fact.0): \(fact.1)" : padded([fact.0, fact.1])) }
        lines.append("")
        if markdown {
            lines.append("| " + Self.heading.joined(separator: " | ") + " |")
            lines.append("|---|--:|--:|--:|--:|--:|--:|")
        } else {
            lines.append(Self.padded(Self.heading))
        }
        for group in groups where !group.rows.isEmpty {
            lines.append(markdown ? "| **\(group.title)** | | | | | | |" : "— " + group.title)
            for row in group.rows {
                let cells = Self.cells(row)
                lines.append(markdown ? "| " + cells.joined(separator: " | ") + " |" : Self.padded(cells))
            }
        }
        return lines.joined(separator: "\n")
    }

    private func padded(_ cells: [String]) -> String { Self.padded(cells) }

    private static func padded(_ cells: [String]) -> String {
        cells.enumerated().map { index, cell in
            let width = index == 0 ? 58 : 11
            let fill = String(repeating: " ", count: max(1, width - cell.count))
            return index == 0 ? cell + fill : fill + cell
        }.joined()
    }

    /// Three digits that matter.
    static func number(_ value: Double) -> String {
        if value >= 100 { return String(Int(value.rounded())) }
        let digits = value >= 10 ? 1 : value >= 1 ? 2 : 3
        return String(format: "%.\(digits)f", value)
    }
}
