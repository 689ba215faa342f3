import Testing

@testable import Web

@Suite("Rows put right")
struct MendTests {
    @Test("A cell of several lines keeps them, whatever ends a browser sends, and is no change by itself")
    func lines() {
        let mending = ImportPage.Mending(
            postURL: "/mend", headings: ["Name", "Marks"],
            rows: [.init(line: 5, cells: ["Nordlicht", "A\nC/NO. 1-UP"], faulty: [0], reasons: [], isMended: false)],
            page: 1, pages: 1, total: 1, first: 1, isCheck: true)
        let html = written { $0.add(MendSheet(mending: mending)) }
        #expect(html.contains("<input class=\"in\" name=\"c.5.0\"") && html.contains("value=\"Nordlicht\""))
        #expect(html.contains("rows=\"2\">A\nC/NO. 1-UP</textarea>"))
        #expect(ImportBatchPage.mended("A\nB", "A\r\nB") == "A\nB")
        #expect(ImportBatchPage.mended("A\r\nB", "A\r\nB") == "A\r\nB")
        #expect(ImportBatchPage.mended("A\nB", "A\r\nC") == "A\nC")
        #expect(ImportBatchPage.mended("A", nil) == "A")
    }
}
