import Documents
import Foundation
import Testing
import Values

@Suite("Workbooks")
struct WorkbookReaderTests {
    private func row(_ cells: String) throws -> [TableCell] {
        let bytes = try Fixture.workbook("<sheetData><row r=\"1\">\(cells)</row></sheetData>")
        return try Fixture.rows(bytes).first?.cells ?? []
    }

    @Test("Numbers, truth values, errors and inline texts keep their kind")
    func kinds() throws {
        let cells = try row(
            "<c r=\"A1\"><v>12.5</v></c><c r=\"B1\" t=\"b\"><v>1</v></c><c r=\"C1\" t=\"e\"><v>#N/A</v></c>"
                + "<c r=\"D1\" t=\"inlineStr\"><is><r><t>保</t></r><r><t>温杯</t></r><rPh><t>x</t></rPh></is></c>"
                + "<c r=\"F1\" t=\"str\"><f>A1&amp;\"\"</f><v>text</v></c>")
        #expect(cells == [.number("12.5"), .bool(true), .error("#N/A"), .text("保温杯"), .empty, .text("text")])
    }

    @Test(
        "A number is the shortest decimal that Excel would show",
        arguments: [
            ("0.1", "0.1"), ("0.30000000000000004", "0.3"), ("4794.9999999999991", "4795"),
            ("1.1000000000000001", "1.1"),
            ("1E-3", "0.001"), ("6.02E5", "602000"), ("-0", "0"), ("1234567890123", "1234567890123"),
            ("1e21", "1000000000000000000000"),
            ("007", "7"), ("1.50", "1.50"),
        ])
    func numbers(written: String, expected: String) throws {
        #expect(try row("<c r=\"A1\"><v>\(written)</v></c>") == [.number(expected)])
    }

    @Test("A formula gives its stored value; without one the cell is an error, never a silent blank")
    func formulas() throws {
        let cells = try row("<c r=\"A1\"><f>1+1</f><v>2</v></c><c r=\"B1\"><f>HYPERLINK(\"http://x\")</f></c>")
        #expect(cells == [.number("2"), .error("#FORMULA")])
    }

    @Test("Shared texts are joined from their runs without phonetic guides, and escapes are decoded")
    func sharedStrings() throws {
        let bytes = try Fixture.workbook(
            "<sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>9</v></c></row></sheetData>",
            strings:
                "<si><r><t>东</t></r><r><rPr/><t>京</t></r><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si><si><t>a_x000A_b</t></si>"
        )
        #expect(try Fixture.rows(bytes)[0].cells == [.text("东京"), .text("a\nb"), .error("#STRING")])
    }

    @Test("Dates are told by their format, built-in or custom, in both epochs")
    func dates() throws {
        let styles =
            "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"0.00&quot; kg dry&quot;\"/>"
            + "<numFmt numFmtId=\"166\" formatCode=\"[$-804]d/m/yyyy h:mm\"/></numFmts>"
            + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"20\"/></cellXfs>"
        let sheet =
            "<sheetData><row><c s=\"1\"><v>46348</v></c><c s=\"2\"><v>46348</v></c><c s=\"3\"><v>46348</v></c>"
            + "<c s=\"4\"><v>46348.351388888892</v></c><c s=\"5\"><v>0.35138888888888886</v></c><c t=\"d\"><v>2026-11-22T08:26:00</v></c></row></sheetData>"
        let day = Sample.day
        let expected: [TableCell] = [
            .date(day), .date(day), .number("46348"), .dateTime(day, secondOfDay: 30_360), .text("08:26:00"),
            .dateTime(day, secondOfDay: 30_360),
        ]
        #expect(try Fixture.rows(try Fixture.workbook(sheet, styles: styles))[0].cells == expected)
        let old = try Fixture.workbook(
            "<sheetData><row><c s=\"1\"><v>44886</v></c></row></sheetData>", styles: styles,
            workbook: "<workbookPr date1904=\"1\"/>")
        #expect(try Fixture.rows(old)[0].cells == [.date(day)])
    }

    @Test("Merged cells count for every row below them, and only downwards")
    func mergedCells() throws {
        let sheet =
            "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Price list</v></c></row>"
            + "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>Cups</v></c><c r=\"B2\"><v>1</v></c></row><row r=\"3\"><c r=\"B3\"><v>2</v></c></row>"
            + "<row r=\"4\"><c r=\"A4\" t=\"str\"><v>Pots</v></c><c r=\"B4\"><v>3</v></c></row></sheetData>"
            + "<mergeCells count=\"2\"><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:A3\"/></mergeCells>"
        let rows = try Fixture.rows(try Fixture.workbook(sheet))
        #expect(rows[0].cells == [.text("Price list")])
        #expect(rows[2].cells == [.text("Cups"), .number("2")])
        #expect(rows[2].marks == [.mergedValue])
        #expect(rows[3].cells == [.text("Pots"), .number("3")])
    }

    @Test("Prefixed names and cells without references are understood")
    func prefixes() throws {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let sheet =
            "<x:worksheet xmlns:x=\"\(main)\"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let bytes = try Fixture.zip([
            (
                "xl/workbook.xml",
                Array(
                    "<x:workbook xmlns:x=\"\(main)\" xmlns:r=\"\(office)\"><x:sheets><x:sheet name=\"产品 目录\" r:id=\"a\"/></x:sheets></x:workbook>"
                        .utf8)
            ),
            (
                "xl/_rels/workbook.xml.rels",
                Array(
                    "<Relationships><Relationship Id=\"a\" Type=\"\(office)/worksheet\" Target=\"worksheets/x.xml\"/></Relationships>"
                        .utf8)
            ),
            ("xl/worksheets/x.xml", Array(sheet.utf8)),
        ])
        #expect(try Fixture.rows(bytes)[0].cells == [.number("1"), .number("2")])
        #expect(try TableSource.open(bytes: bytes).facts.sheets == ["产品 目录"])
        #expect(Fixture.error(bytes, TableOptions(sheet: "other")) == .sheetMissing("other"))
    }

    @Test("Declared sizes cost nothing: a sheet of 16,384 columns and a million rows with one cell is one cell")
    func declaredSize() throws {
        let sheet =
            "<dimension ref=\"A1:XFD10000000\"/><cols><col min=\"1\" max=\"16384\" width=\"9\"/></cols>"
            + "<sheetData><row r=\"9999999\" spans=\"1:16384\"><c r=\"A9999999\"><v>1</v></c><c r=\"XFD9999999\" s=\"1\"/></row></sheetData>"
        let rows = try Fixture.rows(try Fixture.workbook(sheet))
        #expect(rows == [TableRow(line: 9_999_999, cells: [.number("1")])])
    }

    @Test("A value beyond the last allowed column is refused")
    func tooWide() throws {
        let sheet = "<sheetData><row r=\"7\"><c r=\"XFD7\"><v>1</v></c></row></sheetData>"
        #expect(Fixture.error(try Fixture.workbook(sheet)) == .tooManyCells(line: 7))
    }
}
