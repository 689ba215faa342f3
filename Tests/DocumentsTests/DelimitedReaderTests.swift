import Documents
import Foundation
import Testing

@Suite("Delimited text")
struct DelimitedReaderTests {
    @Test("LF, CRLF and CR may be mixed, and lines are counted by each of them")
    func mixedLineEnds() throws {
        let rows = try Fixture.rows("a,b\r\n1,2\n3,4\r5,6")
        #expect(rows.map(\.line) == [1, 2, 3, 4])
        #expect(rows[3].cells == [.text("5"), .text("6")])
    }

    @Test("A quoted cell holds delimiters, doubled marks and line breaks, and the next row knows its line")
    func quotedCells() throws {
        let rows = try Fixture.rows("a,\"x, \"\"y\"\"\nz\",c\nnext,1,2\n")
        #expect(rows[0].cells == [.text("a"), .text("x, \"y\"\nz"), .text("c")])
        #expect(rows[0].marks == [.lineBreakInCell])
        #expect(rows[1].line == 3)
    }

    @Test("A quotation that is never closed is an error with the line on which it was opened")
    func unclosedQuote() {
        #expect(Fixture.error(Array("a,b\n1,\"2\n3,4\n5,6\n".utf8)) == .unclosedQuote(line: 2))
        var long = Array("a,b\n1,\"2".utf8)
        long += [UInt8](repeating: 0x78, count: 3 << 20)
        #expect(Fixture.error(long) == .unclosedQuote(line: 2))
    }

    @Test("Stray quotation marks are kept as written and the row is marked")
    func strayQuotes() throws {
        let rows = try Fixture.rows("a,b,c\n5\" pipe,\"x\"y,\"z\"\n")
        #expect(rows[1].cells == [.text("5\" pipe"), .text("xy"), .text("z")])
        #expect(rows[1].marks == [.strayQuote])
    }

    @Test("Blank lines are left out, but rows of empty cells are not")
    func blankLines() throws {
        let rows = try Fixture.rows("a,b\n\n,\n1,2\n\n")
        #expect(rows.map(\.line) == [1, 3, 4])
        #expect(rows[1].isBlank)
    }

    @Test("The delimiter is found among comma, semicolon, tab and bar", arguments: [",", ";", "\t", "|"])
    func delimiterIsFound(delimiter: Character) throws {
        let text =
            ["name", "qty", "note"].joined(separator: String(delimiter)) + "\n"
            + ["Cup", "12", "a b"].joined(separator: String(delimiter))
        let reader = try TableSource.open(bytes: Array(text.utf8))
        #expect(reader.facts.delimiter == delimiter)
    }

    @Test("Decimal commas don't win over semicolons")
    func semicolonsWithDecimalCommas() throws {
        let rows = try Fixture.rows("item;price;weight\nA;1,50;2,25\nB;2,75;3,00\n")
        #expect(rows[1].cells == [.text("A"), .text("1,50"), .text("2,25")])
    }

    @Test("A first line sep=; names the delimiter as Excel does")
    func separatorLine() throws {
        let rows = try Fixture.rows("sep=;\r\na;b,c\r\n1;2\r\n")
        #expect(rows[0].cells == [.text("a"), .text("b,c")])
        #expect(rows[0].line == 2)
    }

    @Test("Titles above the table don't hide its heading")
    func paddingAboveHeading() throws {
        let text = "Price list 2026;;;\n\"\"\n;;;\nItem;Price;MOQ;Note\nA;1;2;x\nB;3;4;y\nC;5;6;\n"
        let rows = try Fixture.rows(text)
        let found = try #require(HeaderRow.detect(in: rows, format: .delimited))
        #expect(found.header.names == ["Item", "Price", "MOQ", "Note"])
        #expect(found.header.line == 4)
    }

    @Test("A row whose cells were shifted by an unquoted comma has more cells than the heading")
    func shiftedRow() throws {
        let rows = try Fixture.rows("id,name,street,city\n1,A,Main 5,Bern\n2,B,2, rue X,Lyon\n3,C,Bern\n")
        let header = HeaderRow(rows[0], format: .delimited)
        #expect(rows.map { header.shape(of: $0) } == [.repeatedHeader, .fits, .long(extra: 1), .short(missing: 1)])
    }

    @Test("A line of 50 MB is refused, not kept")
    func endlessLine() {
        var bytes = Array("a,b\n".utf8)
        bytes += [UInt8](repeating: 0x78, count: 50 << 20)
        #expect(
            Fixture.error(bytes) == .cellTooLong(line: 2, column: 1) || Fixture.error(bytes) == .lineTooLong(line: 2))
        #expect(Fixture.error(bytes)?.line == 2)
    }

    @Test("Cells, columns and rows have limits")
    func limits() {
        let cell = Array("a,b\n1,".utf8) + [UInt8](repeating: 0x78, count: 70 << 10) + [0x0A]
        #expect(Fixture.error(cell) == .cellTooLong(line: 2, column: 2))
        let wide = Array("a,b\n".utf8) + [UInt8](repeating: 0x2C, count: 5000)
        #expect(Fixture.error(wide) == .tooManyCells(line: 2))
        var options = TableOptions()
        options.limits.rows = 3
        #expect(Fixture.error(Array("a\nb\nc\nd\n".utf8), options) == .tooManyRows(line: 4))
    }

    @Test("Cells that run over the end of a chunk are whole")
    func chunkBorders() throws {
        var text = "id,name\n"
        for index in 0..<60_000 { text += "\(index),\"保温杯 \(index), \"\"x\"\"\"\n" }
        let rows = try Fixture.rows(text)
        #expect(rows.count == 60_001)
        #expect(rows.allSatisfy { $0.cells.count == 2 })
        #expect(rows[60_000].cells == [.text("59999"), .text("保温杯 59999, \"x\"")])
    }

    @Test("Files that are no tables are told by their content")
    func foreignFiles() {
        #expect(Fixture.error([]) == .empty)
        #expect(Fixture.error([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]) == .oldWorkbook)
        #expect(Fixture.error(Array("%PDF-1.7".utf8)) == .notATable("PDF"))
        #expect(Fixture.error(Array("\n<html><table>".utf8)) == .notATable("HTML"))
        #expect(TableError.oldWorkbook.message.en.contains(".xlsx"))
    }
}
