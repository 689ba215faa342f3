import Documents
import Testing

@Suite("Hostile workbooks")
struct HostileWorkbookTests {
    private static let row = "<sheetData><row><c><v>1</v></c></row></sheetData>"

    @Test("A part that unpacks to a thousand times its size is refused")
    func bombByRatio() throws {
        let blank = [UInt8](repeating: 0x20, count: 40 << 20)
        let sheet = "<sheetData>" + String(decoding: blank, as: UTF8.self) + "</sheetData>"
        #expect(Fixture.error(try Fixture.workbook(sheet)) == .unpackedSize)
    }

    @Test("An archive that declares more than the limit is refused before it is unpacked")
    func bombByDirectory() throws {
        var options = TableOptions()
        options.limits.unpackedBytes = 1 << 20
        let more = [(name: "xl/media/a.bin", content: [UInt8](repeating: 0, count: 2 << 20))]
        #expect(Fixture.error(try Fixture.workbook(Self.row, more: more), options) == .unpackedSize)
    }

    @Test("Nested archives are never opened")
    func nested() throws {
        let inner = try Fixture.zip([("x", [UInt8](repeating: 0, count: 1 << 20))])
        let rows = try Fixture.rows(try Fixture.workbook(Self.row, more: [(name: "xl/inner.zip", content: inner)]))
        #expect(rows.count == 1)
    }

    @Test("More parts than any workbook has are refused")
    func manyEntries() throws {
        let more = (0..<5000).map { (name: "x/\($0)", content: [UInt8]()) }
        #expect(Fixture.error(try Fixture.workbook(Self.row, more: more)) == .tooManyEntries)
    }

    @Test("Declared entities are refused before they are expanded")
    func billionLaughs() throws {
        var entities = "<!ENTITY a0 \"ha\">"
        for level in 1...40 { entities += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);\">" }
        let sheet =
            "<!DOCTYPE worksheet [\(entities)]><worksheet><sheetData><row><c t=\"str\"><v>&a40;</v></c></row></sheetData></worksheet>"
        let bytes = try Self.raw(sheet: sheet)
        #expect(Fixture.error(bytes) == .forbiddenXML(part: "xl/worksheets/sheet1.xml"))
    }

    @Test("External entities are refused and nothing is opened")
    func externalEntity() throws {
        let sheet = "<!DOCTYPE w SYSTEM \"file:///etc/passwd\"><worksheet/>"
        #expect(Fixture.error(try Self.raw(sheet: sheet)) == .forbiddenXML(part: "xl/worksheets/sheet1.xml"))
    }

    @Test("Elements nested 100,000 deep are refused")
    func deepNesting() throws {
        let deep = String(repeating: "<a>", count: 100_000)
        let error = Fixture.error(try Fixture.workbook(deep))
        #expect(error?.code == "broken_xml")
    }

    @Test("A damaged part names itself and its line")
    func damagedPart() throws {
        #expect(
            Fixture.error(try Fixture.workbook("<sheetData>\n<row></sheetData>"))
                == .brokenXML(part: "xl/worksheets/sheet1.xml", line: 2))
    }

    @Test("Half an archive is an error")
    func truncated() throws {
        let bytes = try Fixture.workbook(Self.row)
        #expect(Fixture.error(Array(bytes.prefix(bytes.count / 2)))?.code == "broken_archive")
        #expect(Fixture.error([0x50, 0x4B, 0x03, 0x04])?.code == "broken_archive")
    }

    @Test("An archive without a workbook, or a binary workbook, is no table")
    func otherArchives() throws {
        #expect(Fixture.error(try Fixture.zip([("readme.txt", [0x61])])) == .notATable("zip"))
        #expect(Fixture.error(try Fixture.zip([("xl/workbook.bin", [0x61])])) == .notATable("xlsb"))
        #expect(Fixture.error(try Fixture.zip([("content.xml", [0x61])])) == .notATable("OpenDocument"))
    }

    @Test("Links to other files are dropped, never followed")
    func externalLinks() throws {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let bytes = try Fixture.zip([
            ("xl/workbook.xml", Array("<workbook><sheets><sheet name=\"a\" id=\"r1\"/></sheets></workbook>".utf8)),
            (
                "xl/_rels/workbook.xml.rels",
                Array(
                    "<R><Relationship Id=\"r1\" Type=\"\(office)/worksheet\" Target=\"http://127.0.0.1:9/x\" TargetMode=\"External\"/></R>"
                        .utf8)
            ),
        ])
        #expect(Fixture.error(bytes) == .empty)
    }

    private static func raw(sheet: String) throws -> [UInt8] {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        return try Fixture.zip([
            ("xl/workbook.xml", Array("<workbook><sheets><sheet name=\"a\" id=\"r1\"/></sheets></workbook>".utf8)),
            (
                "xl/_rels/workbook.xml.rels",
                Array(
                    "<R><Relationship Id=\"r1\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet1.xml\"/></R>"
                        .utf8)
            ),
            ("xl/worksheets/sheet1.xml", Array(sheet.utf8)),
        ])
    }
}
