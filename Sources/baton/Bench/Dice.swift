/// Pseudo-random numbers that follow from their arguments alone, so that every run makes the same firm.
enum Dice {
    static func roll(_ kind: Int, _ index: Int, _ place: Int = 0) -> UInt64 {
        var mixed = UInt64(truncatingIfNeeded: kind) &* 0x9E37_79B9_7F4A_7C15
        mixed = scramble(mixed &+ UInt64(truncatingIfNeeded: index))
        return scramble(mixed &+ UInt64(truncatingIfNeeded: place) &* 0xD1B5_4A32_D192_ED03)
    }

    /// One of `count` numbers from 0.
    static func pick(_ count: Int, _ kind: Int, _ index: Int, _ place: Int = 0) -> Int {
        Int(roll(kind, index, place) % UInt64(count))
    }

    /// The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    private static func scramble(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
