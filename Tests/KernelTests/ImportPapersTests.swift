import Foundation
import Kernel
import Testing
import Values

@Suite("Importing papers whose rows are lines")
struct ImportPapersTests {
    /// In the manner of a shop's export: a cancellation, a customer without a number, an unspecified country.
    static let invoices = """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        70001,L-10,TABLE LAMP,6,2026-03-02 08:26:00,2.55,901,DE
        70001,L-20,WALL LAMP,4,2026-03-02 08:26:00,10.10,901,DE
        70002,L-10,TABLE LAMP,1,2026-03-02 09:01:00,5.00,,GB
        C70003,L-20,WALL LAMP,-2,2026-03-02 09:40:00,10.10,901,DE
        70004,L-30,,12,2026-03-02 10:12:00,0.85,902,Unspecified

        """

    @Test("Rows with one number make one order; cancellations become credits and the sum is that of all rows")
    func orders() async throws {
        let house = try await TestHouse.open()
        let report = try await house.bring(Self.invoices, to: "order")
        #expect(report.tally == "5 rows: 5 created, 0 updated, 0 unchanged, 0 flagged")
        let orders = try await house.rows(of: "order", ["no", "amount", "credit", "company.code", "company.country"])
        #expect(orders.count == 4)
        var sum = ExactDecimal(0)
        for order in orders { sum = try sum + (order["amount"].decimal ?? ExactDecimal(0)) }
        #expect(sum.shortest == "50.7")  // 15.30 + 40.40 + 5.00 − 20.20 + 10.20
        #expect(orders.filter { $0["credit"] == .bool(true) }.map { $0["no"].text } == ["C70003"])
        #expect(orders.filter { $0["company.code"].isNull }.map { $0["no"].text } == ["70002"])
        #expect(try await house.rows(of: "company", ["code"]).count == 2)
        #expect(report.warnings.contains { $0.line == 4 && $0.problem.field == "company" })
        await house.end()
    }

    @Test("One bad line holds its whole order back, and nothing else")
    func badLine() async throws {
        let house = try await TestHouse.open()
        let text = Self.invoices.replacing("70001,L-20,WALL LAMP,4", with: "70001,L-20,WALL LAMP,-4")
        let report = try await house.bring(text, to: "order")
        #expect(report.tally == "5 rows: 3 created, 0 updated, 0 unchanged, 2 flagged")
        #expect(report.places.sorted() == ["2:0 held_back", "3:4 check_qty_positive"])
        await house.end()
    }

    @Test(
        "Lines from a second file go to the orders of the first, never to none; undoing leaves the orders bare"
    )
    func detailsAfterHeads() async throws {
        let house = try await TestHouse.open()
        _ = try await house.bring("code,name_en,country\nNORDL,Nordlicht GmbH,DE\n", to: "company")
        let heads = try await house.bring(
            "OrderID,CustomerID,OrderDate\n10248,NORDL,1996-07-04 00:00:00.000\n10249,NIXDA,1996-07-05\n", to: "order")
        #expect(heads.places == ["3:2 not_found"])
        let details = "OrderID,ProductID,UnitPrice,Quantity\n10248,11,14.00,12\n10248,42,9.80,10\n10250,7,1.00,1\n"
        let lines = try await house.bring(details, to: "order")
        #expect(lines.tally == "3 rows: 0 created, 2 updated, 0 unchanged, 1 flagged")
        #expect(lines.places == ["4:1 no_document"])
        let found = try await house.rows(of: "order", ["amount", "company.code"], filter: "no = \"10248\"")
        let order = try #require(found.first)
        #expect(order.number("amount") == "266")
        #expect(order["company.code"].text == "NORDL")
        let again = try await house.bring(details + "10251,7,1.00,1\n", to: "order")
        #expect(again.tally == "4 rows: 0 created, 0 updated, 0 unchanged, 4 flagged")
        _ = try await house.undo(lines.batch)
        #expect(try await house.show("order", order.id).lines["lines"]?.isEmpty == true)
        await house.end()
    }

    @Test("A line names a product by its number and links to it")
    func products() async throws {
        let house = try await TestHouse.open()
        _ = try await house.bring("sku,name_en,name_zh\nL-10,Table lamp,台灯\n", to: "product")
        _ = try await house.bring(Self.invoices, to: "order")
        let order = try #require(try await house.rows(of: "order", ["no"], filter: "no = \"70001\"").first)
        let lines = try #require(try await house.show("order", order.id).lines["lines"])
        #expect(lines.map { $0["product"].isNull } == [false, true])
        #expect(lines.map { $0["sku"].text } == ["L-10", "L-20"])
        await house.end()
    }

    @Test("The preview shows columns and rows and writes nothing")
    func preview() async throws {
        let house = try await TestHouse.open()
        let path = house.folder + "/preview.csv"
        try Self.invoices.write(toFile: path, atomically: true, encoding: .utf8)
        let report = try await house.kernel.answer(
            PreviewImport(request: ImportRequest(object: "order", path: path, name: "preview.csv")),
            as: .system("test"))
        #expect(report.columns.first { $0.heading == "Quantity" }?.field == "lines.qty")
        #expect(report.sample.count == 6)
        #expect(report.format == "UTF-8 ,")
        #expect(try await house.rows(of: "order", ["no"]).isEmpty)
        await house.end()
    }
}
