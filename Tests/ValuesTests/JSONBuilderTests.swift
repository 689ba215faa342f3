import Testing
import Values

@Suite("Writing JSON")
struct JSONBuilderTests {
    private let hostile = "\"\\/\n\r\t\u{0}\u{1F}\u{7F}<灯😀"

    @Test(
        "What is written reads back as the same value, whatever the texts hold",
        arguments: [JSONEscaping.minimal, .markup])
    func roundTrip(escaping: JSONEscaping) throws {
        let value = JSONValue.object([
            hostile: .array([.text(hostile), .null, .bool(false), .number("1.50"), .integer(-7)]),
            "empty": .object([]), "list": .array([.array([]), .array([.object([])])]),
        ])
        var builder = JSONBuilder(escaping: escaping)
        builder.write(value)
        #expect(try JSONReader.read(builder.bytes) == value)
    }

    @Test("Text for a page can't end a script; stored text has no more escapes than JSON demands")
    func escaping() {
        #expect(JSONEscaping.markup.quoted("</script>") == #""\u003c/script>""#)
        #expect(JSONEscaping.minimal.quoted("a < b\u{1}\"\\") == #""a < b\u0001\"\\""#)
    }

    @Test("Commas stand between parts and nowhere else")
    func commas() {
        var builder = JSONBuilder()
        builder.object { writer in
            writer.field("a", "x")
            writer.key("b")
            writer.array { writer in
                writer.int(1)
                writer.bool(true)
                writer.null()
                writer.object { _ in }
            }
            writer.key("c")
            writer.raw("12.50")
        }
        #expect(builder.text == #"{"a":"x","b":[1,true,null,{}],"c":12.50}"#)
    }

    @Test("Values of the house keep their digits; a number that is none is null")
    func values() throws {
        let day = try #require(Day("2026-11-22"))
        let amount = try #require(ExactDecimal("12.50"))
        var builder = JSONBuilder()
        builder.write(Value.list([.decimal(amount), .day(day), .text("x"), .real(.infinity), .bool(true), .null]))
        #expect(builder.text == #"["# + amount.description + #","2026-11-22","x",null,true,null]"#)
    }
}
