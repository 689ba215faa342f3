import Trade
import Values

/// Churn scores as JSON.
enum ChurnKind {
    static func result(_ fields: Fields) throws -> JSONValue {
        var strengths: [ChurnSignal: ExactDecimal] = [:]
        for name in fields.names {
            guard let signal = ChurnSignal(rawValue: name) else {
                throw ElementError(code: "unknown_field", message: "\(name) is not a churn signal")
            }
            strengths[signal] = try fields.decimal(name, default: .zero)
        }
        let result = try ChurnScore(strengths)
        return .object(["score": .text(result.score.description), "band": .text(result.band.rawValue)])
    }
}
