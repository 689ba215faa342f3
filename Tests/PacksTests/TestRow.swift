import Definitions
import Expressions
import Testing
import Values

/// A row in memory whose formulas are computed when they are read.
struct TestRow: FieldSource {
    let object: ObjectDefinition
    var values: [String: Value] = [:]
    var links: [String: TestLink] = [:]
    var children: [String: [TestRow]] = [:]

    init(_ object: String, _ values: [String: Value] = [:]) throws {
        let model = try #require(ShippedPacks.result.model)
        self.object = try #require(model.object(object))
        self.values = values
    }

    static let context = EvaluationContext(
        now: Instant(milliseconds: 1_795_000_000_000), today: Day(number: 20_779))

    func value(at path: FieldPath) -> Value {
        guard path.steps.count > 1 else { return own(path.first) }
        if let link = links[path.first] { return link.row.value(at: FieldPath(Array(path.steps.dropFirst()))) }
        if path.last == "base", let amount = own(path.first).decimal, let rate = own("fx_rate").decimal {
            // A test's numbers are far from the limits.
            return (try? amount * rate).map { .decimal($0) } ?? .null
        }
        return .null
    }

    func lines(at path: FieldPath) -> [any FieldSource] { children[path.first] ?? [] }

    private func own(_ id: String) -> Value {
        if let given = values[id] { return given }
        guard let formula = object.field(id)?.formula else { return .null }
        // An error shows in the test as a missing value.
        return (try? formula.evaluate(self, Self.context)) ?? .null
    }

    subscript(_ id: String) -> Value { own(id) }
}

/// A linked row; a class, because rows hold rows.
final class TestLink: Sendable {
    let row: TestRow
    init(_ row: TestRow) { self.row = row }
}

extension Value {
    static func number(_ text: String) -> Value { ExactDecimal(text).map { .decimal($0) } ?? .null }
}
