/// Finds what somebody probably meant.
enum Spelling {
    /// The candidate nearest to `word`, if it is near enough to be meant: at most a third of its letters differ.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        var best: (word: String, distance: Int)?
        for candidate in Set(candidates).sorted() where candidate != word {
            let distance = distance(Array(word.lowercased().utf8), Array(candidate.lowercased().utf8))
            if distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        guard let best, best.distance <= max(1, min(word.utf8.count, best.word.utf8.count) / 3) else { return nil }
        return best.word
    }

    /// “Did you mean …?” in both languages, or nil when nothing is near.
    static func hint(for word: String, among candidates: some Sequence<String>) -> Label? {
        guard let best = nearest(to: word, among: candidates) else { return nil }
        return Label(zh: "是否想写 “\(best)”?", en: "Did you mean “\(best)”?")
    }

    /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var rows = [Array(0...b.count)]
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                var value = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    value = min(value, rows[i - 2][j - 2] + 1)
                }
                row.append(value)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
