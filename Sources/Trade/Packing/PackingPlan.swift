package import Values

/// The packing of one quantity of one product: cartons, volume, weight, containers, chargeable weights.
package struct PackingPlan: Sendable, Hashable {
    package let cartons: Int
    package let piecesInLastCarton: Int
    /// m³, 6 digits.
    package let cartonVolumeM3: ExactDecimal
    /// m³, 3 digits, from the exact carton volume; the last carton counts as a full one.
    package let totalVolumeM3: ExactDecimal
    /// kg, 2 digits; the last carton counts as a full one.
    package let totalGrossKg: ExactDecimal
    /// In the order of the kinds asked for.
    package let loads: [ContainerLoad]
    package let air: ChargeableWeight
    package let courier: ChargeableWeight
    /// LCL freight tons (revenue tons): the largest of m³, tonnes and the minimum of 1; 3 digits.
    package let freightTons: ExactDecimal

    package init(
        quantity: Int, carton: Carton, kinds: [ContainerKind] = ContainerKind.usual
    ) throws(TradeError) {
        (cartons, piecesInLastCarton) = try carton.count(for: quantity)
        let count = Fraction(whole: cartons)
        let volume = try carton.exactVolumeM3 * count
        let gross = try Fraction(carton.grossKg) * count
        cartonVolumeM3 = try carton.volumeM3
        totalVolumeM3 = try volume.rounded(to: 3)
        totalGrossKg = try gross.rounded(to: 2)
        var loads: [ContainerLoad] = []
        for kind in kinds { loads.append(try ContainerLoad(carton, in: kind)) }
        self.loads = loads
        air = try ChargeableWeight(carton, cartons: cartons, divisorCm3PerKg: ChargeableWeight.airDivisor)
        courier = try ChargeableWeight(carton, cartons: cartons, divisorCm3PerKg: ChargeableWeight.courierDivisor)
        let tonnes = try (gross / Fraction(whole: 1000)).rounded(to: 3)
        freightTons = max(totalVolumeM3, tonnes, ExactDecimal(units: 1000, scale: 3))
    }
}
