package import Values

/// A kind of sea container with the values that a loading plan uses; a company may set its own.
package struct ContainerKind: Sendable, Hashable {
    /// The trade's short name: 20GP, 40HQ.
    package let code: String
    /// ISO 6346 size and type.
    package let isoType: String
    package let innerLengthCm: ExactDecimal
    package let innerWidthCm: ExactDecimal
    package let innerHeightCm: ExactDecimal
    /// Volume that is planned with, m³: what cartons fill in practice.
    package let planVolumeM3: ExactDecimal
    /// Cargo weight that is planned with, kg; road limits can be far lower.
    package let planPayloadKg: ExactDecimal

    package init(
        code: String, isoType: String, innerLengthCm: ExactDecimal, innerWidthCm: ExactDecimal,
        innerHeightCm: ExactDecimal, planVolumeM3: ExactDecimal, planPayloadKg: ExactDecimal
    ) {
        self.code = code
        self.isoType = isoType
        self.innerLengthCm = innerLengthCm
        self.innerWidthCm = innerWidthCm
        self.innerHeightCm = innerHeightCm
        self.planVolumeM3 = planVolumeM3
        self.planPayloadKg = planPayloadKg
    }

    /// The kinds a loading plan shows when nothing else is said: 20GP, 40GP, 40HQ.
    package static let usual = Array(standard.prefix(3))

    /// Default planning values of the common kinds, dry ones first.
    package static let standard: [ContainerKind] = [
        make("20GP", "22G1", (5898, 2352, 2385), 28, 21_700),
        make("40GP", "42G1", (12_032, 2352, 2385), 58, 26_500),
        make("40HQ", "45G1", (12_032, 2352, 2690), 68, 26_500),
        make("45HQ", "L5G1", (13_556, 2352, 2690), 78, 27_700),
        make("20RF", "22R1", (5440, 2290, 2270), 24, 27_400),
        make("40RH", "45R1", (11_580, 2290, 2550), 58, 29_500),
        make("20OT", "22U1", (5898, 2352, 2342), 28, 21_500),
        make("40OT", "42U1", (12_032, 2352, 2330), 58, 26_300),
    ]

    private static func make(
        _ code: String, _ isoType: String, _ innerMillimetres: (Int, Int, Int), _ volume: Int, _ payload: Int
    ) -> ContainerKind {
        ContainerKind(
            code: code, isoType: isoType,
            innerLengthCm: ExactDecimal(units: Int128(innerMillimetres.0), scale: 1),
            innerWidthCm: ExactDecimal(units: Int128(innerMillimetres.1), scale: 1),
            innerHeightCm: ExactDecimal(units: Int128(innerMillimetres.2), scale: 1),
            planVolumeM3: ExactDecimal(volume), planPayloadKg: ExactDecimal(payload))
    }
}
