package import Values

/// The weight that air carriers and couriers charge: the larger of gross and volumetric weight, up to the next 0.5 kg.
package struct ChargeableWeight: Sendable, Hashable {
    /// Σ L × W × H ÷ divisor, exact.
    package let volumetricKg: Fraction
    /// Exact.
    package let grossKg: Fraction
    /// Half kilograms, rounded up.
    package let halfKilograms: Int128

    /// cm³ that count as one kilogram in air freight.
    package static let airDivisor = 6000
    /// cm³ that count as one kilogram with couriers.
    package static let courierDivisor = 5000

    package init(_ carton: Carton, cartons: Int, divisorCm3PerKg: Int) throws(TradeError) {
        try Bounds.positive(divisorCm3PerKg, "divisor")
        let count = Fraction(whole: cartons)
        volumetricKg = try carton.exactVolumeCm3 * count / Fraction(whole: divisorCm3PerKg)
        grossKg = try Fraction(carton.grossKg) * count
        let two = Fraction(whole: 2)
        halfKilograms = max(try (volumetricKg * two).ceiling, try (grossKg * two).ceiling)
    }

    /// Kilograms with one digit.
    package var kg: ExactDecimal { ExactDecimal(units: halfKilograms * 5, scale: 1) }

    /// True when volume decides the price.
    package var isVolumetric: Bool {
        get throws(TradeError) { try (volumetricKg - grossKg).numerator > 0 }
    }
}
