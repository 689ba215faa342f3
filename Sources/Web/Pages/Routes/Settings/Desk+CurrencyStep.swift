import Definitions
import Kernel
import Values

/// The rates that a new house begins with.
extension Desk {
    func currencyStep() async throws -> Reply {
        let (frame, sheet) = try await ask(FirstStepsSheet(content: NewestRates()))
        return currencyPage(frame, sheet, typed: nil, errors: [:])
    }

    private static let usual = ["USD", "EUR", "GBP", "JPY", "HKD", "AUD", "CAD"]
    private static let freeRows = 2

    private func currencyPage(
        _ frame: Frame, _ sheet: FirstStepsSheet<NewestRates>.Answer, typed: [(code: String, buy: String)]?,
        errors: [String: String]
    ) -> Reply {
        let model = frame.sight.model
        let eyes = presentation(frame)
        let codes = (model.lists["currency"]?.codes ?? []).filter { !$0.retired && $0.code != model.baseCurrency }
        let known = Set(codes.map(\.code))
        let newest = sheet.content
        let own = Self.usual.filter(known.contains) + newest.keys.filter { !Self.usual.contains($0) }.sorted()
        let sent = Dictionary((typed ?? []).map { ($0.code, $0.buy) }, uniquingKeysWith: { first, _ in first })
        let rows = own.filter(known.contains).map { code in
            CurrencyStepPage.Row(
                code: code, name: codes.first { $0.code == code }.map { eyes.say($0.label) } ?? "",
                buy: sent[code] ?? newest[code]?.buy.shortest ?? "", day: newest[code]?.day, error: errors[code])
        }
        var free = (typed ?? []).filter { !own.contains($0.code) }.map {
            CurrencyStepPage.Free(code: $0.code, buy: $0.buy, error: errors[$0.code])
        }
        while free.count < Self.freeRows { free.append(CurrencyStepPage.Free()) }
        let page = CurrencyStepPage(
            base: model.baseCurrency, rows: rows, free: free,
            others: codes.filter { !own.contains($0.code) }.map {
                FieldControl.Choice($0.code, $0.code + " " + eyes.say($0.label))
            }, maySave: frame.sight.canCreate("fx_rate"))
        return stepPage(.currencies, sheet.state, page, frame, status: errors.isEmpty ? 200 : 422)
    }

    func saveCurrencies() async throws -> Reply {
        let (frame, sheet) = try await ask(FirstStepsSheet(content: NewestRates()))
        let typed = typedRates()
        let changed = typed.filter { rate in
            !rate.buy.isEmpty && (rate.code.isEmpty || sheet.content[rate.code]?.buy.shortest != rate.buy)
        }
        guard !changed.isEmpty else { return stepDone(.currencies, Label(zh: "没有要改的汇率", en: "No rate was changed")) }
        let base = frame.sight.model.baseCurrency
        let kinds = changed.map { rate in
            Command.Kind.create(
                object: "fx_rate",
                Draft([
                    "currency": .text(rate.code), "base": .text(base), "date": .text(context.format.today.description),
                    "buy": .text(NumberText.plain(rate.buy)),
                ]))
        }
        let trial = try await kernel.perform(Command(.bulk(kinds, atomic: false), dryRun: true), as: actor)
        var errors: [String: String] = [:]
        for (rate, part) in zip(changed, trial.parts) {
            if case .failure(let rejection) = part {
                errors[rate.code] = context[rejection.problems.first?.message ?? rejection.message]
            }
        }
        guard errors.isEmpty else { return currencyPage(frame, sheet, typed: typed, errors: errors) }
        _ = try await kernel.perform(Command(.bulk(kinds, atomic: true)), as: actor)
        return stepDone(
            .currencies,
            Label(zh: "已记下 \(kinds.count) 种汇率", en: kinds.count == 1 ? "1 rate kept" : "\(kinds.count) rates kept"))
    }

    /// What was typed for each currency, in the order of the form; a rate without a currency has an empty code.
    private func typedRates() -> [(code: String, buy: String)] {
        var out: [(code: String, buy: String)] = []
        for (name, value) in fields where name.hasPrefix("r.") {
            out.append((String(name.dropFirst(2)), value.trimmingSpaces))
        }
        for place in 0..<Self.freeRows {
            let (code, buy) = (field("x\(place).code"), field("x\(place).buy").trimmingSpaces)
            if !code.isEmpty || !buy.isEmpty { out.append((code, buy)) }
        }
        return out
    }
}

/// The newest rate of each currency, by its code.
struct NewestRates: Question {
    struct Rate: Sendable {
        let buy: ExactDecimal
        let day: Day?
    }

    func answer(in context: ReadContext) throws -> [String: Rate] {
        let sight = try context.ask(VisibleModel())
        guard sight.canRead("fx_rate") else { return [:] }
        let rows = try context.ask(
            ListRecords(
                object: "fx_rate", columns: ["currency", "date", "buy"],
                sort: [SortKey(path: "date", descending: true)], limit: 200)
        ).rows
        var out: [String: Rate] = [:]
        for row in rows {
            guard let code = row["currency"].text, let buy = row["buy"].decimal, out[code] == nil else { continue }
            out[code] = Rate(buy: buy, day: row["date"].day)
        }
        return out
    }
}
