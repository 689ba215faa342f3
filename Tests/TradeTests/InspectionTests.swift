import Testing
import Trade
import Values

@Suite("Sampling plans")
struct InspectionTests {
    private static let limits: [ExactDecimal] = [
        "0.10", "0.15", "0.25", "0.40", "0.65", "1.0", "1.5", "2.5", "4.0", "6.5",
    ]

    @Test("Every level, severity, limit and lot has a plan whose sample is within the lot")
    func complete() throws {
        let lots = [
            1, 2, 8, 9, 15, 16, 25, 26, 50, 51, 90, 91, 150, 151, 280, 281, 500, 501, 1200, 1201, 3200, 3201, 10_000,
            10_001, 35_000, 35_001, 150_000, 150_001, 500_000, 500_001, 9_000_000,
        ]
        for level in InspectionLevel.allCases {
            for severity in SamplingSeverity.allCases {
                for limit in Self.limits {
                    for lot in lots {
                        let plan = try SamplingPlan(lot: lot, limit: limit, level: level, severity: severity)
                        #expect((1...lot).contains(plan.sampleSize))
                        #expect(plan.rejection == plan.acceptance + 1)
                        #expect(plan.isFullInspection == (plan.sampleSize == lot))
                        #expect(plan.acceptance < plan.sampleSize || plan.isFullInspection)
                    }
                }
            }
        }
    }

    @Test("A tightened plan never accepts a larger share of the sample than the normal one")
    func tightened() throws {
        for limit in Self.limits {
            for lot in [600, 2000, 5000, 20_000, 100_000, 400_000] {
                let normal = try SamplingPlan(lot: lot, limit: limit)
                let tight = try SamplingPlan(lot: lot, limit: limit, severity: .tightened)
                #expect(tight.acceptance * normal.sampleSize <= normal.acceptance * tight.sampleSize)
            }
        }
    }

    @Test("One sample serves all classes: the largest that any asks for")
    func classes() throws {
        let plan = try InspectionPlan(lot: 5000)
        #expect(plan.sampleSize == 200)
        #expect(plan.acceptances == [0, 10, 14])
        #expect(plan.accepts(defects: [0, 10, 14]))
        #expect(!plan.accepts(defects: [1, 0, 0]))
        #expect(!plan.accepts(defects: [0, 11, 0]))
    }

    @Test("Without any limit every piece is inspected")
    func criticalOnly() throws {
        let plan = try InspectionPlan(lot: 77, classes: [.init(name: "critical", limit: nil)])
        #expect(plan.sampleSize == 77)
    }

    @Test("Two rejected lots of five tighten the plan, five accepted ones relax it")
    func switching() {
        #expect(SamplingSeverity.normal.next(after: [true, false, true, true]) == .normal)
        #expect(SamplingSeverity.normal.next(after: [false, true, true, true, false]) == .tightened)
        #expect(SamplingSeverity.normal.next(after: [false, false, true, true, true, true]) == .normal)
        #expect(SamplingSeverity.tightened.next(after: [true, true, true, true]) == .tightened)
        #expect(SamplingSeverity.tightened.next(after: [false, true, true, true, true, true]) == .normal)
    }

    @Test("A limit without a column is refused")
    func unknown() {
        #expect(throws: TradeError.unknownQualityLimit("3")) { try SamplingPlan(lot: 100, limit: "3.0") }
    }
}
