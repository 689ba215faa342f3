import Trade
import Values

/// Letter of credit checks as JSON.
enum CreditKind {
    static func result(_ fields: Fields) throws -> JSONValue {
        let credit = try LetterOfCredit(
            amount: fields.decimal("lc"), tolerance: fields.decimal("tol", default: .zero),
            latestShipment: fields.day("latest_ship"), expiry: fields.day("expiry"),
            presentationDays: fields.integer("days", default: LetterOfCredit.defaultPresentationDays))
        let check = try credit.check(shipped: fields.day("bl"), drawing: fields.decimal("amount"))
        return .object([
            "ship_ok": .bool(check.shipmentInTime),
            "last_presentation": .text(check.lastPresentation.description),
            "amount_ok": .bool(check.amountWithinCredit),
        ])
    }
}
