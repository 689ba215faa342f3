package import Calendars
package import Foundation
import Values

/// What the calculator can calculate; the raw values are the words of the command line.
package enum CalculationKind: String, Sendable, Hashable, CaseIterable {
    case tradingPrice = "price_trading"
    case factoryPrice = "price_factory"
    case landedPrice = "ddp"
    case packing = "packing"
    case sampling = "aql"
    case englishWords = "say_words"
    case chineseCapital = "cn_capital"
    case paymentSchedule = "payment_schedule"
    case calendar = "calendar"
    case letterOfCredit = "lc"
    case rounding = "rounding"
    case churn = "churn"
}

/// The answers of one run.
package struct CalculationResults: Sendable, Hashable {
    /// A JSON array, one element for each input, same order; an element that could not be calculated is
    /// `{"error": code, "message": text}`.
    package let json: Data
    /// How many elements could not be calculated; the command line ends with 2 when there are any.
    package let failures: Int
}

/// Calculates every element of a JSON array.
///
/// Elements have the shape of the published test vectors' `input`; an element that is an object with a member `input`
/// stands for that member. Numbers may be JSON numbers or texts and are exact either way.
///
/// - Parameters:
///   - kind: a raw value of `CalculationKind`.
///   - inputs: UTF-8 JSON, an array.
///   - holidays: used by kind `calendar` only.
/// - Throws: `CalculatorError` when the kind is unknown or the input is not a JSON array.
package func calculate(
    kind: String, inputs: Data, holidays: HolidayTable
) throws(CalculatorError) -> CalculationResults {
    guard let kind = CalculationKind(rawValue: kind) else { throw .unknownKind(kind) }
    guard case .array(let elements) = try read(inputs) else { throw .notAnArray }
    let calculator = ElementCalculator(kind: kind, holidays: holidays)
    var failures = 0
    var results: [JSONValue] = []
    for element in elements {
        do {
            results.append(try calculator.result(of: element))
        } catch {
            failures += 1
            results.append(.object(["error": .text(error.code), "message": .text(error.message)]))
        }
    }
    var builder = JSONBuilder(escaping: .minimal)
    builder.write(JSONValue.array(results))
    return CalculationResults(json: Data(builder.bytes), failures: failures)
}

private func read(_ inputs: Data) throws(CalculatorError) -> JSONValue {
    do throws(JSONError) {
        return try JSONReader.read(Array(inputs))
    } catch {
        throw .malformedJSON(error)
    }
}
