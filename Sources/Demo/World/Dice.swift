import Values

/// The demo company's chance: the same seed always gives the same sequence (SplitMix64, Steele, Lea and Flood 2014).
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// True in `percent` of a hundred throws.
    mutating func chance(_ percent: Int) -> Bool { int(0...99) < percent }

    /// One of at least one element.
    mutating func pick<Element>(_ items: [Element]) -> Element { items[int(0...items.count - 1)] }

    /// One of the elements, each as often as its weight says.
    mutating func weighted<Element>(_ items: [(Element, Int)]) -> Element {
        var left = int(1...items.reduce(0) { $0 + $1.1 })
        for (item, weight) in items {
            left -= weight
            if left <= 0 { return item }
        }
        return items[items.count - 1].0
    }

    /// `count` different elements, at most all of them, in chance order.
    mutating func some<Element>(_ count: Int, of items: [Element]) -> [Element] {
        var rest = items
        var out: [Element] = []
        while out.count < count, !rest.isEmpty { out.append(rest.remove(at: int(0...rest.count - 1))) }
        return out
    }

    mutating func id(at instant: Instant) -> RecordID { RecordID(at: instant, random: (next(), next())) }
}
