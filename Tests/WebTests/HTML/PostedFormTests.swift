import Definitions
import Testing
import Values

@testable import Web

@Suite("What a form sends")
struct PostedFormTests {
    @Test("Lines come back by position, spare rows are left out")
    func lines() {
        let form = PostedForm([
            ("company", "c1"), ("lines[1].id", ""), ("lines[1].qty", "5"), ("lines[0].id", "l1"),
            ("lines[0].qty", "800"), ("lines[2].id", ""),
            ("lines[2].qty", ""),
        ])
        #expect(form.text("company") == "c1")
        #expect(form.lines["lines"]?.map(\.id) == ["l1", ""])
        #expect(form.lines["lines"]?.map { $0.fields["qty"] ?? [] } == [["800"], ["5"]])
    }

    @Test("A ticked box wins over its hidden no, unticked choices leave nothing")
    func boxes() {
        let form = PostedForm([
            ("nda", "false"), ("nda", "true"), ("roles", ""), ("roles", "a"), ("roles", "b"), ("old", "false"),
        ])
        #expect(form.text("nda") == "true")
        #expect(form.all("roles") == ["a", "b"])
        #expect(form.text("old") == "false")
    }

    @Test("A name with a wild position is an ordinary name")
    func wildPositions() {
        let form = PostedForm([("lines[99999999].x", "1"), ("lines[-1].x", "1"), ("lines[].x", "1"), ("][.x", "1")])
        #expect(form.lines.isEmpty)
    }

    @Test("A percentage keeps its sign, a local time gets its zone")
    func written() {
        let format = pageContext().format
        #expect(PostedForm.written(" 18.5 ", as: .percent, format: format) == "18.5%")
        #expect(PostedForm.written("18.5%", as: .percent, format: format) == "18.5%")
        #expect(PostedForm.written("2026-11-24T09:30", as: .instant, format: format) == "2026-11-24T01:30:00Z")
        #expect(PostedForm.written("", as: .percent, format: format) == "")
    }

    @Test("A control holds the value as people write it")
    func controls() throws {
        let maker = ControlMaker(format: pageContext().format, lists: [:], titles: [:], currencies: ["USD"])
        #expect(maker.text(.decimal(try #require(ExactDecimal("0.1850"))), .percent) == "18.5")
        #expect(
            maker.text(.decimal(try #require(ExactDecimal("80000.0000"))), .money(.own), currency: "USD") == "80000.00")
        #expect(maker.text(.decimal(try #require(ExactDecimal("0.0625"))), .money(.own), currency: "USD") == "0.0625")
        #expect(maker.text(.list([.text("a"), .text("b")]), .choices(list: "x")) == "a,b")
        #expect(maker.text(.instant(try #require(Instant("2026-11-24T01:30:00Z"))), .instant) == "2026-11-24T09:30")
    }
}
