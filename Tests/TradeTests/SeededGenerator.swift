package import Values

/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number with up to `digits` digits, small and large ones alike.
    mutating func units(upTo digits: Int) -> Int128 {
        let count = Int.random(in: 1...digits, using: &self)
        var units: Int128 = 0
        for _ in 0..<count { units = units * 10 + Int128(Int.random(in: 0...9, using: &self)) }
        return units
    }
}

extension ExactDecimal: ExpressibleByStringLiteral {
    /// Numbers in tests are written as texts; a wrong one ends the test run at once.
    package init(stringLiteral text: String) {
        guard let number = ExactDecimal(text) else { preconditionFailure("\(text) is no number") }
        self = number
    }
}
