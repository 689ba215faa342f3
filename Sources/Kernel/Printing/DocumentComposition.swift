import Access
import Definitions
import Documents
import Expressions
import Store
import Trade
import Values

/// Evaluates a print definition over a record: what the actor may not read stays blank.
struct DocumentComposition {
    let context: ReadContext
    let definition: ObjectDefinition
    let print: PrintDefinition
    let readable: Set<String>
    let record: PrintSource
    let seller: PrintSource?

    func document() throws -> TradeDocument {
        let currency = print.currency.map { words($0, record) } ?? ""
        let digits = Currencies.minorUnits(of: currency)
        let house = party(print.seller, seller, guarded: false)
        let counterparty = party(print.buyer, record, guarded: true)
        var document = TradeDocument(
            kind: Self.kind(print.kind), number: words(print.number, record),
            date: day(print.date) ?? context.evaluation.today,
            seller: house, buyer: counterparty)
        document.version = print.version.flatMap { value($0, record).decimal }.map { Int($0.floor) } ?? 0
        document.validUntil = print.validUntil.flatMap { day($0) }
        document.isDraft = print.draft.map { value($0, record) == .bool(true) } ?? false
        document.references = texts(print.references)
        document.transport = texts(print.transport)
        document.columns = print.columns.map {
            LineColumn(zh: $0.label.zh, en: $0.label.en, share: $0.share, alignment: .init(rawValue: $0.align) ?? .left)
        }
        document.lines = lines()
        document.currency = currency
        document.amountScale = digits
        document.charges = amounts(print.charges, currency: currency, digits: digits, skipsZero: true)
        document.totals = amounts(print.totals, currency: currency, digits: digits, skipsZero: false)
        document.amountInWords = inWords(currency)
        document.packing = texts(print.packing)
        document.terms = texts(print.terms)
        // What the customer gets to read is no secret from the person who sends it.
        document.bank = texts(print.bank, guarded: false)
        document.remarks = print.remarks.map { words($0, record) } ?? ""
        document.signatures = [
            SignatureBlock(zh: "卖方", en: "Seller", company: house.name.en.isEmpty ? house.name.zh : house.name.en),
            SignatureBlock(
                zh: "买方确认", en: "Confirmed by buyer",
                company: counterparty.name.en.isEmpty ? counterparty.name.zh : counterparty.name.en),
        ]
        return document
    }

    private static func kind(_ name: String) -> DocumentKind {
        DocumentKind.allCases.first { $0.rawValue == name }
            ?? (name == "proforma_invoice" ? .proformaInvoice : .quotation)
    }

    // MARK: Parts

    private func party(_ party: PrintParty, _ source: PrintSource?, guarded: Bool) -> DocumentParty {
        guard let source else { return DocumentParty(name: BilingualText(zh: "", en: "")) }
        func text(_ expression: TypedExpression?) -> String {
            expression.map { words($0, source, guarded: guarded) } ?? ""
        }
        return DocumentParty(
            name: BilingualText(zh: text(party.nameZh), en: text(party.nameEn)),
            address: party.address.map { text($0) }.filter { !$0.isEmpty },
            contacts: party.contacts.map { text($0) }.filter { !$0.isEmpty })
    }

    private func texts(_ items: [PrintText], guarded: Bool = true) -> [LabelledText] {
        items.compactMap { item in
            let text = words(item.text, record, guarded: guarded)
            return text.isEmpty ? nil : LabelledText(zh: item.label.zh, en: item.label.en, text)
        }
    }

    private func lines() -> [DocumentLine] {
        guard let name = print.lines, readable.contains(name) else { return [] }
        return (record.lines[name] ?? []).map { row in
            let source = PrintSource(row: row, lines: [:])
            let amount = print.lineAmount.flatMap { lineValue($0, source).decimal }
            return DocumentLine(cells: print.columns.map { lineWords($0.text, source) }, amount: amount)
        }
    }

    private func amounts(_ items: [PrintText], currency: String, digits: Int, skipsZero: Bool) -> [AmountRow] {
        items.compactMap { item in
            guard let amount = value(item.text, record).decimal, !(skipsZero && amount.isZero) else { return nil }
            let text = currency + " " + Grouped.text(amount, digits: digits)
            return AmountRow(zh: item.label.zh, en: item.label.en, text)
        }
    }

    private func inWords(_ code: String) -> BilingualText {
        guard let expression = print.words, let amount = value(expression, record).decimal,
            let currency = try? Currency(code: code)
        else { return BilingualText(zh: "", en: "") }  // a currency without words prints none
        let english = (try? AmountInWords.say(amount, in: currency)) ?? ""
        let chinese = code == "CNY" ? "人民币" + ((try? ChineseCapital.words(amount)) ?? "") : ""
        return BilingualText(zh: chinese, en: english)
    }

    // MARK: Values

    private func day(_ expression: TypedExpression) -> Day? { value(expression, record).day }

    /// The value, or null when it rests on something the actor may not read.
    private func value(_ expression: TypedExpression, _ source: PrintSource, guarded: Bool = true) -> Value {
        if guarded {
            for path in expression.fieldPaths {
                let isSeen =
                    path.steps.count == 1 || definition.field(path.first)?.isMoney == true
                    ? readable.contains(path.first) : context.access.checkPath(path, on: definition.id)
                if !isSeen { return .null }
            }
        }
        return evaluated(expression, source)
    }

    private func lineValue(_ expression: TypedExpression, _ source: PrintSource) -> Value {
        let access = context.access.grant(expression.object)
        for path in expression.fieldPaths where path.first != "parent" {
            let isSeen =
                path.steps.count == 1
                ? access.readable.contains(path.first) : context.access.checkPath(path, on: expression.object)
            if !isSeen { return .null }
        }
        return evaluated(expression, source)
    }

    private func evaluated(_ expression: TypedExpression, _ source: PrintSource) -> Value {
        // A text that can't be computed prints as a blank; the editor shows the problem at its field.
        (try? expression.evaluate(source, context.evaluation)) ?? .null
    }

    private func words(_ expression: TypedExpression, _ source: PrintSource, guarded: Bool = true) -> String {
        text(value(expression, source, guarded: guarded), of: expression)
    }

    private func lineWords(_ expression: TypedExpression, _ source: PrintSource) -> String {
        text(lineValue(expression, source), of: expression)
    }

    /// A bare choice prints its label in both languages; numbers are grouped; days are ISO.
    private func text(_ value: Value, of expression: TypedExpression) -> String {
        switch value {
        case .null, .list: ""
        case .text(let text): label(text, of: expression) ?? text
        case .decimal(let number): Grouped.text(number, digits: digits(number, of: expression))
        case .real(let number): String(number)
        case .day(let day): day.description
        case .instant(let instant): instant.day.description
        case .bool(let flag): flag ? "✓" : ""
        case .record: ""
        }
    }

    /// Money has its currency's digits, other fractions at least two.
    private func digits(_ number: ExactDecimal, of expression: TypedExpression) -> Int? {
        guard case .field(let reference) = expression.root.form,
            let field = context.model.object(reference.holder)?.field(reference.field)
        else { return nil }
        switch field.type {
        case .money: return Currencies.minorUnits(of: print.currency.map { words($0, record) } ?? "")
        case .decimal(let scale) where scale == 4:
            let shown = number.shortest.split(separator: ".").dropFirst().first?.count ?? 0
            return max(2, shown)
        default: return nil
        }
    }

    private func label(_ code: String, of expression: TypedExpression) -> String? {
        guard case .field(let reference) = expression.root.form,
            case .choice(let list)? = context.model.object(reference.holder)?
                .field(reference.field)?.type, let found = context.model.lists[list]?.code(code)
        else { return nil }
        if ["currency", "incoterm", "unit"].contains(list) { return code }
        return found.label.zh == found.label.en ? found.label.en : found.label.en + " " + found.label.zh
    }
}

/// Numbers as documents print them: `12,345.60`.
enum Grouped {
    /// - Parameter digits: digits after the point; nil: as many as the number needs.
    static func text(_ number: ExactDecimal, digits: Int?) -> String {
        let plain: String
        // too large to round is too large to print apart
        if let digits, let rounded = try? number.rounded(to: digits) {
            plain = rounded.description
        } else {
            plain = number.shortest
        }
        let isNegative = plain.hasPrefix("-")
        let parts = plain.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        var whole = ""
        for (index, digit) in (parts.first ?? "0").reversed().enumerated() {
            if index > 0, index % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        let text = String(whole.reversed()) + (parts.count == 2 ? "." + parts[1] : "")
        return (isNegative ? "-" : "") + text
    }
}
