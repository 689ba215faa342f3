import Documents
import Testing

@Suite("Texts that are printed")
struct PrintableTextTests {
    @Test(
        "Ordinary text stays as it is", arguments: ["", "保温杯 500ml", "Müller & Söhne", "two\nlines", "Łódź, 東京、서울 👩‍👩‍👧‍👦"])
    func ordinary(text: String) { #expect(PrintableText.clean(text) == text) }

    @Test("Control characters and bidirectional overrides are removed, line ends made one kind")
    func controls() {
        #expect(PrintableText.clean("a\u{0}b\u{7}\u{202E}c\u{2067}d\u{FEFF}") == "abcd")
        #expect(PrintableText.clean("a\r\nb\rc\u{2028}d\te") == "a\nb\nc\nd e")
    }

    @Test("Heaps of combining marks and of empty lines are cut")
    func heaps() {
        #expect(PrintableText.clean("e" + String(repeating: "\u{301}", count: 100)).unicodeScalars.count == 5)
        #expect(PrintableText.clean("a" + String(repeating: "\n", count: 100) + "b") == "a\n\n\nb")
    }

    @Test("A long stretch without spaces gets places to break, ideographs don't need them")
    func stretches() {
        let broken = PrintableText.clean(String(repeating: "x", count: 200))
        #expect(broken.unicodeScalars.count { $0 == "\u{200B}" } == 3)
        let chinese = String(repeating: "杯", count: 200)
        #expect(PrintableText.clean(chinese) == chinese)
    }

    @Test("A text over the limit ends with an ellipsis")
    func limit() {
        let text = PrintableText.clean(String(repeating: "ab ", count: 100), limit: 50)
        #expect(text.unicodeScalars.count == 50)
        #expect(text.hasSuffix("…"))
    }
}
