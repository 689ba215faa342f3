/// Random numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }

    /// Below `bound`.
    mutating func roll(_ bound: Int) -> Int { Int(next() >> 33) % bound }

    mutating func pick<Item>(_ items: [Item]) -> Item { items[roll(items.count)] }
}
