import Calendars
import Foundation
import Testing

/// The published test vectors and the committed holiday table, as the tests read them.
enum VectorFile {
    /// One case of a vector file; input and expectation are kept as canonical JSON text.
    struct Case: Sendable, CustomTestStringConvertible {
        let kind: String
        let number: Int
        let input: String
        let expected: String

        var testDescription: String { "\(kind) \(number)" }
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func cases(_ kind: String) throws -> [Case] {
        let data = try Data(contentsOf: root.appending(path: "Tests/Vectors/\(kind).json"))
        guard let elements = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] else { return [] }
        return try elements.enumerated().map { number, element in
            // Calendar elements carry their own kind and go in whole, without the expectation.
            let whole = element.filter { $0.key != "expect" }
            let input = kind == "calendar" ? whole : element["input"] as Any
            return Case(
                kind: kind, number: number + 1, input: try canonical(input),
                expected: try canonical(element["expect"] as Any))
        }
    }

    static func holidays() throws -> HolidayTable {
        let url = root.appending(path: "Resources/holidays-own.csv")
        return try HolidayTable(csv: String(contentsOf: url, encoding: .utf8))
    }

    /// JSON with sorted names, so that texts can be compared.
    static func canonical(_ value: Any) throws -> String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed, .withoutEscapingSlashes]
        return String(decoding: try JSONSerialization.data(withJSONObject: value, options: options), as: UTF8.self)
    }

    static func canonical(json: Data) throws -> String {
        try canonical(JSONSerialization.jsonObject(with: json, options: .fragmentsAllowed))
    }
}
