import Foundation
import Kernel
import Values

/// Brings a generated firm into an empty database.
struct FirmLoader {
    let firm: Firm
    let kernel: Kernel

    struct Rate: Sendable {
        let records: Int
        let seconds: Double
        let cpuSeconds: Double

        var perSecond: Double { Double(records) / max(seconds, 0.001) }
    }

    /// Companies whose records share one transaction.
    private static let batch = 120

    func load(_ say: (String) -> Void) async throws -> Rate {
        try await loadHouse()
        let ground = try await ground()
        let start = ContinuousClock.now
        let cpu = ProcessorTime.now
        var records = 0
        var from = 0
        while from < firm.companies {
            let until = min(from + Self.batch, firm.companies)
            let commands = firm.records(from..<until, ground)
            records += try await kernel.performAll(commands, as: .system("generated firm", origin: .importing)).count
            if from / 20_000 != until / 20_000 { say("  \(until) companies, \(records) records") }
            from = until
        }
        return Rate(
            records: records, seconds: (ContinuousClock.now - start).seconds,
            cpuSeconds: (ProcessorTime.now - cpu) / 1000)
    }

    func ground() async throws -> Firm.Ground {
        let terms = try await kernel.answer(
            ListRecords(object: "payment_term", columns: ["code"], limit: 100), as: .system("bench"))
        return Firm.Ground(paymentTerms: terms.rows.map(\.id).sorted())
    }

    /// Departments, regions, people, products, rates and the letterhead.
    private func loadHouse() async throws {
        for department in 0..<Firm.departments {
            try await make(
                "department", Draft(["name": .text("业务\(department + 1)部")]), firm.id(.department, department))
        }
        for region in 0..<Firm.regions {
            let draft = Draft([
                "code": .text("R\(region + 1)"), "name": .text("区域 \(region + 1)"),
                "countries": .list([.text(FirmWords.places[region].2)]), "time_zone": .text("Europe/Berlin"),
                "calendar": .text("DE"),
            ])
            try await make("region", draft, firm.id(.region, region))
        }
        for seller in 0..<Firm.sellers { try await person(seller, login: "bench-sales-\(seller)", roles: ["sales"]) }
        try await person(Firm.sellers, login: "bench-manager", roles: ["sales_manager"])
        try await person(Firm.sellers + 1, login: "bench-owner", roles: ["general_manager"])
        let house: [String: Input] = ["name_zh": .text("接力贸易有限公司"), "name_en": .text("Baton Trading Co., Ltd.")]
        try await make("own_company", Draft(house), nil)
        for (currency, rate) in [("USD", "7.1"), ("EUR", "7.8")] {
            let draft = Draft(["currency": .text(currency), "buy": .number(rate)])
            try await make("fx_rate", draft, nil)
        }
        let categories = try await kernel.answer(
            ListRecords(object: "category", columns: ["code"], limit: 1), as: .system("bench"))
        guard let category = categories.rows.first?.id else { return }
        for product in 0..<Firm.products {
            try await make("product", goods(product, category), firm.id(.product, product))
        }
    }

    private func person(_ number: Int, login: String, roles: [String]) async throws {
        // No password fits; the bench signs its people in from the machine itself.
        try await kernel.addAccount(
            login: login, name: "业务 \(number + 1)", roles: roles, hash: "none",
            more: [
                "department": .value(.record(firm.id(.department, firm.department(of: number)))),
                "region": .value(.record(firm.id(.region, number % Firm.regions))),
            ], id: firm.id(.user, number))
    }

    private func goods(_ product: Int, _ category: RecordID) -> Draft {
        let name = FirmWords.goods[product % FirmWords.goods.count]
        return Draft([
            "sku": .text("BT-\(1000 + product)"), "name_en": .text("\(name.0) \(product)"),
            "name_zh": .text("\(name.1) \(product)"), "category": .value(.record(category)), "hs": .text("3924100000"),
            "moq": .number("120"), "pcs_carton": .number("24"), "carton_l_cm": .number("50"),
            "carton_w_cm": .number("40"), "carton_h_cm": .number("35"), "carton_nw_kg": .number("9.5"),
            "carton_gw_kg": .number("10.8"), "lead_time_wd": .number("30"), "purchase_price": .number("12.5"),
            "list_price": .number("4.2"),
        ])
    }

    private func make(_ object: String, _ draft: Draft, _ id: RecordID?) async throws {
        let owner = firm.id(.user, Firm.sellers + 1)
        let command = Command(.create(object: object, draft), stamp: Stamp(id: id, owner: owner))
        _ = try await kernel.perform(command, as: .system("generated firm"))
    }
}
