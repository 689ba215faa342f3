import Trade
import Values

/// Sampling plans as JSON.
enum SamplingKind {
    static func result(_ fields: Fields) throws -> JSONValue {
        guard let level = InspectionLevel(rawValue: try fields.text("level", default: "II")) else {
            throw ElementError.wrong(
                "level", "one of " + InspectionLevel.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard let severity = SamplingSeverity(rawValue: try fields.text("kind", default: "normal")) else {
            throw ElementError.wrong("kind", "normal or tightened")
        }
        let plan = try SamplingPlan(
            lot: fields.integer("lot"), limit: fields.decimal("aql"), level: level, severity: severity)
        return .object([
            "code_letter": .text(String(plan.codeLetter)),
            "n": .integer(plan.sampleSize),
            "ac": .integer(plan.acceptance),
            "re": .integer(plan.rejection),
            "full_inspection": .bool(plan.isFullInspection),
        ])
    }
}
