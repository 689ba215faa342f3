import Testing
import Values

@Suite("Reading JSON")
struct JSONReaderTests {
    @Test("Every kind of value is read, members in their order and numbers as they were written")
    func kinds() throws {
        let text = #" {"b": [null, true, false, -0.10, 1E+2, "x"], "a": {}, "": [] } "#
        let parts: [JSONValue] = [.null, .bool(true), .bool(false), .number("-0.10"), .number("1E+2"), .text("x")]
        let expected = JSONValue.object(["b": .array(parts), "a": .object([]), "": .array([])])
        #expect(try JSONReader.read(Array(text.utf8)) == expected)
        #expect(expected["a"] == .object([]))
        #expect(expected["c"] == nil)
    }

    @Test("A number of any length keeps its digits")
    func digits() throws {
        let digits = "123456789012345678901234567890.123456789012345678901234567890"
        #expect(try JSONReader.read(digits) == .number(digits))
    }

    @Test(
        "Escapes become their characters",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u00E9""#, "éé"),
            (#""a\ud83d\ude00b""#, "a😀b"),
            (#""\u0000""#, "\0"), ("\"\u{7F}灯\"", "\u{7F}灯"),
        ])
    func escapes(json: String, text: String) throws {
        #expect(try JSONReader.read(json) == .text(text))
    }

    @Test(
        "What is no JSON is refused at its byte",
        arguments: [
            ("", 0), ("  ", 2), ("{", 1), ("[1", 2), ("[1,]", 3), ("{\"a\" 1}", 5), ("{a:1}", 1), ("{\"a\":1,}", 7),
            ("tru", 0), ("nul", 0), ("True", 0), ("NaN", 0), ("[01]", 2), ("01", 1), ("+1", 0), (".5", 0), ("[1.]", 3),
            ("[1e]", 3), ("-", 1), ("--1", 1), ("\"abc", 4), ("\"a\u{1}\"", 2), (#""\x""#, 2), (#""\u12""#, 5),
            (#""\u12g4""#, 5), (#""\u+123""#, 3), ("'a'", 0), ("[1 2]", 3), ("\u{FEFF}1", 0), ("\u{A0}1", 0),
            (#""\n\"#, 4),
        ])
    func syntax(json: String, offset: Int) {
        #expect(throws: JSONError.syntax(offset: offset)) { try JSONReader.read(Array(json.utf8)) }
    }

    @Test(
        "Half of a pair of surrogates is refused",
        arguments: [#""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\u0041""#, #""\ud800\ud800""#])
    func surrogates(json: String) {
        #expect(throws: JSONError.self) { try JSONReader.read(json) }
    }

    @Test("Only white space may follow the value")
    func trailing() throws {
        #expect(try JSONReader.read("1 \r\n\t") == .number("1"))
        #expect(throws: JSONError.trailing(offset: 3)) { try JSONReader.read("{} x") }
        #expect(throws: JSONError.trailing(offset: 2)) { try JSONReader.read("1 2") }
    }

    @Test("A repeated key is refused by name, in small objects and in large ones, however it is escaped")
    func duplicates() {
        #expect(throws: JSONError.duplicateKey("a")) { try JSONReader.read(#"{"a":1,"\u0061":1}"#) }
        #expect(throws: JSONError.duplicateKey("")) { try JSONReader.read(#"[{"":1,"":1}]"#) }
        let members = (0..<40).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        for key in ["k0", "k7", "k8", "k39"] {
            #expect(throws: JSONError.duplicateKey(key)) { try JSONReader.read("{\(members),\"\(key)\":0}") }
        }
        #expect(throws: Never.self) { try JSONReader.read("{\(members)}") }
        #expect(throws: Never.self) { try JSONReader.read(#"{"a":{"a":{"a":1}}}"#) }
    }

    @Test("Depth counts what lies inside one another, not side by side")
    func depth() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSONReader.read(nested(64)) }
        #expect(throws: JSONError.tooDeep) { try JSONReader.read(nested(65)) }
        #expect(throws: JSONError.tooDeep) { try JSONReader.read(String(repeating: "{\"a\":", count: 100_000)) }
        #expect(throws: JSONError.tooDeep) { try JSONReader.read("[[1]]", maximumDepth: 1) }
        #expect(throws: Never.self) { try JSONReader.read("[[],{},[]]", maximumDepth: 2) }
        let many = "[" + Array(repeating: "[]", count: 1_000).joined(separator: ",") + "]"
        #expect(throws: Never.self) { try JSONReader.read(many) }
    }

    @Test(
        "Bytes that are no UTF-8 are refused wherever they stand",
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x31, 0x20, 0xFE],
        ])
    func encoding(bytes: [UInt8]) {
        #expect(throws: JSONError.notUTF8) { try JSONReader.read(bytes) }
    }

    @Test("The places of keys and values are told in reading order, up to a repeated key")
    func starts() throws {
        var starts: [Int] = []
        _ = try JSONReader.read(#" {"a": [1, {}], "b":null}"#, starts: &starts)
        #expect(starts == [1, 2, 7, 8, 11, 16, 20])
        #expect(throws: JSONError.duplicateKey("a")) { try JSONReader.read(#"{"a":1,"a":2}"#, starts: &starts) }
        #expect(starts == [0, 1, 5, 7])
    }

    @Test("A text is a number only as a whole")
    func numbers() {
        #expect(["0", "-0", "10", "1.50", "1e9", "-2.5E-3"].allSatisfy { JSONReader.isNumber($0) })
        #expect(
            ["", "-", "01", "1.", ".5", " 1", "1 ", "0x1", "1e", "+1", "١"].allSatisfy { !JSONReader.isNumber($0) })
    }
}
