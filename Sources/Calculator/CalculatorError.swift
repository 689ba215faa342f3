package import Values

/// Why a whole run of the calculator can't begin; a bad element is an answer, not an error.
package enum CalculatorError: Error, Sendable, Hashable {
    case unknownKind(String)
    case malformedJSON(JSONError)
    /// The input must be one JSON array.
    case notAnArray

    /// The permanent name of the case, for programs.
    package var code: String {
        switch self {
        case .unknownKind: "unknown_kind"
        case .malformedJSON: "malformed_json"
        case .notAnArray: "not_an_array"
        }
    }

    /// A sentence for people, in English.
    package var message: String {
        switch self {
        case .unknownKind(let kind):
            "Unknown kind \(kind); known: " + CalculationKind.allCases.map(\.rawValue).joined(separator: ", ")
        case .malformedJSON(.syntax(let offset)), .malformedJSON(.trailing(let offset)):
            "The input is not JSON (byte \(offset))"
        case .malformedJSON(.duplicateKey(let name)): "The input has the name \(name) twice in one object"
        case .malformedJSON(.tooDeep): "The input is nested too deeply"
        case .malformedJSON(.notUTF8): "The input is not UTF-8"
        case .notAnArray: "The input must be a JSON array, one element for each calculation"
        }
    }
}

/// Why one element can't be calculated.
struct ElementError: Error {
    let code: String
    let message: String

    static func missing(_ field: String) -> ElementError {
        ElementError(code: "missing_field", message: "\(field) is missing")
    }

    static func wrong(_ field: String, _ expected: String) -> ElementError {
        ElementError(code: "wrong_type", message: "\(field) must be \(expected)")
    }
}
