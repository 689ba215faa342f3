import Values

/// ISO 2859-1 single sampling: code letters by lot size and level, plans by code letter and quality limit.
///
/// The arrows of the standard's tables are followed already, so a cell gives the sample size that applies, which can
/// be that of another letter. Each cell is `sample size/acceptance number`; the rejection number is one higher.
enum SamplingTable {
    /// The quality limits that have a column, per cent nonconforming.
    static let limits = "0.10 0.15 0.25 0.40 0.65 1.0 1.5 2.5 4.0 6.5".split(separator: " ").map(String.init)

    /// The largest lot of each row of the code letter table; the last row has no end.
    static let lotEnds = [8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000, Int.max]

    /// Code letters of a level, one for each lot row.
    static func letters(_ level: InspectionLevel) -> String {
        switch level {
        case .special1: "AAAABBBBCCCCDDD"
        case .special2: "AAABBBCCCDDDEEE"
        case .special3: "AABBCCDDEEFFGGH"
        case .special4: "AABCCDEEFGGHJJK"
        case .reduced: "AABCCDEFGHJKLMN"
        case .general: "ABCDEFGHJKLMNPQ"
        case .strict: "BCDEFGHJKLMNPQR"
        }
    }

    /// The cell of a severity, letter and limit: sample size and acceptance number; nil outside the table.
    static func cell(_ severity: SamplingSeverity, _ letter: Character, _ limit: ExactDecimal) -> (Int, Int)? {
        guard let column = limits.firstIndex(where: { ExactDecimal($0) == limit }) else { return nil }
        let rows = severity == .normal ? normal : tightened
        guard let cells = rows[letter], column < cells.count else { return nil }
        return cells[column]
    }

    private static let normal = rows(normalText)
    private static let tightened = rows(tightenedText)

    private static func rows(_ text: String) -> [Character: [(Int, Int)]] {
        var table: [Character: [(Int, Int)]] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            table[Character(String(words[0]))] = words.dropFirst().map { cell in
                let numbers = cell.split(separator: "/").compactMap { Int($0) }
                return (numbers[0], numbers[1])
            }
        }
        return table
    }

    private static let normalText = """
        A 125/0 80/0 50/0 32/0 20/0 13/0 8/0 5/0 3/0 2/0
        B 125/0 80/0 50/0 32/0 20/0 13/0 8/0 5/0 3/0 2/0
        C 125/0 80/0 50/0 32/0 20/0 13/0 8/0 5/0 3/0 8/1
        D 125/0 80/0 50/0 32/0 20/0 13/0 8/0 5/0 13/1 8/1
        E 125/0 80/0 50/0 32/0 20/0 13/0 8/0 20/1 13/1 13/2
        F 125/0 80/0 50/0 32/0 20/0 13/0 32/1 20/1 20/2 20/3
        G 125/0 80/0 50/0 32/0 20/0 50/1 32/1 32/2 32/3 32/5
        H 125/0 80/0 50/0 32/0 80/1 50/1 50/2 50/3 50/5 50/7
        J 125/0 80/0 50/0 125/1 80/1 80/2 80/3 80/5 80/7 80/10
        K 125/0 80/0 200/1 125/1 125/2 125/3 125/5 125/7 125/10 125/14
        L 125/0 315/1 200/1 200/2 200/3 200/5 200/7 200/10 200/14 200/21
        M 500/1 315/1 315/2 315/3 315/5 315/7 315/10 315/14 315/21 200/21
        N 500/1 500/2 500/3 500/5 500/7 500/10 500/14 500/21 315/21 200/21
        P 800/2 800/3 800/5 800/7 800/10 800/14 800/21 500/21 315/21 200/21
        Q 1250/3 1250/5 1250/7 1250/10 1250/14 1250/21 800/21 500/21 315/21 200/21
        R 2000/5 2000/7 2000/10 2000/14 2000/21 1250/21 800/21 500/21 315/21 200/21
        """

    private static let tightenedText = """
        A 200/0 125/0 80/0 50/0 32/0 20/0 13/0 8/0 5/0 3/0
        B 200/0 125/0 80/0 50/0 32/0 20/0 13/0 8/0 5/0 3/0
        C 200/0 125/0 80/0 50/0 32/0 20/0 13/0 8/0 5/0 13/1
        D 200/0 125/0 80/0 50/0 32/0 20/0 13/0 8/0 20/1 13/1
        E 200/0 125/0 80/0 50/0 32/0 20/0 13/0 32/1 20/1 13/1
        F 200/0 125/0 80/0 50/0 32/0 20/0 50/1 32/1 20/1 20/2
        G 200/0 125/0 80/0 50/0 32/0 80/1 50/1 32/1 32/2 32/3
        H 200/0 125/0 80/0 50/0 125/1 80/1 50/1 50/2 50/3 50/5
        J 200/0 125/0 80/0 200/1 125/1 80/1 80/2 80/3 80/5 80/8
        K 200/0 125/0 315/1 200/1 125/1 125/2 125/3 125/5 125/8 125/12
        L 200/0 500/1 315/1 200/1 200/2 200/3 200/5 200/8 200/12 200/18
        M 800/1 500/1 315/1 315/2 315/3 315/5 315/8 315/12 315/18 200/18
        N 800/1 500/1 500/2 500/3 500/5 500/8 500/12 500/18 315/18 200/18
        P 800/1 800/2 800/3 800/5 800/8 800/12 800/18 500/18 315/18 200/18
        Q 1250/2 1250/3 1250/5 1250/8 1250/12 1250/18 800/18 500/18 315/18 200/18
        R 2000/3 2000/5 2000/8 2000/12 2000/18 1250/18 800/18 500/18 315/18 200/18
        """
}
