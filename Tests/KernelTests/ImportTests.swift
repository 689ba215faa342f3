import Definitions
import Foundation
import Kernel
import Testing
import Values

@Suite("Importing records")
struct ImportTests {
    static let customers = """
        CustomerID,CompanyName,ContactName,ContactTitle,Address,City,Region,PostalCode,Country,Phone
        NORDL,Nordlicht GmbH,Ute Brandt,Buyer,Hafenstr. 3,Bremen,NULL,28195,DE,0421-555 010
        LUMEX,Lumex, Inc.,Ed Stone,Owner,5 Pier Rd,Boston,MA,02101,US,617-555-0142
        PHARE,Le Phare SARL,Anne Roy,Buyer,2 quai Sud,Brest,NULL,29200,FR,02 55 50 11 22

        """

    @Test("A row with shifted cells is flagged with its line; the others come in with their contacts")
    func shiftedRows() async throws {
        let house = try await TestHouse.open()
        let report = try await house.bring(Self.customers, to: "company")
        #expect(report.tally == "3 rows: 2 created, 0 updated, 0 unchanged, 1 flagged")
        #expect(report.places == ["3:0 shifted_row"])
        let companies = try await house.rows(of: "company", ["code", "name_en", "country", "roles", "postcode"])
        #expect(Set(companies.map { $0["code"].text }) == ["NORDL", "PHARE"])
        #expect(companies.allSatisfy { $0["roles"] == .list([.text("customer")]) })
        let contacts = try await house.rows(of: "contact", ["name", "title", "phone", "company.code"])
        #expect(Set(contacts.map { $0["company.code"].text }) == ["NORDL", "PHARE"])
        await house.end()
    }

    @Test("The same file twice creates nothing twice")
    func twice() async throws {
        let house = try await TestHouse.open()
        _ = try await house.bring(Self.customers, to: "company")
        let again = try await house.bring(Self.customers, to: "company")
        #expect(again.tally == "3 rows: 0 created, 0 updated, 0 unchanged, 3 flagged")
        #expect(again.places == ["2:0 duplicate", "3:0 shifted_row", "4:0 duplicate"])
        await house.end()
    }

    @Test("A rehearsal decides everything and writes nothing")
    func dryRun() async throws {
        let house = try await TestHouse.open()
        let report = try await house.bring(Self.customers, to: "company") { $0.dryRun = true }
        #expect(report.tally == "3 rows: 2 created, 0 updated, 0 unchanged, 1 flagged")
        #expect(report.batch == nil)
        #expect(try await house.rows(of: "company", ["code"]).isEmpty)
        await house.end()
    }

    @Test("What can be read in two ways is flagged with line and column unless the reading is declared")
    func neverGuessed() async throws {
        let house = try await TestHouse.open()
        let text = """
            name_en,country,credit_limit,protected_until
            Alpha Ltd,GB,"1,234",2026-11-30
            Beta Ltd,Atlantis,10,2026-11-30
            Gamma Ltd,DE,10,03/04/2026
            Delta Ltd,DE,"1,234.50",2026-11-30

            """
        let report = try await house.bring(text, to: "company")
        #expect(report.places == ["2:3 ambiguous_number", "3:2 unknown_code", "4:4 ambiguous_date"])
        #expect(report.created == 1)
        let declared = try await house.bring(text, to: "company") {
            $0.decimalComma = false
            $0.dayFirst = true
        }
        #expect(declared.places == ["3:2 unknown_code", "5:0 duplicate"])
        let gamma = try await house.rows(of: "company", ["protected_until"], filter: "name_en = \"Gamma Ltd\"")
        #expect(gamma.first?["protected_until"].day?.description == "2026-04-03")
        await house.end()
    }

    @Test("A row without a name or a number makes no record")
    func nameless() async throws {
        let house = try await TestHouse.open()
        let report = try await house.bring("name_en,country,city\n,DE,Kiel\nOstwind AG,DE,Kiel\n", to: "company")
        #expect(report.places == ["2:0 nameless"])
        let refusal = try await refused { try await house.bring("country,city\nDE,Kiel\n", to: "company") }
        #expect(refusal.code == "no_name_column")
        await house.end()
    }

    @Test("A company is the same by its name without legal form, in the file and in the house")
    func sameCompany() async throws {
        let house = try await TestHouse.open()
        _ = try await house.bring("name_en,country\nNordlicht GmbH,DE\n", to: "company")
        let text = "name_en,country,city\nNORDLICHT,DE,Bremen\nOstwind AG,DE,Kiel\nOstwind,DE,Rostock\n"
        let flagged = try await house.bring(text, to: "company") { $0.dryRun = true }
        #expect(flagged.places.map { $0.split(separator: " ").last } == ["duplicate", "duplicate_in_file"])
        let updated = try await house.bring(text, to: "company") { $0.onDuplicate = .update }
        #expect(updated.tally == "3 rows: 1 created, 2 updated, 0 unchanged, 0 flagged")
        let cities = try await house.rows(of: "company", ["city"])
        #expect(Set(cities.map { $0["city"].text }) == ["Bremen", "Rostock"])
        let again = try await house.bring("name_en,city\nOstwind,Rostock\n", to: "company") { $0.onDuplicate = .update }
        #expect(again.tally == "1 rows: 0 created, 0 updated, 1 unchanged, 0 flagged")
        await house.end()
    }

    @Test("Undoing takes back what was made and changed, but nothing that somebody changed since")
    func undo() async throws {
        let house = try await TestHouse.open()
        _ = try await house.bring("name_en,country,city\nNordlicht GmbH,DE,Bremen\n", to: "company")
        let text = "name_en,country,city\nNordlicht GmbH,DE,Kiel\nOstwind AG,DE,Rostock\nWestwind AG,DE,Emden\n"
        let report = try await house.bring(text, to: "company") { $0.onDuplicate = .update }
        #expect(report.tally == "3 rows: 2 created, 1 updated, 0 unchanged, 0 flagged")
        let east = try #require(try await house.rows(of: "company", ["city"], filter: "name_en = \"Ostwind AG\"").first)
        _ = try await house.kernel.perform(
            Command(.update(object: "company", id: east.id, Draft(["city": .text("Wismar")]), expecting: 1)),
            as: .system("test"))
        let undone = try await house.undo(report.batch)
        #expect(undone.places == ["3:0 changed_since"])
        let left = try await house.rows(of: "company", ["city"])
        #expect(Set(left.map { $0["city"].text }) == ["Bremen", "Wismar"])
        let refusal = try await refused { try await house.undo(report.batch) }
        #expect(refusal.code == "already_undone")
        await house.end()
    }

    @Test("The company's own mapping is remembered; a field that isn't there is refused")
    func mapping() async throws {
        let house = try await TestHouse.open()
        let text = "Kunde,Land\nNordlicht GmbH,DE\n"
        let unknown = try await refused { try await house.bring(text, to: "company") }
        #expect(unknown.code == "no_known_column")
        let wrong = try await refused {
            try await house.bring(text, to: "company") { $0.mapping = ["Kunde": "no_such_field"] }
        }
        #expect(wrong.code == "bad_mapping")
        _ = try await house.bring(text, to: "company") {
            $0.mapping = ["Kunde": "name_en", "Land": "country", "=roles": "supplier"]
        }
        let later = try await house.bring("Kunde,Land\nOstwind AG,DE\n", to: "company")
        #expect(later.created == 1)
        let roles = try await house.rows(of: "company", ["roles"], filter: "HAS(roles, \"supplier\")")
        #expect(roles.count == 1)
        await house.end()
    }

    @Test("A salesperson imports own customers; the owner may come from a column; who may not import is refused")
    func rights() async throws {
        let house = try await TestHouse.open()
        let lin = try await house.actor("lin")
        let text =
            "name_en,country,owner,Contact\nNordlicht GmbH,DE,,Ute\nOstwind AG,DE,WANG,Jan\nSüdwind AG,DE,nobody,Eva\n"
        let report = try await house.bring(text, to: "company", as: lin)
        #expect(report.places == ["4:3 not_found"])
        #expect(report.tally == "3 rows: 2 created, 0 updated, 0 unchanged, 1 flagged")
        let owners = try await house.rows(of: "company", ["owner", "department"])
        #expect(Set(owners.map { $0["owner"].record }) == [Staff.id("lin"), Staff.id("wang")])
        #expect(try await house.rows(of: "contact", ["name"]).count == 2)
        let qin = try await house.actor("qin")
        let refusal = try await refused { try await house.bring(text, to: "company", as: qin) }
        #expect(refusal.kind == .forbidden || refusal.kind == .missing)
        await house.end()
    }

    @Test("A file that breaks off is refused as a whole, with the line")
    func brokenFile() async throws {
        let house = try await TestHouse.open()
        let refusal = try await refused {
            try await house.bring("name_en,country\nNordlicht GmbH,DE\n\"Ostwind,DE\n", to: "company")
        }
        #expect(refusal.code == "unclosed_quote")
        #expect(refusal.message.en.contains("3"))
        #expect(try await house.rows(of: "company", ["city"]).isEmpty)
        await house.end()
    }
}
