import Store
import Testing
import Values

@Suite("Stored values as text")
struct ValuesTextTests {
    @Test("The text of every kind of value stays as it is, because seals are made over it")
    func form() throws {
        let values: [String: Value] = [
            "a": .null, "b": .bool(true), "c": .text("x < y \"\\/\n\u{1}é😀"),
            "d": .decimal(ExactDecimal(units: -50, scale: 2)), "e": .real(0.1), "f": .day(Day(number: 0)),
            "g": .instant(Instant(milliseconds: 0)), "h": .record(TradeFixture.id(5)),
            "i": .list([.text("p"), .list([]), .decimal(ExactDecimal(units: 1, scale: 0))]),
        ]
        let parts = [
            #""a":null"#, #""b":true"#, #""c":"x < y \"\\/\n\u0001é😀""#, #""d":{"number":"-0.50"}"#,
            #""e":{"real":"0.1"}"#, #""f":{"day":"1970-01-01"}"#,
            #""g":{"instant":"\#(Instant(milliseconds: 0).description)"}"#,
            #""h":{"record":"\#(TradeFixture.id(5).description)"}"#, #""i":["p",[],{"number":"1"}]"#,
        ]
        let text = ValuesText.text(values)
        #expect(text == "{" + parts.joined(separator: ",") + "}")
        #expect(try ValuesText.values(text) == values)
        #expect(try ValuesText.values(ValuesText.text([:])) == [:])
    }

    @Test(
        "A stored text that this room did not write is reported as broken",
        arguments: [
            "", "[]", "{", #"{"a":1}"#, #"{"a":{}}"#, #"{"a":{"day":"tomorrow"}}"#, #"{"a":{"colour":"red"}}"#,
            #"{"a":{"day":"2026-11-22","real":"1"}}"#, #"{"a":null,"a":null}"#, #"{"a":null} "x""#,
        ])
    func broken(text: String) {
        #expect(throws: StoreError.self) { try ValuesText.values(text) }
    }
}
