import Foundation

/// Ratios that a run must keep: an operation's figure against a reference of the same run.
struct Thresholds: Decodable {
    struct Ratio: Decodable {
        /// Id of the row, such as `read_record`.
        let row: String
        /// Id of the row it is compared with.
        let against: String
        /// `cpu`, `p95` or `statements`.
        let figure: String
        let atMost: Double
    }

    struct Finding {
        let text: String
        let isExceeded: Bool
    }

    let ratios: [Ratio]

    static func read(_ settings: Settings) throws -> Thresholds {
        guard let folder = settings.folder("thresholds", among: ["Benchmarks"]) else {
            throw House.Failure.text("The folder Benchmarks is missing: start in the project's folder.")
        }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/thresholds.json"))
        return try JSONDecoder().decode(Thresholds.self, from: bytes)
    }

    func findings(_ table: ResultTable) -> [Finding] {
        let rows = Dictionary(table.groups.flatMap(\.rows).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ratios.map { ratio in
            guard let row = rows[ratio.row], let against = rows[ratio.against] else {
                return Finding(text: "missing  \(ratio.row) or \(ratio.against)", isExceeded: true)
            }
            let quotient = Self.value(ratio.figure, row) / max(Self.value(ratio.figure, against), 0.000_001)
            let figures = "\(ResultTable.number(quotient)) of at most \(ResultTable.number(ratio.atMost))"
            let isExceeded = quotient > ratio.atMost
            return Finding(
                text:
                    "\(isExceeded ? "EXCEEDED" : "kept    ") \(ratio.row) \(ratio.figure) against \(ratio.against): \(figures)",
                isExceeded: isExceeded)
        }
    }

    private static func value(_ figure: String, _ row: Measurement) -> Double {
        switch figure {
        case "p95": row.percentile(0.95)
        case "statements": row.statements ?? 0
        default: row.cpu
        }
    }
}
