import Trade
import Values

/// Amounts in words, rounded, and split, as JSON.
enum MoneyKinds {
    static func englishWords(_ fields: Fields) throws -> JSONValue {
        let currency = try Currency(code: fields.text("currency"))
        let amount = try fields.decimal("amount")
        return .object([
            "rounded": .text(try currency.rounded(amount).description),
            "say": .text(try AmountInWords.say(amount, in: currency)),
        ])
    }

    static func rounding(_ fields: Fields) throws -> JSONValue {
        let currency = try Currency(code: fields.text("currency"))
        return .text(try currency.rounded(fields.decimal("amount")).description)
    }

    static func schedule(_ fields: Fields) throws -> JSONValue {
        let shares = try fields.array("shares").map { try Fields.decimal($0, "shares") }
        let amounts = try PaymentSchedule.amounts(
            total: fields.decimal("total"), shares: shares, in: Currency(code: fields.text("currency")))
        return .array(amounts.map { .text($0.description) })
    }
}
