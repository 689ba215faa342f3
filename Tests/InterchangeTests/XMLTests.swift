import Definitions
import Interchange
import Testing

@Suite("A tree loses nothing of an XML file")
struct XMLTests {
    @Test("What was read and written and read again is equal, in 2,000 random trees")
    func randomTrees() throws {
        for seed in 1...2000 {
            var maker = TreeMaker(seed: UInt64(seed))
            let document = maker.document()
            let again = try XMLDocument(document.written)
            #expect(again == document, "seed \(seed)")
            #expect(again.written == document.written, "seed \(seed)")
        }
    }

    @Test("Comments, instructions, CDATA, prefixes and the order of all are kept")
    func kinds() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <!-- 订单 --><?style a="b"?>
            <a:r xmlns:a="urn:a" xmlns="urn:b" z="1" a:y="&lt;&quot;&#10;x"> t<![CDATA[<raw> & ]] ]]><b/>u<a:c>&amp;</a:c><!--e--></a:r>
            <!-- end -->
            """
        let document = try XMLDocument(text)
        #expect(document.declaration?.standalone == true)
        #expect(document.prolog == [.comment(" 订单 "), .instruction(target: "style", data: "a=\"b\"")])
        #expect(document.root.name == XMLName("a:r", namespace: "urn:a"))
        #expect(document.root.attributes.map(\.name) == ["xmlns:a", "xmlns", "z", "a:y"])
        #expect(document.root["a:y"] == "<\"\nx")
        #expect(
            document.root.children == [
                .text(" t"), .cdata("<raw> & ]] "), .element(XMLElement(XMLName("b", namespace: "urn:b"))), .text("u"),
                .element(XMLElement(XMLName("a:c", namespace: "urn:a"), children: [.text("&")])), .comment("e"),
            ])
        #expect(document.epilog == [.comment(" end ")])
        #expect(try XMLDocument(document.written) == document)
    }

    @Test("Files in UTF-16 and ISO-8859-1 are read, and written in UTF-8")
    func encodings() throws {
        let latin: [UInt8] =
            Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a b=\"".utf8) + [0xE9] + Array("\"/>".utf8)
        #expect(try XMLDocument(latin).root["b"] == "é")
        var wide: [UInt8] = [0xFF, 0xFE]
        for unit in "<a>单</a>".utf16 { wide += [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)] }
        #expect(try XMLDocument(wide).root.text == "单")
        #expect(try XMLDocument(latin).written.contains("encoding=\"UTF-8\""))
    }

    @Test(
        "Files that could harm are refused",
        arguments: [
            ("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "document_type"),
            ("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "document_type"),
            (String(repeating: "<a>", count: 101), "too_deep"), ("<p:a/>", "unbound_prefix"),
            ("<a p:b=\"1\"/>", "unbound_prefix"), ("<a>&x;</a>", "broken_xml"), ("<a b=\"1\" b=\"2\"/>", "broken_xml"),
            ("<a>", "broken_xml"), ("", "broken_xml"), ("<a/><b/>", "broken_xml"), ("nothing", "broken_xml"),
        ])
    func hostile(text: String, code: String) {
        let error = #expect(throws: InterchangeError.self) { try XMLDocument(text) }
        #expect(error?.code == code)
        #expect(error?.message.zh.isEmpty == false && error?.message.en.isEmpty == false)
    }

    @Test("Too many nodes and too many bytes are refused")
    func sizes() {
        var limits = XMLDocument.Limits()
        limits.nodes = 100
        limits.bytes = 1000
        #expect(throws: InterchangeError.tooLarge) {
            try XMLDocument("<a>" + String(repeating: "<b/>", count: 100) + "</a>", limits: limits)
        }
        #expect(throws: InterchangeError.tooLarge) {
            try XMLDocument("<a>" + String(repeating: "x", count: 1000) + "</a>", limits: limits)
        }
    }

    @Test("A list of elements changes in place and keeps the blanks of its neighbours")
    func lists() throws {
        var root = try XMLDocument("<r><x/>\n  <i id=\"a\"/>\n  <!-- c -->\n  <i id=\"b\"/>\n</r>").root
        root.setAll("i", ["b", "c", "d"], id: { $0 }) { $0.set("id", $1) }
        #expect(
            XMLDocument(declaration: nil, root: root).written
                == "<r><x/>\n  <i id=\"b\"/>\n  <!-- c -->\n  <i id=\"c\"/>\n  <i id=\"d\"/>\n</r>\n")
        root.setAll("i", ["d"], id: { $0 }) { $0.set("id", $1) }
        #expect(
            XMLDocument(declaration: nil, root: root).written
                == "<r><x/>\n  <i id=\"d\"/>\n  <!-- c -->\n</r>\n")
    }
}

/// Makes trees with everything that a tree can hold.
private struct TreeMaker {
    private var dice: Dice
    private var budget = 60

    init(seed: UInt64) { dice = Dice(seed) }

    private static let texts = [
        "a", " ", "\n", "\t", "\r", "&", "<", ">", "\"", "'", "]]>", "单", "é\u{301}", "🚢", "x=1",
    ]
    private static let quiet = ["a", " ", "\n", "&", "<", "单", "🚢", "]", "x"]

    mutating func document() -> XMLDocument {
        let spaces = ["": "urn:none", "p": "urn:p"]
        var root = element(spaces, depth: 0)
        root.attributes = [XMLAttribute("xmlns", "urn:none"), XMLAttribute("xmlns:p", "urn:p")] + root.attributes
        return XMLDocument(
            declaration: dice.roll(4) == 0 ? nil : XMLDocument.Declaration(standalone: dice.pick([nil, true, false])),
            prolog: outside(), root: root, epilog: outside())
    }

    private mutating func outside() -> [XMLNode] {
        (0..<dice.roll(3)).map { _ in
            dice.roll(2) == 0 ? .comment(text(Self.quiet)) : .instruction(target: "i", data: "d" + text(Self.quiet))
        }
    }

    private mutating func element(_ outer: [String: String], depth: Int) -> XMLElement {
        budget -= 1
        var spaces = outer
        var attributes: [XMLAttribute] = []
        if depth > 0, dice.roll(5) == 0 {
            let prefix = dice.pick(["", "p", "q"])
            spaces[prefix] = "urn:" + String(dice.roll(9))
            attributes.append(XMLAttribute(prefix.isEmpty ? "xmlns" : "xmlns:" + prefix, spaces[prefix] ?? ""))
        }
        for name in ["id", "p:id", "名", "a.b-c"] where dice.roll(3) == 0 {
            attributes.append(XMLAttribute(name, text(Self.texts)))
        }
        let prefix = dice.pick(spaces.keys.sorted())
        let local = dice.pick(["task", "flow", "订单", "x_1"])
        var children: [XMLNode] = []
        for _ in 0..<dice.roll(6) where budget > 0 && depth < 12 { add(child(spaces, depth: depth), to: &children) }
        return XMLElement(
            XMLName(prefix.isEmpty ? local : prefix + ":" + local, namespace: spaces[prefix] ?? ""),
            attributes: attributes, children: children)
    }

    private mutating func child(_ spaces: [String: String], depth: Int) -> XMLNode {
        switch dice.roll(7) {
        case 0: .comment(text(Self.quiet))
        case 1: .cdata(text(Self.quiet))
        case 2: .instruction(target: "go", data: "d" + text(Self.quiet))
        case 3, 4: .text("t" + text(Self.texts))
        default: .element(element(spaces, depth: depth + 1))
        }
    }

    private func add(_ node: XMLNode, to children: inout [XMLNode]) {
        if case .text = node, case .text? = children.last { return }
        children.append(node)
    }

    private mutating func text(_ parts: [String]) -> String {
        var result = ""
        for _ in 0..<dice.roll(6) { result += dice.pick(parts) }
        return result
    }
}
