package import Values

/// The sample of one inspection that judges several classes of defects at once.
///
/// One sample serves all classes: the largest that any of them asks for.
package struct InspectionPlan: Sendable, Hashable {
    /// A class of defects with its quality limit; nil allows none at all (critical defects).
    package struct DefectClass: Sendable, Hashable {
        package let name: String
        package let limit: ExactDecimal?

        package init(name: String, limit: ExactDecimal?) {
            self.name = name
            self.limit = limit
        }

        /// Critical 0, major 2.5, minor 4.0: what a contract that says nothing means.
        package static let usual = [
            DefectClass(name: "critical", limit: nil),
            DefectClass(name: "major", limit: ExactDecimal(units: 25, scale: 1)),
            DefectClass(name: "minor", limit: ExactDecimal(units: 40, scale: 1)),
        ]
    }

    /// One element for each class, in the order given: the most defects of the class that pass.
    package let acceptances: [Int]
    package let classes: [DefectClass]
    /// Pieces to inspect.
    package let sampleSize: Int

    package init(
        lot: Int, classes: [DefectClass] = DefectClass.usual, level: InspectionLevel = .general,
        severity: SamplingSeverity = .normal
    ) throws(TradeError) {
        try Bounds.positive(lot, "lot")
        var largest = 0
        var acceptances: [Int] = []
        for defectClass in classes {
            guard let limit = defectClass.limit else {
                acceptances.append(0)
                continue
            }
            let plan = try SamplingPlan(lot: lot, limit: limit, level: level, severity: severity)
            largest = max(largest, plan.sampleSize)
            acceptances.append(plan.acceptance)
        }
        self.classes = classes
        self.acceptances = acceptances
        sampleSize = largest == 0 ? lot : largest
    }

    /// True when no class has more defects than it may.
    ///
    /// - Parameter defects: one count for each class, same order.
    package func accepts(defects: [Int]) -> Bool { zip(defects, acceptances).allSatisfy { $0 <= $1 } }
}
