import Definitions
import Testing

@Suite("A customer's overlay is laid over the packs")
struct OverlayTests {
    private func model(_ overlay: Overlay, previous: Model? = nil) -> ModelResult {
        ModelBuilder.build(
            packs: [Pack.read(files: Fixture.files, directory: "shop")], overlay: overlay,
            references: Fixture.references, version: (previous?.version ?? 0) + 1, previous: previous)
    }

    private func codes(_ document: String) throws -> [String] {
        try Fixture.build(overlay: document).diagnostics.map { "\($0.location.file):\($0.location.line) \($0.code)" }
    }

    @Test("Changes add, rename, retire and restore")
    func changes() throws {
        var overlay = try Overlay.empty.applying([
            .addField(
                object: "company", FieldDraft(id: "x_colour", label: Label(zh: "颜色", en: "Colour"), type: "text")),
            .relabelField(object: "company", field: "grade", label: Label(zh: "级别", en: "Class"), help: nil),
            .retireField(object: "company", field: "website"),
            .addObject(
                id: "x_fair", label: Label(zh: "展会", en: "Fair"), plural: Label(zh: "展会", en: "Fairs"), icon: "flag"),
            .patchList(id: "grade", label: nil, codes: [CodeDraft(code: "C", label: Label(zh: "丙", en: "C"))]),
        ])
        let result = model(overlay)
        #expect(result.diagnostics == [])
        let company = try #require(result.model?.object("company"))
        #expect(company.field("x_colour")?.layer == .overlay)
        #expect(company.field("grade")?.label == Label(zh: "级别", en: "Class"))
        #expect(company.field("grade")?.layer == .pack("shop"))
        #expect(company.field("website")?.retired == true)
        #expect(company.duplicates.count == 1, "a rule over a retired field falls away")
        #expect(result.model?.field("website", of: "company") == nil)
        #expect(result.model?.object("x_fair")?.title == ["name"])
        #expect(result.model?.lists["grade"]?.codes.map(\.code) == ["A", "B", "C"])
        overlay = try overlay.applying([.restoreField(object: "company", field: "website")])
        #expect(model(overlay).model?.object("company")?.field("website")?.retired == false)
    }

    @Test("An overlay reads back as it was written")
    func roundTrip() throws {
        let overlay = try Overlay.empty.applying([
            .setRole(
                RoleDraft(
                    id: "x_guest", label: Label(zh: "访客", en: "Guest"), clearance: [], privileges: [],
                    grants: [
                        GrantDraft(
                            object: "company", actions: ["read"], scope: "own", condition: "grade = \"A\"\n",
                            hidden: ["website"])
                    ])),
            .setMenu([MenuDraft(object: "company", icon: "users", primary: true)]),
            .setView(
                object: "company",
                ViewDraft(
                    id: "x_best", label: Label(zh: "优", en: "Best"), columns: ["name"], filter: "grade = \"A\"",
                    sort: ["-name"])),
        ])
        #expect(try Overlay(documents: [overlay.document]) == overlay)
        let result = model(overlay)
        #expect(result.diagnostics == [])
        #expect(result.model?.menu.map(\.object) == ["company", "order"])
        #expect(result.model?.role("x_guest")?.grants.first?.hidden == ["website"])
        let without = try overlay.applying([.removeRole(id: "x_guest"), .removeView(object: "company", view: "x_best")])
        #expect(model(without).model?.role("x_guest") == nil)
        #expect(model(without).model?.object("company")?.views.isEmpty == true)
    }

    @Test(
        "What an overlay may not do",
        arguments: [
            (
                #"{"objects":[{"id":"company","fields":[{"id":"colour","label":{"zh":"色","en":"C"},"type":"text"}]}]}"#,
                "overlay_id"
            ),
            (
                #"{"objects":[{"id":"fair","label":{"zh":"会","en":"F"},"plural":{"zh":"会","en":"F"},"title":["id"]}]}"#,
                "overlay_id"
            ),
            (#"{"objects":[{"id":"company","fields":[{"id":"name","required":false}]}]}"#, "overlay_loosens"),
            (#"{"objects":[{"id":"order","fields":[{"id":"total","formula":"subtotal"}]}]}"#, "overlay_forbidden"),
            (#"{"objects":[{"id":"order","checks":[{"id":"discount_range","blocking":false}]}]}"#, "overlay_loosens"),
            (#"{"objects":[{"id":"order","checks":[{"id":"discount_range","expr":"TRUE"}]}]}"#, "overlay_forbidden"),
            (#"{"objects":[{"id":"order","states":{"initial":"sent"}}]}"#, "overlay_forbidden"),
            (#"{"objects":[{"id":"order","actions":[{"id":"send","when":"TRUE"}]}]}"#, "overlay_forbidden"),
            (#"{"objects":[{"id":"order","fields":[{"id":"status","retired":true}]}]}"#, "overlay_forbidden"),
            (#"{"objcts":[]}"#, "unknown_key"),
        ])
    func forbidden(_ document: String, _ code: String) throws {
        #expect(try codes(document).contains("overlay:1 " + code))
    }

    @Test("What an overlay may do to a pack's rules: tighten them, and rename")
    func tighten() throws {
        let document = #"""
            {"objects": [{"id": "order", "fields": [{"id": "reason", "required": true}],
              "actions": [{"id": "send", "label": {"zh": "寄出", "en": "Post"}}],
              "checks": [{"id": "x_small", "expr": "total < 1000000", "message": {"zh": "大", "en": "Big"}}]}]}
            """#
        let result = try Fixture.build(overlay: document)
        #expect(result.diagnostics == [])
        let order = try #require(result.model?.object("order"))
        #expect(order.field("reason")?.required == true)
        #expect(order.actions.map(\.label.en) == ["Post", "Cancel"])
        #expect(order.checks.map(\.id) == ["discount_range", "x_small"])
    }

    @Test("Retiring a field that a formula reads is refused, and the reason says so")
    func retiredInFormula() throws {
        let result = try Fixture.build(
            overlay: #"{"objects":[{"id":"order","fields":[{"id":"discount","retired":true}]}]}"#)
        #expect(result.model == nil)
        #expect(result.diagnostics.contains { $0.code == "unknown_field" && $0.message.en.hasSuffix("(retired)") })
    }

    @Test("A changed type gets the next generation, and keeps it with the next model")
    func generations() throws {
        let first = try #require(try Fixture.build().model)
        let change = try Overlay.empty.applying([.changeType(object: "company", field: "grade", type: "text")])
        let second = try #require(model(change, previous: first).model)
        #expect(second.object("company")?.field("grade")?.generation == 1)
        #expect(second.object("company")?.field("grade")?.physicalColumn == "f_grade__1")
        let third = try #require(model(change, previous: second).model)
        #expect(third.object("company")?.field("grade")?.generation == 1)
        let longer = try change.applying([.changeType(object: "company", field: "grade", type: "longtext")])
        #expect(
            model(longer, previous: third).model?.object("company")?.field("grade")?.generation == 1,
            "text stays where it is")
    }

    @Test("The difference of two models is told change by change")
    func diff() throws {
        let old = try #require(try Fixture.build().model)
        let overlay = try Overlay.empty.applying([
            .addField(
                object: "company", FieldDraft(id: "x_n", label: Label(zh: "数", en: "N"), type: "integer", unique: true)),
            .retireField(object: "company", field: "website"),
            .changeType(object: "company", field: "grade", type: "text"),
            .relabelObject(id: "order", label: Label(zh: "单", en: "Sale"), plural: Label(zh: "单", en: "Sales")),
        ])
        let new = try #require(model(overlay, previous: old).model)
        let changes = ModelDiff(old: old, new: new).changes
        #expect(changes.contains(.addField(object: "company", field: "x_n")))
        #expect(changes.contains(.retireField(object: "company", field: "website")))
        #expect(changes.contains(.relabelObject("order")))
        #expect(
            changes.contains(
                .changeType(
                    object: "company", field: "grade", from: .choice(list: "grade"),
                    to: .text(maxLength: 200, format: .plain), generation: 1)))
        #expect(ModelDiff(old: old, new: old).isEmpty)
        #expect(ModelDiff(old: nil, new: old).changes.count == 4)
    }

    @Test("JSON is read exactly, and what is wrong with it is said with its line")
    func json() throws {
        #expect(throws: JSONSyntaxError(line: 2, reason: "the key “a” stands twice")) {
            try Overlay(documents: ["{\"a\": 1,\n\"a\": 2}"])
        }
        #expect(throws: JSONSyntaxError(line: 3, reason: "no JSON from “tru” on")) {
            try Overlay(documents: ["{\n\n\"a\": tru\n}"])
        }
        #expect(throws: JSONSyntaxError(line: 2, reason: "the text ends too early")) {
            try Overlay(documents: ["{\"a\":\n"])
        }
        for text in ["", "{", "[1,]", "{\"a\" 1}", "{\"a\": 01}", "\"\\ud800\"", "{} x", "{\"a\": tru}"] {
            #expect(throws: JSONSyntaxError.self) { try Overlay(documents: [text]) }
        }
        let overlay = try Overlay(documents: [#"{"x": ["\u00e9\ud83d\ude00\n", 1.50, true, null, {}, []]}"#])
        #expect(
            overlay.document
                == "{\n  \"x\": [\n    \"é😀\\n\",\n    1.50,\n    true,\n    null,\n    {},\n    []\n  ]\n}\n")
    }

    @Test("What is wrong with an overlay is said with the line of its document, also when lines are in one another")
    func lines() throws {
        let document = """
            {"objects": [
              {"id": "company",
               "label": {"zh": "客户 < 甲", "en": "A\\nB"},
               "fields": [
                 {"id": "x_a", "label": {"zh": "甲", "en": "A"}, "type": "text"},
                 {"id": "x_b", "label": {"zh": "乙", "en": "B"},
                  "type": "txt"}]}]}
            """
        #expect(try codes(document) == ["overlay:7 unknown_type"])
        let kept = try Overlay(documents: [document]).document
        #expect(kept.contains("客户 < 甲"), "what people read is written as they wrote it")
        #expect(try Overlay(documents: [kept]) == Overlay(documents: [document]))
    }
}
