import Definitions
import Testing
import Values

@testable import Web

/// The values of a form, as they stand in its controls and as they come back.
@Suite struct FormValuesTests {
    @Test("A control holds the value as people write it")
    func controls() throws {
        let format = pageContext().format
        let fraction = try #require(ExactDecimal("0.1850"))
        let price = try #require(ExactDecimal("0.0625"))
        let at = try #require(Instant("2026-11-24T01:30:00Z"))
        #expect(FormValues.written(.decimal(fraction), as: .percent, format) == "18.5")
        #expect(FormValues.written(.decimal(price), as: .money(.own), format) == "0.0625")
        #expect(FormValues.written(.list([.text("a"), .text("b")]), as: .choices(list: "x"), format) == "a,b")
        #expect(FormValues.written(.instant(at), as: .instant, format) == "2026-11-24T09:30")
    }

    @Test("Cells of line sheets are told apart from fields, within bounds")
    func cells() {
        let cell = FormValues.cell("lines[2].price")
        #expect(cell?.lines == "lines")
        #expect(cell?.place == 2)
        #expect(cell?.field == "price")
        for name in ["price", "lines[].price", "lines[x].price", "lines[2]price", "lines[2].", "lines[2000].price"] {
            #expect(FormValues.cell(name) == nil, "\(name)")
        }
    }
}
