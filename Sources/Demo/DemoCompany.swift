package import Calendars
package import Kernel
package import Values

/// Fills an empty database with an invented exporter of lamps in Ningbo: eighteen months of its business.
///
/// The same last day gives the same company, whenever and wherever it is made. All logins share one password.
package struct DemoCompany: Sendable {
    package static let password = "baton-demo"
    private static let seed: UInt64 = 0x4E49_4E47_424F_3330

    private let kernel: Kernel
    private let lastDay: Day
    private let holidays: HolidayTable
    private let progress: @Sendable (String) -> Void

    /// - Parameters:
    ///   - lastDay: what the company takes for today; all history lies before its morning.
    ///   - progress: gets a line per part, in both languages.
    package init(
        kernel: Kernel, lastDay: Day, holidays: HolidayTable, progress: @escaping @Sendable (String) -> Void
    ) {
        self.kernel = kernel
        self.lastDay = lastDay
        self.holidays = holidays
        self.progress = progress
    }

    /// Logins of the people, best known first.
    package static var logins: [String] { Staff.all.map(\.login) }

    /// Writes everything. A database that has accounts must not be given.
    package func build() async throws {
        var world = try World(lastDay: lastDay, holidays: holidays, defaults: try await defaults(), seed: Self.seed)
        var planted = Planted()
        try await part("公司与人员 / People", &world, &planted) { $0.foundCompany() }
        let accounts = Dictionary(world.people.map { ($0.login, $0.id) }, uniquingKeysWith: { first, _ in first })
        try await kernel.openAccounts(accounts, password: Self.password)
        for (name, make) in Self.parts { try await part(name, &world, &planted, make) }
        progress("汇总 / Sums")
        try await kernel.refreshAllRollups(reason: Self.reason)
        // What may be released depends on what has been paid.
        try await part("提单 / Bills of lading", &world, &planted) { $0.writeBillsOfLading() }
        try await kernel.log(planted)
        progress("审批 / Approvals")
        try await kernel.askForWaiting()
        try await kernel.settlePastPool()
        try await kernel.markAsDemo()
    }

    private static let reason = "demo company"

    private static var parts: [(String, (inout World) -> Void)] {
        [
            (
                "产品 / Products",
                { world in
                    world.meetPartners()
                    world.fillCatalogue()
                }
            ),
            ("客户 / Customers", { $0.meetCustomers() }),
            ("联系人 / Contacts", { $0.meetContacts() }),
            (
                "价目与运价 / Prices and freight",
                { world in
                    world.runCampaigns()
                    world.writePriceLists()
                    world.writeFreight()
                    world.writeKnowledge()
                }
            ),
            (
                "询盘 / Inquiries",
                { world in
                    world.receiveInquiries()
                    world.planDeals()
                    world.noteOffers()
                }
            ),
            ("报价 / Quotations", { $0.writeFirstQuotations() }),
            ("报价改版 / Quotation versions", { $0.writeLaterQuotations() }),
            (
                "形式发票 / Proforma invoices",
                { world in
                    world.planOrders()
                    world.writeProformas()
                    world.writeContracts()
                }
            ),
            (
                "订单 / Orders",
                { world in
                    world.writeOrders()
                    world.writeSamples()
                }
            ),
            (
                "采购与生产 / Purchasing and production",
                { world in
                    world.writePurchases()
                    world.scoreSuppliers()
                    world.writePlans()
                    world.writeInspections()
                }
            ),
            (
                "出运 / Shipping",
                { world in
                    world.writeCredits()
                    world.writeBookings()
                    world.writeShipments()
                    world.writeCustoms()
                    world.writeInvoices()
                    world.writePackingLists()
                }
            ),
            (
                "收款 / Money",
                { world in
                    world.writeReceivables()
                    world.writePayments()
                    world.writeBooks()
                }
            ),
            (
                "异常与变更 / Exceptions and changes",
                { world in
                    world.writeExceptions()
                    world.writeClaims()
                    world.writeChanges()
                    world.writeHandoffs()
                }
            ),
            (
                "跟进与任务 / Follow-ups and tasks",
                { world in
                    world.writeFollowups()
                    world.writeApprovals()
                    world.writeOffice()
                    world.writeTasks()
                }
            ),
        ]
    }

    private func part(
        _ name: String, _ world: inout World, _ planted: inout Planted, _ make: (inout World) -> Void
    ) async throws {
        progress(name)
        make(&world)
        let found = try await kernel.plant(world.take(), reason: Self.reason)
        world.numbers.merge(found.numbers) { first, _ in first }
        planted.merge(found)
    }

    private func defaults() async throws -> Defaults {
        var out = Defaults()
        out.terms = try await kernel.defaultRecords(of: "payment_term", by: ["code"])
        out.reasons = try await kernel.defaultRecords(of: "reason", by: ["set", "code"])
        out.categories = try await kernel.defaultRecords(of: "category", by: ["code"])
        out.clauses = try await kernel.defaultRecords(of: "clause", by: ["code"])
        out.checklists = try await kernel.defaultRecords(of: "checklist", by: ["code"])
        out.approvalRules = try await kernel.defaultRecords(
            of: "approval_rule", by: ["kind", "dimension", "approver_role"])
        return out
    }
}
