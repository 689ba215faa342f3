import Calendars
import Trade
import Values

/// Calculates one element and turns every error of the rooms below into an answer.
struct ElementCalculator {
    let kind: CalculationKind
    let holidays: HolidayTable

    func result(of element: JSONValue) throws(ElementError) -> JSONValue {
        do {
            return try calculate(element)
        } catch let error as ElementError {
            throw error
        } catch let error as TradeError {
            throw ElementError(code: error.code, message: error.explanation.en)
        } catch let error as CalendarError {
            throw ElementError(code: error.code, message: error.explanation.en)
        } catch {
            throw ElementError(code: "failed", message: String(describing: error))
        }
    }

    private func calculate(_ element: JSONValue) throws -> JSONValue {
        if kind == .calendar { return try CalendarKinds(holidays: holidays).result(of: Fields(element)) }
        let input = element["input"] ?? element
        switch kind {
        case .chineseCapital: return .text(try ChineseCapital.words(Fields.decimal(input, "amount")))
        case .tradingPrice: return try PriceKinds.trading(Fields(input))
        case .factoryPrice: return try PriceKinds.factory(Fields(input))
        case .landedPrice: return try PriceKinds.landed(Fields(input))
        case .packing: return try PackingKind.result(Fields(input))
        case .sampling: return try SamplingKind.result(Fields(input))
        case .englishWords: return try MoneyKinds.englishWords(Fields(input))
        case .paymentSchedule: return try MoneyKinds.schedule(Fields(input))
        case .rounding: return try MoneyKinds.rounding(Fields(input))
        case .letterOfCredit: return try CreditKind.result(Fields(input))
        case .churn: return try ChurnKind.result(Fields(input))
        case .calendar: return .null
        }
    }
}
