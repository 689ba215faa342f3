import Testing
import Trade
import Values

@Suite("Packing")
struct PackingTests {
    private func carton(_ length: ExactDecimal = "48", kg: ExactDecimal = "14.5", pieces: Int = 24) throws -> Carton {
        try Carton(pieces: pieces, lengthCm: length, widthCm: "38", heightCm: "42", grossKg: kg)
    }

    @Test("More pieces never need fewer cartons, less volume or fewer containers")
    func monotonicInQuantity() throws {
        let carton = try carton()
        var last = try PackingPlan(quantity: 1, carton: carton)
        for quantity in stride(from: 2, to: 60_000, by: 173) {
            let plan = try PackingPlan(quantity: quantity, carton: carton)
            #expect(plan.cartons >= last.cartons)
            #expect(plan.totalVolumeM3 >= last.totalVolumeM3)
            #expect(plan.freightTons >= last.freightTons)
            #expect(plan.air.halfKilograms >= last.air.halfKilograms)
            for (load, before) in zip(plan.loads, last.loads) {
                let containers = try #require(load.containers(forCartons: plan.cartons))
                #expect(containers >= (try #require(before.containers(forCartons: last.cartons))))
                #expect(containers * load.maximum >= plan.cartons)
                #expect((containers - 1) * load.maximum < plan.cartons)
            }
            last = plan
        }
    }

    @Test("A larger carton never fits more often")
    func monotonicInSize() throws {
        for kind in ContainerKind.standard {
            var last = try ContainerLoad(carton("10"), in: kind)
            for millimetres in stride(from: 101, to: 2500, by: 13) {
                let load = try ContainerLoad(carton(ExactDecimal(units: Int128(millimetres), scale: 1)), in: kind)
                #expect(load.byVolume <= last.byVolume)
                #expect(load.byGrid <= last.byGrid || load.byGrid > 0)
                last = load
            }
        }
    }

    @Test("The cartons hold the quantity, and the last one is neither empty nor over-full")
    func lastCarton() throws {
        for pieces in 1...40 {
            for quantity in 1...200 {
                let (cartons, inLast) = try carton(pieces: pieces).count(for: quantity)
                #expect((cartons - 1) * pieces + inLast == quantity)
                #expect((1...pieces).contains(inLast))
            }
        }
    }

    @Test("A carton that fits no container by weight needs no number of containers")
    func tooHeavy() throws {
        let load = try ContainerLoad(carton(kg: "30000"), in: ContainerKind.standard[0])
        #expect(load.maximum == 0)
        #expect(load.containers(forCartons: 1) == nil)
    }

    @Test("Chargeable weight goes up to the next half kilogram and no further")
    func halfKilograms() throws {
        for (kg, charged) in [("9.6", "10"), ("10", "10"), ("10.01", "10.5"), ("10.5", "10.5"), ("10.51", "11")] {
            let small = try Carton(
                pieces: 1, lengthCm: "10", widthCm: "10", heightCm: "10", grossKg: #require(ExactDecimal(kg)))
            let weight = try ChargeableWeight(small, cartons: 1, divisorCm3PerKg: ChargeableWeight.airDivisor)
            #expect(weight.kg.shortest == charged)
            #expect(try !weight.isVolumetric)
        }
    }

    @Test("A carton without size, weight or pieces is refused")
    func refused() {
        #expect(throws: TradeError.self) { try carton("0") }
        #expect(throws: TradeError.self) { try carton(kg: "-1") }
        #expect(throws: TradeError.self) { try carton(pieces: 0) }
        #expect(throws: TradeError.self) { try PackingPlan(quantity: 0, carton: carton()) }
    }

    @Test("An order quantity knows the whole cartons around it")
    func multiples() throws {
        let odd = try OrderQuantity(1000, piecesPerCarton: 24)
        #expect(!odd.fillsWholeCartons)
        #expect(odd.nextMultiple == 1008)
        #expect(odd.previousMultiple == 984)
        let even = try OrderQuantity(1008, piecesPerCarton: 24)
        #expect(even.fillsWholeCartons)
        #expect(even.nextMultiple == 1008)
        #expect(try OrderQuantity(.max, piecesPerCarton: 4).nextMultiple == nil)
    }
}
