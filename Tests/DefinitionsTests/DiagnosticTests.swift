import Definitions
import Testing

@Suite("What is wrong with a pack is said with file, line and remedy")
struct DiagnosticTests {
    @Test("An unknown key, with what was probably meant")
    func unknownKey() throws {
        let text = Fixture.company.replacing("required: true", with: "requierd: true")
        let found = try Fixture.build(replacing: ["objects/company.yaml": text]).diagnostics
        #expect(found.map(\.code) == ["unknown_key"])
        #expect(found.first?.location == SourceLocation(file: "shop/objects/company.yaml", line: 6))
        #expect(found.first?.hint == Label(zh: "是否想写 “required”?", en: "Did you mean “required”?"))
        #expect(
            found.first.map(DefinitionPrinter.line)
                == "shop/objects/company.yaml:6: error unknown_key: 未知的键 “requierd” / Unknown key “requierd” (是否想写 “required”? / Did you mean “required”?)"
        )
    }

    @Test("YAML that can't be read")
    func syntax() throws {
        let found = try Fixture.build(replacing: [
            "objects/user.yaml": "id: user\n  label: [", "objects/company.yaml": "id: company",
        ])
        #expect(found.diagnostics.contains { $0.code == "yaml_syntax" && $0.location.line == 2 })
        #expect(found.diagnostics.contains { $0.code == "missing_label" }, "reading goes on after a broken file")
    }

    @Test(
        "Names of objects, lists, fields, states, actions that are not there",
        arguments: [
            ("unknown_object", "type: link(company)", "type: link(compny)"),
            ("unknown_list", "choice(order_status)", "choice(order_state)"),
            ("unknown_field", "company.name, total", "company.nam, total"),
            ("unknown_state", "to: sent", "to: sentt"),
            ("unknown_state", "initial: draft", "initial: draught"),
            ("unknown_field", "field: discount}", "field: discont}"),
            ("unknown_field", "sort: [-updated_at]", "sort: [-changed_at]"),
        ])
    func unknownNames(_ code: String, _ old: String, _ new: String) throws {
        let findings = try Fixture.findings(in: "objects/order.yaml", old, new)
        #expect(findings.contains { $0.hasPrefix("shop/objects/order.yaml:") && $0.hasSuffix(" " + code) })
    }

    @Test("Expressions are checked on their object")
    func expressions() throws {
        #expect(
            try Fixture.findings(in: "objects/order.yaml", "expr: discount <= 50%", "expr: discont <= 50%") == [
                "shop/objects/order.yaml:23 unknown_field"
            ])
        #expect(
            try Fixture.findings(in: "objects/order.yaml", "expr: discount <= 50%", "expr: discount + 1").count == 1)
        #expect(try Fixture.findings(in: "objects/order.yaml", "when: total > 0", "when: no").count == 1)
        #expect(
            try Fixture.findings(in: "objects/order.yaml", "default: '\"USD\"'", "default: '\"XYZ\"'") == [
                "shop/objects/order.yaml:9 unknown_code"
            ])
    }

    @Test("Formulas that need each other are reported with the circle")
    func circle() throws {
        let text = Fixture.order.replacing(
            "formula: 'ROUND(qty * price, 2)'", with: "formula: 'ROUND(qty * parent.total, 2)'")
        let found = try Fixture.build(replacing: ["objects/order.yaml": text]).diagnostics
        #expect(found.map(\.code) == ["formula_circle"])
        #expect(
            found.first?.message.en
                == "Formulas need each other: order.subtotal → order_line.amount → order.total → order.subtotal")
    }

    @Test("A formula that depends on the time is refused, for its stored value would go stale")
    func timeFormula() throws {
        let found = try Fixture.findings(
            in: "objects/order.yaml", "type: text, max: 100}", "type: day, formula: TODAY()}")
        #expect(found == ["shop/objects/order.yaml:16 formula_time"])
    }

    @Test("Labels in one language only, and missing ones")
    func labels() throws {
        #expect(
            try Fixture.findings(in: "objects/company.yaml", "label: {zh: 等级, en: Grade}", "label: {zh: 等级}") == [
                "shop/objects/company.yaml:7 label_language"
            ])
        #expect(
            try Fixture.findings(in: "objects/company.yaml", "label: {zh: 等级, en: Grade}, ", "") == [
                "shop/objects/company.yaml:7 missing_label"
            ])
        #expect(
            try Fixture.findings(in: "lists/lists.yaml", "zh: 甲, en: A", "zh: 甲") == [
                "shop/lists/lists.yaml:3 label_language"
            ])
    }

    @Test(
        "Ids that are no ids, are taken, or are system fields",
        arguments: [
            ("bad_id", "{id: website,", "{id: Web-Site,"), ("bad_id", "{id: website,", "{id: web__site,"),
            ("duplicate_id", "{id: website,", "{id: grade,"), ("reserved_id", "{id: website,", "{id: owner,"),
        ])
    func ids(_ code: String, _ old: String, _ new: String) throws {
        let text = Fixture.company.replacing(old, with: new).replacing("[{domain: website}]", with: "[{exact: name}]")
        let found = try Fixture.build(replacing: ["objects/company.yaml": text]).diagnostics
        #expect(found.contains { $0.code == code })
    }

    @Test(
        "A number pattern needs exactly one counter and known parts, and a place is set off from the counter",
        arguments: [
            ("Q{yymmdd}{###}", true), ("INV-{yyyy}-{####}", true), ("{#}", true), ("Q{yy}", false),
            ("Q{##}{##}", false),
            ("Q{hh}{##}", false), ("Q{##", false), ("Q}{##}", false),
            ("Q{region}{yymm}-{###}", true), ("{department}/{region}/{##}", true), ("Q{region}{###}", false),
            ("Q{region}{yymm}{###}", false), ("Q{region}-2{###}", false), ("Q-{###}{region}", false),
            ("Q{region}{region}-{##}", false), ("Q{owner}-{##}", false),
        ])
    func series(_ pattern: String, _ isValid: Bool) {
        #expect((SeriesPattern.parts(of: pattern) != nil) == isValid)
    }

    @Test(
        "Grants name real objects, actions, fields and links",
        arguments: [
            ("unknown_object", "object: company", "object: compny"),
            ("unknown_action", "create, update]", "create, updat]"),
            ("unknown_scope", "scope: own}", "scope: mine}"), ("unknown_field", "through(company)", "through(compani)"),
            ("scope_link", "through(company)", "through(no)"), ("scope_link", "scope: own}", "scope: own(grade)}"),
        ])
    func roles(_ code: String, _ old: String, _ new: String) throws {
        let findings = try Fixture.findings(in: "roles.yaml", old, new)
        #expect(findings.contains { $0.hasSuffix(" " + code) })
    }

    @Test("A state that nothing leads to is only a warning")
    func unreachable() throws {
        let text = Fixture.lists.replacing(
            "{code: cancelled,", with: "{code: lost, zh: 丢单, en: Lost}, {code: cancelled,")
        let result = try Fixture.build(replacing: ["lists/lists.yaml": text])
        #expect(result.diagnostics.map(\.code) == ["unreachable_state"])
        #expect(result.model != nil)
    }

    @Test("More than 200 live fields are refused early, retired ones don't count")
    func fieldLimit() throws {
        func fields(_ live: Int, _ retired: Int) -> String {
            let lines = (0..<(live + retired)).map {
                "  - {id: f\($0), label: {zh: 字, en: F}, type: bool\($0 < live ? "" : ", retired: true")}"
            }
            return Fixture.user + "\n" + lines.joined(separator: "\n")
        }
        #expect(try Fixture.build(replacing: ["objects/user.yaml": fields(199, 50)]).diagnostics == [])
        #expect(
            try Fixture.build(replacing: ["objects/user.yaml": fields(200, 0)]).diagnostics.map(\.code) == [
                "too_many_fields"
            ])
    }

    @Test("All findings are collected, not only the first")
    func collected() throws {
        let text = Fixture.order.replacing("link(company)", with: "link(compny)")
            .replacing("choice(order_status)", with: "choice(no_list)").replacing(
                "type: percent", with: "type: percents")
        let codes = Set(try Fixture.build(replacing: ["objects/order.yaml": text]).diagnostics.map(\.code))
        #expect(codes.isSuperset(of: ["unknown_object", "unknown_list", "unknown_type"]))
    }

    @Test("A number computed from a sensitive one, open to everybody, is pointed out")
    func openSensitivity() throws {
        let text = Fixture.order.replacing(
            "type: text, max: 100}", with: "type: money, currency: base, formula: cost * 2}")
        let result = try Fixture.build(replacing: [
            "objects/order.yaml": text.replacing("input: [reason], require: [reason]", with: "")
        ])
        #expect(result.diagnostics.map(\.code) == ["sensitivity_open"])
        #expect(result.diagnostics.first?.hint?.en == "sensitivity: cost")
        #expect(result.model != nil)
    }
}
