import Values

/// A place between the values of an ordered input: before or after a value, or an end of the line.
enum Cut: Hashable, Comparable {
    case start
    case before(ExactDecimal)
    case after(ExactDecimal)
    case end

    private var rank: (Int, ExactDecimal, Int) {
        switch self {
        case .start: (0, .zero, 0)
        case .before(let value): (1, value, 0)
        case .after(let value): (1, value, 1)
        case .end: (2, .zero, 0)
        }
    }

    static func < (left: Cut, right: Cut) -> Bool { left.rank < right.rank }
}

/// How an input is ordered.
enum Scale: Hashable {
    case continuous
    /// Whole numbers.
    case whole
    /// Days, by their number.
    case days
    /// Texts and truth values, not ordered.
    case words

    /// Where a bound lies; nothing lies between two whole numbers, so "after 3" and "before 4" are one place.
    func cut(_ value: ExactDecimal, after: Bool) -> Cut {
        switch self {
        case .continuous, .words: return after ? .after(value) : .before(value)
        case .whole, .days:
            let whole = after ? value.floor + 1 : value.ceiling
            return .before(ExactDecimal(units: whole, scale: 0))
        }
    }

    /// How a stretch of the line is written in a cell.
    func text(_ stretch: Range<Cut>) -> String {
        switch (stretch.lowerBound, stretch.upperBound) {
        case (.start, .end): return "-"
        case (.start, let to): return (isAfter(to) ? "<= " : "< ") + bound(to)
        case (let from, .end): return (isAfter(from) ? "> " : ">= ") + bound(from)
        case (let from, let to):
            if case .before(let a) = from, case .after(let b) = to, a == b { return bound(from) }
            return (isAfter(from) ? "(" : "[") + bound(from) + ".." + bound(to) + (isAfter(to) ? "]" : ")")
        }
    }

    private func isAfter(_ cut: Cut) -> Bool { if case .after = cut { true } else { false } }

    private func bound(_ cut: Cut) -> String {
        switch cut {
        case .before(let value), .after(let value):
            self == .days ? "date(\"\(Day(number: Int(value.floor)))\")" : value.shortest
        case .start, .end: ""
        }
    }
}
