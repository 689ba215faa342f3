import Definitions
import Foundation
import Testing
import Values

@testable import Web

@Suite("Components")
struct ComponentTests {
    @Test("A table cell says on the phone which column it is")
    func table() {
        let table = DataTable(
            label: "客户", columns: [.init(id: "name", label: "名称"), .init(id: "sum", label: "金额", isNumber: true)],
            rows: [.init(id: "1", url: "/o/company/1", cells: [.text("A & B"), .number("US$ 1.00")])])
        let html = written { $0.add(table) }
        #expect(html.contains("<th scope=\"row\"><a class=\"rt\" href=\"/o/company/1\">A &amp; B</a></th>"))
        #expect(html.contains("<td class=\"n\" data-l=\"金额\">US$ 1.00</td>"))
        #expect(html.contains("<th scope=\"col\" class=\"n\" data-c=\"sum\">金额</th>"))
    }

    @Test("Rows below the screen are laid out after the first paint; those that scrolling fetches come whole")
    func lateRows() {
        var table = DataTable(
            label: "客户", columns: [.init(id: "name", label: "名称")],
            rows: (1...3).map { .init(id: "\($0)", url: "/o/company/\($0)", cells: [.text("A")], tone: .bad) })
        let whole = written { table.body(&$0) }
        #expect(!whole.contains("late"))
        table.early = 2
        let html = written { $0.add(table) }
        #expect(html.contains("<div class=\"tw fits\""))
        #expect(html.components(separatedBy: "<tr class=\"r-bad\"").count == 3)
        #expect(html.components(separatedBy: "<tr class=\"r-bad late\" data-id=\"3\"").count == 2)
        table.early = 3
        #expect(!written { $0.add(table) }.contains("late"))
    }

    @Test("What a folded menu holds is text until it opens, whatever people typed")
    func folded() {
        let html = written { html in
            html.menu("x", isFolded: true) { $0.user("</noscript><script>alert(1)</script>") }
        }
        #expect(html.components(separatedBy: "<noscript>").count == 2)
        #expect(html.components(separatedBy: "</noscript>").count == 2)
        #expect(!html.contains("<script"))
    }

    @Test("A wrong field names its error for screen readers")
    func fieldError() {
        let field = FieldControl(
            name: "name_en", label: "英文名称", kind: .text(limit: 200, format: .plain), value: "\"x", error: "太长",
            isRequired: true)
        let html = written { $0.add(field) }
        #expect(html.contains("aria-invalid=\"true\" aria-describedby=\"f-name_en-e\""))
        #expect(html.contains("value=\"&quot;x\""))
        #expect(html.contains("id=\"f-name_en-e\""))
    }

    @Test("Short choices stand side by side, long ones make a list")
    func choices() {
        let short = written {
            $0.add(FieldControl(name: "g", label: "等级", kind: .choice([.init("A", "A"), .init("B", "B")]), value: "B"))
        }
        #expect(short.contains("type=\"radio\" name=\"g\" value=\"B\" checked"))
        let long = written {
            $0.add(FieldControl(name: "g", label: "x", kind: .choice((0..<6).map { .init("\($0)", "选项") }), value: "3"))
        }
        #expect(long.contains("<option value=\"3\" selected>"))
    }

    @Test(
        "Every control kind writes its name",
        arguments: [
            FieldControl.Kind.text(limit: 9, format: .email), .longText(limit: 9), .number(scale: 2, unit: "kg"),
            .percent, .money(currency: "USD", currencies: []),
            .bool, .day, .instant, .link(object: "company", nil, createURL: nil), .links(object: "user", []),
            .files([]), .choices([.init("a", "A")]),
        ])
    func kinds(kind: FieldControl.Kind) {
        #expect(written { $0.add(FieldControl(name: "zz", label: "L", kind: kind)) }.contains("name=\"zz"))
    }

    @Test("Lines are sent by position, with a spare row for the script")
    func lines() {
        let grid = LinesGrid(
            name: "lines", label: "明细",
            columns: [
                .init(id: "qty", label: "数量", kind: .number(scale: 0, unit: nil)),
                .init(id: "amount", label: "金额", kind: .fixed(.nothing), isComputed: true),
            ],
            lines: [
                .init(id: "l1", values: ["800", "9,560.00"]), .init(id: "l2", values: ["1", "2"], errors: [0: "太少"]),
            ])
        let html = written { $0.add(grid) }
        #expect(html.contains("name=\"lines[1].qty\""))
        #expect(html.contains("name=\"lines[0].id\" value=\"l1\""))
        #expect(!html.contains("name=\"lines[0].amount\""))
        #expect(html.contains("<template>"))
        #expect(html.contains("太少"))
    }

    @Test("An old value is struck through and said to screen readers")
    func changes() {
        let html = written {
            $0.add(ChangeList(changes: [.init(label: "单价", before: "12.40", after: "11.95", tone: .warn)]))
        }
        #expect(
            html
                == "<dl class=\"dif num\"><div><dt>单价</dt><dd class=\"t-warn\"><del><span class=\"vh\">原为</span>12.40</del><ins>11.95</ins></dd></div></dl>"
        )
    }

    @Test("A name keeps its initials and its hue")
    func avatars() {
        #expect(Avatar.initials("林晓雯") == "晓")
        #expect(Avatar.initials("Katrin Vogel") == "KV")
        #expect(Avatar.initials("") == "?")
        #expect(Avatar.hue("林晓雯") == Avatar.hue("林晓雯"))
    }

    @Test("Icons of packs become symbols of the sprite")
    func icons() throws {
        #expect(Icon.symbol("doc") == "file-text")
        #expect(Icon.symbol("no such thing") == "circle")
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let sprite = try String(
            contentsOf: root.appendingPathComponent("Sources/Web/Assets/static/icons.svg"), encoding: .utf8)
        for name in Icon.names { #expect(sprite.contains("<symbol id=\"\(name)\""), "\(name)") }
    }

    @Test("The palette's answer is a list box, the search page a plain list")
    func search() {
        let page = SearchPage(
            query: "n",
            groups: [
                .init(id: "go", label: Label(zh: "前往", en: "Go to"), hits: []),
                .init(
                    id: "records", label: Label(zh: "记录", en: "Records"),
                    hits: [.init(icon: "users", kind: "客户", title: "Nord", note: "", url: "/o/company/1")]),
            ])
        let fragment = String(decoding: page.fragment(pageContext()), as: UTF8.self)
        #expect(fragment.contains("role=\"option\"") && fragment.contains("role=\"group\""))
        #expect(!fragment.contains("前往"), "a group without a hit has no heading")
        #expect(!written { $0.add(page) }.contains("role=\"option\""))
    }

    @Test(
        "An address keeps what a query may hold",
        arguments: [("a b&c=d", "a%20b%26c%3Dd"), ("宁波", "%E5%AE%81%E6%B3%A2"), ("a-b_c.~", "a-b_c.~")])
    func encoding(text: String, expected: String) {
        #expect(Paths.encoded(text) == expected)
    }
}
