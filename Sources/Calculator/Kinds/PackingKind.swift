import Trade
import Values

/// Packing plans as JSON.
enum PackingKind {
    static func result(_ fields: Fields) throws -> JSONValue {
        let carton = try Carton(
            pieces: fields.integer("pcs_per_carton"), lengthCm: fields.decimal("l_cm"), widthCm: fields.decimal("w_cm"),
            heightCm: fields.decimal("h_cm"), grossKg: fields.decimal("gw_kg"))
        let plan = try PackingPlan(quantity: fields.integer("qty"), carton: carton)
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue) { members.append(JSONValue.Member(name: name, value: value)) }
        add("cartons", .integer(plan.cartons))
        add("last_carton_pcs", .integer(plan.piecesInLastCarton))
        add("carton_cbm", .text(plan.cartonVolumeM3.description))
        add("total_cbm", .text(plan.totalVolumeM3.description))
        add("total_gw", .text(plan.totalGrossKg.description))
        for load in plan.loads { add(load.kind.code, container(load, cartons: plan.cartons)) }
        add("air_6000_kg", .text(try halfKilograms(plan.air, carton)))
        add("courier_5000_kg", .text(try halfKilograms(plan.courier, carton)))
        add("lcl_rt", .text(plan.freightTons.description))
        return .object(members)
    }

    private static func container(_ load: ContainerLoad, cartons: Int) -> JSONValue {
        .object([
            "by_volume": .integer(load.byVolume),
            "by_weight": .integer(load.byWeight),
            "by_grid_upright": .integer(load.byGrid),
            "max": .integer(load.maximum),
            "containers": load.containers(forCartons: cartons).map { .integer($0) } ?? .null,
        ])
    }

    /// Chargeable kilograms in the digits of the published vectors.
    ///
    /// They divide by 0.5, round up and multiply by 0.5 under the preferred exponents of IEEE 754-2008 §5.2: a weight
    /// written without a point that is a multiple of 5 keeps that form, every other one gets one digit.
    private static func halfKilograms(_ weight: ChargeableWeight, _ carton: Carton) throws -> String {
        let isVolumetric = try weight.isVolumetric
        let deciding = isVolumetric ? weight.volumetricKg : weight.grossKg
        let scale =
            isVolumetric ? carton.lengthCm.scale + carton.widthCm.scale + carton.heightCm.scale : carton.grossKg.scale
        let keepsForm = scale == 0 && deciding.isWhole && deciding.numerator % 5 == 0
        return keepsForm ? weight.kg.shortest : weight.kg.description
    }
}
