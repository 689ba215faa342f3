import Foundation
import Kernel
import Store
import Testing
import Values

@Suite("Imports that the house does by itself")
struct ImportJobsTests {
    /// Like a shop's customer list: a shifted row, one without a name, one that is there twice.
    static let customers = """
        Company,Country,City
        Nordlicht GmbH,DE,Bremen
        Ostwind, AG,DE,Kiel
        ,DE,Emden
        Nordlicht,DE,Bremen
        Westwind AG,DE,-Husum

        """

    @Test("A started file waits, is brought in, and hands back the rows that were not, with the reasons")
    func wholeWay() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        let batch = try await house.start(Self.customers, as: ada)
        #expect(try await house.progress(batch, as: ada).phase == .waiting)
        #expect(try await house.rows(of: "company", ["city"]).isEmpty)
        await house.kernel.workOffImports()
        let state = try await house.progress(batch, as: ada)
        #expect(state.phase == .done)
        #expect(state.report.tally == "5 rows: 2 created, 0 updated, 0 unchanged, 3 flagged")
        #expect(state.total == 5)
        #expect(state.report.places == ["3:0 shifted_row", "4:0 nameless", "5:1 duplicate_in_file"])
        let rows = try #require(try await house.kernel.answer(FlaggedRows(batch: batch), as: ada)).rows
        #expect(rows.map(\.line) == [3, 4, 5])
        #expect(rows.first?.cells == ["Ostwind", " AG", "DE", "Kiel"])
        let lin = try await house.actor("lin")
        #expect(try await house.kernel.answer(ImportProgress(batch: batch), as: lin) == nil)
        #expect(try await house.kernel.answer(FlaggedRows(batch: batch), as: lin) == nil)
        await house.end()
    }

    @Test("What is only checked writes nothing until somebody says so, and may then update what is there")
    func checkedFirst() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        _ = try await house.bring("name_en,country,city\nWestwind AG,DE,Leer\n", to: "company")
        let batch = try await house.start(Self.customers, as: ada) { $0.dryRun = true }
        await house.kernel.workOffImports()
        let checked = try await house.progress(batch, as: ada)
        #expect(checked.phase == .checked)
        #expect(checked.report.tally == "5 rows: 1 created, 0 updated, 0 unchanged, 4 flagged")
        #expect(try await house.rows(of: "company", ["city"]).count == 1)
        _ = try await house.steer(.begin(batch: batch, onDuplicate: .update), as: ada)
        await house.kernel.workOffImports()
        let done = try await house.progress(batch, as: ada)
        #expect(done.phase == .done)
        #expect(done.report.tally == "5 rows: 1 created, 2 updated, 0 unchanged, 2 flagged")
        await house.end()
    }

    @Test("Rows put right are checked with the rest of the file, and again after the run come in alone")
    func putRight() async throws {
        let house = try await TestHouse.open()
        let (ada, lin) = (try await house.actor("ada"), try await house.actor("lin"))
        let batch = try await house.start(Self.customers, as: ada) { $0.dryRun = true }
        await house.kernel.workOffImports()
        #expect(try await house.progress(batch, as: ada).report.flagged == 3)
        await #expect(throws: Rejection.self) {
            try await house.steer(.mend(batch: batch, rows: [3: ["X", "DE", "Y"]]), as: lin)
        }
        _ = try await house.steer(.mend(batch: batch, rows: [3: ["Ostwind, AG", "DE", "Kiel"]]), as: ada)
        await house.kernel.workOffImports()
        let again = try await house.progress(batch, as: ada)
        #expect(again.phase == .checked && again.report.places == ["4:0 nameless", "5:1 duplicate_in_file"])
        _ = try await house.steer(.begin(batch: batch, onDuplicate: .flag), as: ada)
        await house.kernel.workOffImports()
        #expect(try await house.progress(batch, as: ada).report.created == 3)
        let rest = try await house.steer(.mend(batch: batch, rows: [4: ["Südwind AG", "DE", "Emden"]]), as: ada)
        let second = try #require(rest.report?.batch)
        #expect(second != batch)
        await house.kernel.workOffImports()
        let done = try await house.progress(second, as: ada)
        #expect(done.phase == .done)
        #expect(done.report.tally == "1 rows: 1 created, 0 updated, 0 unchanged, 0 flagged")
        let cities = try await house.rows(of: "company", ["city"])
        #expect(cities.count == 4)
        await house.end()
    }

    @Test("Rows held back are read by pages without the file; what is put right on each is kept until all go together")
    func mendedByPages() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        let text = "Company,Country,City\n" + (1...70).map { "Firma \($0),Atlantis,Ort \($0)\n" }.joined()
        let batch = try await house.start(text, as: ada) { $0.dryRun = true }
        await house.kernel.workOffImports()
        #expect(try await house.progress(batch, as: ada).report.flagged == 70)
        let second = try await house.kernel.answer(FlaggedRows(batch: batch, skip: 30, most: 30), as: ada)
        #expect(second?.headings == ["Company", "Country", "City"])
        #expect(second?.rows.map(\.line) == Array(32...61))
        #expect(second?.rows.first?.cells == ["Firma 31", "Atlantis", "Ort 31"])
        _ = try await house.steer(.keepMended(batch: batch, rows: [2: ["Firma 1", "DE", "Ort 1"]]), as: ada)
        let first = try await house.kernel.answer(FlaggedRows(batch: batch, most: 2), as: ada)
        #expect(first?.rows.map(\.isMended) == [true, false])
        #expect(first?.rows.first?.cells == ["Firma 1", "DE", "Ort 1"])
        _ = try await house.steer(.mend(batch: batch, rows: [40: ["Firma 39", "FR", "Ort 39"]]), as: ada)
        await house.kernel.workOffImports()
        let checked = try await house.progress(batch, as: ada)
        #expect(checked.phase == .checked && checked.report.created == 2 && checked.report.flagged == 68)
        await house.end()
    }

    @Test("A stopped import goes on where it was and makes nothing twice; taken back, nothing is left")
    func stopAndGoOn() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        let text =
            "InvoiceNo,InvoiceDate,StockCode,Quantity,UnitPrice\n"
            + (0..<2400).map { "7\($0 / 2 % 400),2026-03-02,L-\($0),1,2.50\n" }.joined()
        let batch = try await house.start(text, to: "order", as: ada)
        let before = try await house.rows(of: "order", ["no"]).count
        async let working: Void = house.kernel.workOffImports()
        while try await house.progress(batch, as: ada).rows == 0 { await Task.yield() }
        _ = try await house.steer(.cancel(batch: batch), as: ada)
        await working
        let stopped = try await house.progress(batch, as: ada)
        #expect(stopped.phase == .stopped)
        #expect(stopped.rows > 0 && stopped.rows < 2400)
        _ = try await house.steer(.resume(batch: batch), as: ada)
        await house.kernel.workOffImports()
        let done = try await house.progress(batch, as: ada)
        #expect(done.phase == .done)
        #expect(done.report.tally == "2400 rows: 800 created, 1600 updated, 0 unchanged, 0 flagged")
        #expect(try await house.rows(of: "order", ["no"]).count == before + 400)
        _ = try await house.steer(.takeBack(batch: batch), as: ada)
        await house.kernel.workOffImports()
        let undone = try await house.progress(batch, as: ada)
        #expect(undone.phase == .undone)
        #expect(undone.undone.left == 0)
        #expect(try await house.rows(of: "order", ["no"]).count == before)
        await house.end()
    }

    @Test("A batch that a dead server left is set aside and goes on when its owner says so")
    func afterACrash() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        let batch = try await house.start(Self.customers, as: ada)
        try await house.database.write { connection in
            guard var known = try ImportBatches(connection).batch(batch) else { return }
            known.state = "running"
            try ImportBatches(connection).put(known)
        }
        let working = Task { await house.kernel.workOnImports() }
        while try await house.progress(batch, as: ada).phase == .running { await Task.yield() }
        #expect(try await house.progress(batch, as: ada).phase == .stopped)
        _ = try await house.steer(.resume(batch: batch), as: ada)
        while try await house.progress(batch, as: ada).phase != .done { await Task.yield() }
        working.cancel()
        await working.value
        #expect(try await house.rows(of: "company", ["city"]).count == 2)
        await house.end()
    }

    @Test("Rights are read when the house gets to it: who has lost them brings nothing in")
    func rightsLost() async throws {
        let house = try await TestHouse.open()
        let lin = try await house.actor("lin")
        let batch = try await house.start(Self.customers, as: lin)
        _ = try await house.kernel.perform(
            Command(
                .update(
                    object: "user", id: Staff.id("lin"), Draft(["roles": .list([.text("qc")])]), expecting: nil)),
            as: .system("test"))
        await house.kernel.workOffImports()
        let state = try await house.progress(batch, as: lin)
        #expect(state.phase == .failed)
        #expect(state.failure != nil)
        #expect(try await house.rows(of: "company", ["city"]).isEmpty)
        await house.end()
    }

    @Test("What the columns meant is remembered for exactly these headings, unnamed and twofold ones included")
    func headingSets() async throws {
        let house = try await TestHouse.open()
        let mapping = ["#1": "name_en", "#2": "city", "#3": "country"]
        let text = "Name,Name,,Fax\nNordlicht GmbH,Bremen,DE,1\n"
        let first = try await house.bring(text, to: "company") { $0.mapping = mapping }
        #expect(first.columns.map(\.field) == ["name_en", "city", "country", nil])
        let again = try await house.bring("Name,Name,,Fax\nOstwind AG,Kiel,DE,2\n", to: "company")
        #expect(again.columns.map(\.field) == ["name_en", "city", "country", nil])
        #expect(again.columns.prefix(3).allSatisfy { $0.origin == .remembered })
        let other = try await house.bring("Name,Company\nUte,Westwind AG\n", to: "company")
        #expect(other.columns.map(\.field) == ["contact.name", "name_en"])
        let refusal = try await refused {
            try await house.bring(text, to: "company") { $0.mapping = ["#1": "name_en", "#2": "name_en"] }
        }
        #expect(refusal.problems.map(\.code) == ["two_columns"])
        await house.end()
    }

    @Test("An encoding can be named; a cell that an export has guarded is read as it was")
    func encodings() async throws {
        let house = try await TestHouse.open()
        let refusal = try await refused {
            try await house.bring("name_en\nNordlicht\n", to: "company") { $0.encoding = "klingon" }
        }
        #expect(refusal.problems.first?.code == "unknown_encoding")
        _ = try await house.bring("name_en,address\nNordlicht GmbH,'+49 Allee 3\n", to: "company") {
            $0.encoding = "UTF-8"
        }
        #expect(try await house.rows(of: "company", ["address"]).first?["address"].text == "+49 Allee 3")
        await house.end()
    }
}

extension TestHouse {
    func start(
        _ text: String, to object: String = "company", as actor: Actor,
        _ change: (inout ImportRequest) -> Void = { _ in }
    ) async throws -> RecordID {
        let path = folder + "/" + UUID().uuidString + ".csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        var request = ImportRequest(object: object, path: path, name: "table.csv")
        change(&request)
        return try #require(try await steer(.start(request), as: actor).report?.batch)
    }

    func steer(_ step: ImportCommand, as actor: Actor) async throws -> Outcome {
        try await kernel.perform(Command(.importing(step)), as: actor)
    }

    func progress(_ batch: RecordID, as actor: Actor) async throws -> ImportProgress.State {
        try #require(try await kernel.answer(ImportProgress(batch: batch), as: actor))
    }
}
