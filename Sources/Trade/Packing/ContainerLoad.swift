import Values

/// How many of one carton go into one kind of container, by three rules, and how many containers a batch needs.
package struct ContainerLoad: Sendable, Hashable {
    package let kind: ContainerKind
    /// ⌊plan volume ÷ carton volume⌋.
    package let byVolume: Int
    /// ⌊plan payload ÷ gross weight⌋.
    package let byWeight: Int
    /// Upright cartons in straight rows: the better of the two floor orientations of ⌊L÷a⌋ × ⌊W÷b⌋ × ⌊H÷h⌋.
    /// The volume rule promises too much for large cartons; this one shows it.
    package let byGrid: Int
    /// The smaller of volume and weight: what the plan counts with.
    package var maximum: Int { min(byVolume, byWeight) }

    package init(_ carton: Carton, in kind: ContainerKind) throws(TradeError) {
        self.kind = kind
        byVolume = try Self.count((Fraction(kind.planVolumeM3) / carton.exactVolumeM3).floor)
        byWeight = try Self.count((Fraction(kind.planPayloadKg) / Fraction(carton.grossKg)).floor)
        let layers = try Self.rows(kind.innerHeightCm, carton.heightCm)
        let along = try Self.rows(kind.innerLengthCm, carton.lengthCm) * Self.rows(kind.innerWidthCm, carton.widthCm)
        let across = try Self.rows(kind.innerLengthCm, carton.widthCm) * Self.rows(kind.innerWidthCm, carton.lengthCm)
        byGrid = try Self.count(max(along, across) * layers)
    }

    /// ⌈cartons ÷ maximum⌉; nil when not even one carton fits.
    package func containers(forCartons cartons: Int) -> Int? {
        maximum == 0 ? nil : (cartons + maximum - 1) / maximum
    }

    private static func rows(_ inner: ExactDecimal, _ outer: ExactDecimal) throws(TradeError) -> Int128 {
        try (Fraction(inner) / Fraction(outer)).floor
    }

    private static func count(_ value: Int128) throws(TradeError) -> Int {
        guard let count = Int(exactly: value) else { throw .overflow }
        return count
    }
}
