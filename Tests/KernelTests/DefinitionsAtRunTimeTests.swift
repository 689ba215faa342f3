import Definitions
import Kernel
import Testing
import Values

/// The company's own definitions, made while people work.
@Suite(.serialized) struct DefinitionsAtRunTimeTests {
    private func label(_ text: String) -> Label { Label(zh: text, en: text) }

    private func field(_ id: String, _ type: String, object: String = "company") -> DefinitionChange {
        .addField(object: object, FieldDraft(id: id, label: label(id), type: type))
    }

    @Test("A new field is at once usable in create, list, filter, sort, search, events and rights")
    func addField() async throws {
        let house = try await TestHouse.open()
        let zong = try await house.actor("zong")
        let start = try await house.kernel.answer(Vitals(), as: zong)
        _ = try await house.define([
            field("x_colour", "text"), field("x_size", "decimal(2)"), field("x_fair", "day"),
            .addField(
                object: "company",
                FieldDraft(id: "x_secret", label: label("x_secret"), type: "text", sensitivity: "cost")),
        ])
        let term = try await house.defaultRecord("payment_term", "TT30_70COPY")
        let made = try await house.create(
            "company",
            Draft([
                "name_en": .text("Defined Ltd"), "short_name": .text("Defined"), "roles": .list([.text("customer")]),
                "country": .text("DE"), "payment_term": .record(term), "x_colour": .text("Ultramarin"),
                "x_size": .number("12.50"), "x_fair": .text("2026-10-15"), "x_secret": .text("hidden"),
            ]), as: "zong")
        #expect(made["x_colour"] == .text("Ultramarin"))
        #expect(made.number("x_size") == "12.5")
        let page = try await house.kernel.answer(
            ListRecords(
                object: "company", columns: ["x_colour", "x_size"],
                filters: ["x_colour = \"Ultramarin\" AND x_size > 12"],
                sort: [SortKey(path: "x_fair", descending: true)]), as: zong)
        #expect(page.rows.map(\.id) == [made.id])
        _ = try await house.update("company", made.id, Draft(["x_colour": .text("Ocker")]), as: "zong")
        let entries = try await house.kernel.answer(
            TimelineOf(object: "company", id: made.id, merged: false), as: zong)
        #expect(entries.first?.changes.map(\.field) == ["x_colour"])
        // admin is not cleared for costs.
        let ada = try await house.actor("ada")
        let seen = try await house.kernel.answer(ShowRecord(object: "company", id: made.id), as: ada)
        #expect(seen["x_colour"] == .text("Ocker") && seen["x_secret"] == .null)
        let end = try await house.kernel.answer(Vitals(), as: zong)
        #expect(end.modelVersion == start.modelVersion + 1)
        await house.end()
    }

    @Test("A field is relabelled, retired and restored with what stood in it")
    func retireAndRestore() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Retire Ltd", of: "lin", ["postcode": .text("20457")])
        _ = try await house.define([
            .relabelField(object: "company", field: "city", label: label("Ort"), help: nil),
            .retireField(object: "company", field: "postcode"),
        ])
        let lin = try await house.actor("lin")
        let model = try await house.kernel.answer(CurrentModel(), as: .nobody)
        #expect(model.object("company")?.field("city")?.label.zh == "Ort")
        #expect(try await house.show("company", company, as: "lin").values["postcode"] == nil)
        for question in [
            ListRecords(object: "company", columns: ["postcode"]),
            ListRecords(object: "company", filters: ["postcode = \"20457\""]),
            ListRecords(object: "company", sort: [SortKey(path: "postcode", descending: false)]),
        ] {
            let refusal = try await refused { try await house.kernel.answer(question, as: lin) }
            #expect(refusal.problems.map(\.code) == ["unknown_field"])
        }
        let write = try await refused {
            try await house.update("company", company, Draft(["postcode": .text("1")]), as: "lin")
        }
        #expect(write.problems.map(\.code) == ["unknown_field"])
        _ = try await house.define([.restoreField(object: "company", field: "postcode")])
        #expect(try await house.show("company", company, as: "lin")["postcode"] == .text("20457"))
        await house.end()
    }

    @Test("An own object works like a shipped one")
    func addObject() async throws {
        let house = try await TestHouse.open()
        _ = try await house.define([
            .addObject(id: "x_visit", label: label("Besuch"), plural: label("Besuche"), icon: "map"),
            field("x_company", "link(company)", object: "x_visit"),
            field("x_on", "day", object: "x_visit"),
        ])
        let company = try await house.customer("Visited Ltd", of: "zong")
        let visit = try await house.create(
            "x_visit",
            Draft(["name": .text("Messe Frankfurt"), "x_company": .record(company), "x_on": .text("2026-03-01")]),
            as: "zong")
        let zong = try await house.actor("zong")
        let page = try await house.kernel.answer(
            ListRecords(
                object: "x_visit", columns: ["name", "x_company.short_name"],
                filters: ["x_company.short_name = \"Visited Ltd\""]), as: zong)
        #expect(page.rows.map { $0["x_company.short_name"] } == [.text("Visited Ltd")])
        // A role that names no such object does not see it.
        let refusal = try await refused { try await house.show("x_visit", visit.id, as: "lin") }
        #expect(refusal.kind == .missing)
        _ = try await house.kernel.perform(
            Command(.delete(object: "x_visit", id: visit.id, expecting: nil)), as: zong)
        _ = try await house.kernel.perform(Command(.restore(object: "x_visit", id: visit.id)), as: zong)
        _ = try await house.define([.retireObject(id: "x_visit")])
        #expect(try await refused { try await house.show("x_visit", visit.id, as: "zong") }.kind == .missing)
        _ = try await house.define([.restoreObject(id: "x_visit")])
        #expect(try await house.show("x_visit", visit.id, as: "zong")["name"] == .text("Messe Frankfurt"))
        await house.end()
    }

    @Test("An own field changes its type with what stands in it")
    func changeType() async throws {
        let house = try await TestHouse.open()
        _ = try await house.define([field("x_staff", "text")])
        let number = try await house.customer("Typed Ltd", of: "lin", ["x_staff": .text("120")])
        _ = try await house.define([.changeType(object: "company", field: "x_staff", type: "integer")])
        #expect(try await house.show("company", number)["x_staff"] == .decimal(ExactDecimal(120)))
        let page = try await house.kernel.answer(
            ListRecords(object: "company", columns: ["id"], filters: ["x_staff >= 100"]), as: .system("test"))
        #expect(page.rows.map(\.id) == [number])
        await house.end()
    }

    @Test("Only who may define does; what is wrong is refused with its reasons and changes nothing")
    func refusals() async throws {
        let house = try await TestHouse.open()
        for login in ["lin", "chen", "dong", "zong", "cai"] {
            let refusal = try await refused(login) { try await house.define([field("x_a", "text")], as: login) }
            #expect(refusal.kind == .forbidden)
        }
        #expect(
            try await refused {
                try await house.kernel.perform(Command(.define([field("x_a", "text")])), as: .nobody)
            }.kind == .forbidden)
        let before = try await house.kernel.answer(Vitals(), as: .nobody)
        let bad: [[DefinitionChange]] = [
            [field("colour", "text"), field("x_a", "rainbow"), field("x_b", "link(nowhere)")],
            [field("name_en", "decimal(2)")],
            [field("x_a; DROP TABLE", "text")], [field("x_A", "text")],
            [field("x_a", "text", object: "nowhere")],
            [.addField(object: "company", FieldDraft(id: "x_a", label: label("a"), type: "text", formula: "1 +"))],
            [
                .addField(
                    object: "company", FieldDraft(id: "x_a", label: label("a"), type: "integer", formula: "x_b + 1")),
                .addField(
                    object: "company", FieldDraft(id: "x_b", label: label("b"), type: "integer", formula: "x_a + 1")),
            ],
            [.merge(document: "{\"objects\": [{\"id\": \"company\", \"fields\": 7}]}")],
            [.merge(document: "{\"objects\": [{\"id\": \"company\"")],
            [.setCheck(object: "company", CheckDraft(id: "x_c", expression: "nothing > 1", message: label("c")))],
            // Loosening a rule of the pack.
            [.setRule(object: "company", field: "name_en", rule: .required, on: false)],
            [.changeType(object: "quotation", field: "total", type: "text")],
        ]
        for changes in bad {
            let refusal = try await refused("\(changes)") { try await house.define(changes) }
            #expect(refusal.kind == .invalid, "\(changes)")
            #expect(!refusal.problems.isEmpty, "\(changes): \(refusal)")
        }
        let after = try await house.kernel.answer(Vitals(), as: .nobody)
        #expect(after.modelVersion == before.modelVersion && after.lastSequence == before.lastSequence)
        await house.end()
    }

    @Test("Of two simultaneous changes one wins and the other is told; people working meanwhile notice nothing")
    func simultaneous() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        let lin = try await house.actor("lin")
        let kernel = house.kernel
        let changes = [field("x_one", "text"), field("x_two", "text")]
        let codes = await withTaskGroup(of: String.self) { group in
            for change in changes {
                group.addTask {
                    do {
                        _ = try await kernel.perform(Command(.define([change])), as: ada)
                        return "won"
                    } catch let refusal as Rejection {
                        return refusal.code
                    } catch {
                        return "\(error)"
                    }
                }
            }
            for index in 0..<20 {
                group.addTask {
                    let draft = Draft(["title": .text("t\(index)"), "due": .text("2026-12-01T00:00:00Z")])
                    do {
                        _ = try await kernel.perform(Command(.create(object: "task", draft)), as: lin)
                        return "worked"
                    } catch {
                        return "\(error)"
                    }
                }
            }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        let other = codes.filter { !["won", "worked", "definitions_changed"].contains($0) }
        #expect(other.isEmpty)
        #expect(codes.filter { $0 == "worked" }.count == 20)
        let wins = codes.filter { $0 == "won" }.count
        let conflicts = codes.filter { $0 == "definitions_changed" }.count
        #expect(wins >= 1 && wins + conflicts == 2)
        let model = try await kernel.answer(CurrentModel(), as: .nobody)
        let fields = changes.count - (["x_one", "x_two"].filter { model.object("company")?.field($0) == nil }.count)
        #expect(fields == wins)
        await house.end()
    }
}
