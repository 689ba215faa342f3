import Documents
import Foundation
import Testing
import Values

@Suite("Tables that are written")
struct ExportTests {
    private static let columns = [
        TableColumn(title: "货号 Item", kind: .text), TableColumn(title: "Qty", kind: .number(scale: 0)),
        TableColumn(title: "Price", kind: .number(scale: 4)), TableColumn(title: "Margin", kind: .percent(scale: 1)),
        TableColumn(title: "Due", kind: .day), TableColumn(title: "At", kind: .instant),
        TableColumn(title: "OK", kind: .bool),
    ]

    private static var values: [Value] {
        [
            .text("=HN-1"), .decimal(ExactDecimal(1200)), .decimal(ExactDecimal("3.5125") ?? .zero),
            .decimal(ExactDecimal("0.125") ?? .zero), .day(Sample.day),
            .instant(Instant(day: Sample.day, secondOfDay: 30_360)), .bool(true),
        ]
    }

    @Test("A workbook that was written reads back with the same values")
    func workbookRoundTrip() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("baton-\(UUID().uuidString).xlsx").path
        defer { unlink(path) }
        let writer = try WorkbookWriter(path: path, sheetName: "报价/2026", columns: Self.columns)
        try writer.append(Self.values)
        try writer.append([.text("x"), .null, .decimal(ExactDecimal("12345678901234567.89") ?? .zero)])
        try writer.finish()
        var reader = try TableSource.open(path: path)
        var rows: [TableRow] = []
        while let row = try reader.next() { rows.append(row) }
        #expect(reader.facts.sheets == ["报价2026"])
        #expect(rows[0].cells.map(\.display) == Self.columns.map(\.title))
        let expected: [TableCell] = [
            .text("=HN-1"), .number("1200"), .number("3.5125"), .number("0.125"), .date(Sample.day),
            .dateTime(Sample.day, secondOfDay: 30_360), .bool(true),
        ]
        #expect(rows[1].cells == expected)
        #expect(rows[2].cells == [.text("x"), .empty, .text("12345678901234567.89")])
    }

    @Test("CSV guards texts that would run as formulas, and only texts")
    func formulaGuard() throws {
        var writer = DelimitedWriter(columns: [
            TableColumn(title: "a", kind: .text), TableColumn(title: "b", kind: .number(scale: 0)),
        ])
        for text in ["=1+1", "+86 574", "-x", "@SUM", "\tx", "plain", "a \"b\", c\nd"] {
            writer.append([.text(text), .decimal(ExactDecimal(-5))])
        }
        let rows = try Fixture.texts(writer.bytes)
        #expect(
            rows.dropFirst().map { $0[0] } == ["'=1+1", "'+86 574", "'-x", "'@SUM", "'\tx", "plain", "a \"b\", c\nd"])
        #expect(rows.dropFirst().allSatisfy { $0[1] == "-5" })
        #expect(DelimitedWriter.unguarded("'+86 574") == "+86 574")
        #expect(DelimitedWriter.unguarded("'s") == "'s")
        #expect(writer.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    }
}
