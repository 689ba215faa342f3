import Documents
import Foundation
import Kernel
import Synchronization
import Values

extension BenchRun {
    func writing(_ people: People) async throws -> [Measurement] {
        let (kernel, firm) = (kernel, firm)
        let ground = try await FirmLoader(firm: firm, kernel: kernel).ground()
        let term = ground.paymentTerms[0]
        // A database that was measured before has the companies of those runs, too.
        let base = 10_000_000 + Int(Date().timeIntervalSince1970) % 10_000_000 * 100
        var rows: [Measurement] = []
        rows.append(
            try await meter.measure("create", "create a company, one at a time", operations: operations) { number in
                let draft = firm.companyDraft(base + number, paymentTerm: term)
                _ = try await kernel.perform(Command(.create(object: "company", draft)), as: people.sales)
            })
        rows.append(
            try await meter.measure("create_32", "create a company, 32 at once", operations: operations * 2, atOnce: 32)
            {
                number in
                let draft = firm.companyDraft(base + 500_000_000 + number, paymentTerm: term)
                _ = try await kernel.perform(Command(.create(object: "company", draft)), as: people.sales)
            })
        let versions = SeenVersions()
        for number in 0..<operations + 50 {
            let id = firm.id(.company, Dice.pick(firm.companies, 70, number))
            versions.put(
                try await kernel.answer(
                    ShowRecord(object: "company", id: id, fields: ["id"], withLines: false), as: people.owner
                ).version, of: id)
        }
        rows.append(
            try await meter.measure("update", "change a company's grade", operations: operations) { number in
                let id = firm.id(.company, Dice.pick(firm.companies, 70, number))
                let change = Draft(["grade": .text(["A", "B"][number % 2]), "city": .text("City \(number)")])
                _ = try await kernel.perform(
                    Command(.update(object: "company", id: id, change, expecting: versions.next(of: id))),
                    as: people.owner)
            })
        rows.append(
            try await meter.measure("quotation_20", "create a quotation of 20 lines", operations: operations / 5) {
                number in
                let company = firm.id(.company, Dice.pick(firm.companies, 71, number))
                let draft = firm.quotationDraft(company: company, paymentTerm: term, lines: 20, key: number)
                _ = try await kernel.perform(Command(.create(object: "quotation", draft)), as: people.owner)
            })
        rows.append(
            try await meter.measure(
                "order_20", "create an order of 20 lines and pass its review", operations: operations / 5
            ) { number in
                let key = Dice.pick(max(firm.companies / 100, 1), 72, number) * 100
                let made = try await kernel.perform(
                    Command(.create(object: "order", firm.orderDraft(key, number % 6))), as: people.owner)
                guard let record = made.record else { throw House.Failure.text("the order made is out of sight") }
                _ = try await kernel.perform(
                    Command(
                        .act(object: "order", id: record.id, action: "pass_review", Draft(), expecting: record.version)),
                    as: people.owner)
            })
        return rows + (try await relaying(people))
    }

    /// Hands the baton of orders to and fro between two people: the run, its clock's timers, an event and a notice in one
    /// commit each.
    private func relaying(_ people: People) async throws -> [Measurement] {
        let kernel = kernel
        func board(_ person: Actor) async throws -> RelaySheet {
            try await kernel.answer(
                RelayBoard(process: "inquiry_to_cash", object: "order", limit: 500), as: person)
        }
        // A baton goes only to who sees the record: orders that both of the two see.
        let runs = try await board(people.manager).rows.compactMap { $0.now?.run }
        let all = try await board(people.owner).rows.count
        guard !runs.isEmpty, let one = people.owner.userID, let other = people.manager.userID else { return [] }
        let house = Actor.system("bench")
        @Sendable func pass(_ number: Int) async throws {
            // Each run goes to the other of the two, round after round.
            let to = (number / runs.count) % 2 == 0 ? one : other
            _ = try await kernel.perform(Command(.relay(.pass(leg: runs[number % runs.count], to: to))), as: house)
        }
        for run in runs {
            do {
                _ = try await kernel.perform(Command(.relay(.pass(leg: run, to: other))), as: house)
            } catch let refusal as Rejection where refusal.code == "holds_already" {
                // It begins where the first round wants it.
            }
        }
        // The second row goes on where the first one ended.
        let done = operations + Meter.warming(operations)
        return [
            try await meter.measure(
                "relay", "hand the baton of an order to somebody else", operations: operations
            ) { try await pass($0) },
            try await meter.measure(
                "relay_32", "hand the baton on, 32 at once", operations: operations * 2, atOnce: 32
            ) { try await pass($0 + done) },
            try await meter.measure(
                "relay_board", "the relay board of \(all) orders", operations: max(20, operations / 20)
            ) { _ in
                _ = try await kernel.answer(
                    RelayBoard(process: "inquiry_to_cash", object: "order", limit: 200), as: people.owner)
            },
        ]
    }

    // MARK: Import

    /// Writes a workbook of companies and imports it, with two relations and the check for duplicates.
    func importing(rows: Int) async throws -> [(String, String)] {
        let path = settings["data"] + "/import.xlsx"
        let written = ContinuousClock.now
        try writeWorkbook(path, rows: rows)
        Self.say("  workbook of \(rows) rows in \(ResultTable.number((ContinuousClock.now - written).seconds)) s")
        var request = ImportRequest(object: "company", path: path, name: "import.xlsx")
        request.mapping = Dictionary(uniqueKeysWithValues: Self.headings.map { ($0.heading, $0.field) })
        let cpu = ProcessorTime.now
        let start = ContinuousClock.now
        do {
            let outcome = try await kernel.perform(
                Command(.importing(.run(request))), as: .system("bench", origin: .importing))
            let seconds = (ContinuousClock.now - start).seconds
            let report = outcome.report ?? ImportReport()
            let text =
                "\(report.rows) rows × \(Self.headings.count): \(report.created) created, \(report.flagged) flagged in "
                + "\(ResultTable.number(seconds)) s, \(ResultTable.number((ProcessorTime.now - cpu) / 1000)) CPU s"
            Self.say("  import: " + text)
            return [("import of a workbook, checked, two relations", text)]
        } catch let rejection as Rejection {
            return [("import of a workbook", "refused: \(rejection.code)")]
        }
    }

    private static let headings: [(heading: String, field: String)] = [
        ("Company", "name_en"), ("Chinese name", "name_zh"), ("Short name", "short_name"), ("Roles", "roles"),
        ("Country", "country"), ("City", "city"), ("Address", "address"), ("Website", "website"), ("Tax ID", "tax_id"),
        ("Currency", "currency"), ("Payment term", "payment_term"), ("Merchandiser", "merchandiser"),
    ]

    private func writeWorkbook(_ path: String, rows: Int) throws {
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        let writer = try WorkbookWriter(
            path: path, sheetName: "Companies",
            columns: Self.headings.map { TableColumn(title: $0.heading, kind: .text) })
        let run = String(Int(Date().timeIntervalSince1970), radix: 36)
        let terms = ["TT30_70COPY", "TT100ADV", "LC_SIGHT", "OA_30"]
        for row in 0..<rows {
            let key = 900_000_000 + row
            let name = firm.companyName(key)
            let place = FirmWords.places[row % FirmWords.places.count]
            let cells = [
                "\(name.en) \(run)", name.zh, "\(run)-\(row)", "customer", place.2, place.0, "\(row) Dock Street",
                "https://i\(run)\(row).example", "I\(run)\(row)", "USD", terms[row % terms.count],
                "bench-sales-\(row % Firm.sellers)",
            ]
            try writer.append(cells.map { .text($0) })
        }
        try writer.finish()
    }
}

/// The versions that the author of measured edits has seen.
private final class SeenVersions: Sendable {
    private let versions = Mutex<[RecordID: Int]>([:])

    func put(_ version: Int, of id: RecordID) { versions.withLock { $0[id] = version } }

    /// The version seen; the edit makes the next one.
    func next(of id: RecordID) -> Int? {
        versions.withLock { versions in
            guard let version = versions[id] else { return nil }
            versions[id] = version + 1
            return version
        }
    }
}
