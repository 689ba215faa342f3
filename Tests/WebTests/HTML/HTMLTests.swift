import Definitions
import Testing
import Values

@testable import Web

/// A page context with a fixed day and zone.
func pageContext(_ language: Language = .zh) -> PageContext {
    let today = Day(year: 2026, month: 11, day: 20) ?? Day(number: 0)
    return PageContext(
        language: language, format: Format(language: language, today: today, offset: { _ in 8 * 3600 }), csrf: "t0ken")
}

/// The HTML that a closure writes.
func written(_ language: Language = .zh, _ body: (inout HTML) -> Void) -> String {
    var html = HTML(pageContext(language))
    body(&html)
    return String(decoding: html.bytes, as: UTF8.self)
}

@Suite("HTML builder")
struct HTMLTests {
    @Test("Text can't open a tag or an entity")
    func escapesText() {
        #expect(written { $0("p", text: "a < b && c > \"d\"") } == "<p>a &lt; b &amp;&amp; c &gt; \"d\"</p>")
    }

    @Test("An attribute value can't leave its quotes")
    func escapesAttributes() {
        let html = written { $0("p", .title("\"><script>'")) { _ in } }
        #expect(html == "<p title=\"&quot;&gt;&lt;script&gt;&#39;\"></p>")
    }

    @Test("U+0000 is left out")
    func dropsNul() {
        #expect(written { $0.text("a\u{0}b") } == "ab")
    }

    @Test(
        "A link runs no script",
        arguments: [
            ("javascript:alert(1)", "#"), ("JaVaScRiPt:alert(1)", "#"), ("java\tscript:alert(1)", "#"),
            ("data:text/html,x", "#"),
            ("\u{1}javascript:alert(1)", "#"), (" javascript:alert(1)", "#"), ("java\nscript&colon;x", "#"),
            ("/o/company?q=a:b", "/o/company?q=a:b"), ("https://example.com", "https://example.com"), ("#top", "#top"),
            ("mailto:a@b.c", "mailto:a@b.c"),
        ])
    func refusesSchemes(url: String, expected: String) {
        #expect(Attribute.safe(url) == expected)
    }

    @Test("Right-to-left names and direction controls are isolated, others are not wrapped")
    func isolates() {
        #expect(written { $0.user("شركة النور") } == "<bdi>شركة النور</bdi>")
        #expect(written { $0.user("a\u{202E}b") } == "<bdi>a\u{202E}b</bdi>")
        #expect(written { $0.user("宁波 Østergaard – “x” €") } == "宁波 Østergaard – “x” €")
    }

    @Test("Absent attributes write nothing, flags write their name")
    func flags() {
        let html = written {
            $0.void(
                "input", .flag("required"), .flag("disabled", false), .optional("value", nil), .when(false, .id("x")),
                .data("n", "1"))
        }
        #expect(html == "<input required data-n=\"1\">")
    }

    @Test("A form carries the session's token")
    func csrf() {
        let html = written { $0.form("/x") { $0.hidden("a", "1") } }
        #expect(
            html
                == "<form method=\"post\" action=\"/x\"><input type=\"hidden\" name=\"csrf\" value=\"t0ken\"><input type=\"hidden\" name=\"a\" value=\"1\"></form>"
        )
    }

    @Test("Texts for scripts can't end the script element")
    func scriptTexts() {
        let html = written { $0.jsonString("</script>\"\\\n") }
        #expect(html == "\"\\u003c/script>\\\"\\\\\\n\"")
    }

    @Test("A page has no inline style and no inline script")
    func strictPolicy() {
        let shell = Shell(
            primary: [], more: [], settings: [], person: .init(name: "林晓雯", login: "sales", roles: ""), title: "x")
        let page = String(decoding: shell.document(pageContext(), content: ErrorPage.missing(code: "c")), as: UTF8.self)
        #expect(!page.contains(" style="))
        #expect(!page.contains("onclick"))
        let scripts = page.split(separator: "<script").dropFirst().map { $0.prefix { $0 != ">" } }
        #expect(scripts.count > 1)
        #expect(scripts.allSatisfy { $0.contains(" src=\"/a/") || $0.contains(" type=\"application/json\"") })
        #expect(page.hasPrefix("<!doctype html><html lang=\"zh-CN\">"))
    }
}
