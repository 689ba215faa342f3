import Definitions
import Expressions
import Testing

@Suite("A model is built from packs")
struct ModelBuilderTests {
    @Test("A sound pack gives a model without diagnostics")
    func soundPack() throws {
        let result = try Fixture.build()
        #expect(result.diagnostics.map(DefinitionPrinter.line) == [])
        let model = try #require(result.model)
        #expect(model.objects.map(\.id) == ["company", "order", "order_line", "user"])
        #expect(model.baseCurrency == "CNY")
        #expect(model.menu.map(\.object) == ["order"])
        #expect(model.lists["role"]?.codes.map(\.code) == ["sales"])
    }

    @Test("Every object has the system fields, line objects their parent and position too")
    func systemFields() throws {
        let model = try #require(try Fixture.build().model)
        let order = try #require(model.object("order"))
        #expect(order.fields.suffix(10).map(\.id) == SystemFields.ids)
        let line = try #require(model.object("order_line"))
        #expect(line.fields.suffix(2).map(\.id) == ["parent", "position"])
        #expect(line.field("parent")?.type == .link(object: "order"))
        #expect(line.field("parent")?.physicalColumn == "parent")
        #expect(line.field("qty")?.physicalColumn == "f_qty")
        #expect(order.field("owner")?.readOnly == true)
        #expect(model.object("user")?.field("department")?.readOnly == false)
    }

    @Test("States that a pack does not name are plain ones")
    func plainStates() throws {
        let states = try #require(try Fixture.build().model?.object("order")?.states)
        #expect(states.states.map(\.code) == ["draft", "sent", "cancelled"])
        #expect(states.states.map(\.locked) == [false, true, false])
    }

    @Test("Line formulas come before the totals that read them")
    func formulaOrder() throws {
        let model = try #require(try Fixture.build().model)
        let steps = model.formulaOrder(of: "order").map { ($0.lines ?? "") + "." + $0.field }
        #expect(steps == ["lines.amount", ".subtotal", ".total"])
    }

    @Test("Expressions see live fields, system fields and the parts of money")
    func schema() throws {
        let model = try #require(try Fixture.build().model)
        #expect(model.field("total.base", of: "order")?.type == .decimal(scale: 4))
        #expect(model.field("total.currency", of: "order") == nil)
        #expect(model.field("cost.base", of: "order") == nil)
        #expect(model.field("owner", of: "order")?.type == .record(object: "user"))
        #expect(model.field("lines", of: "order")?.parentField == "parent")
        #expect(model.field("status", of: "order")?.codes == ["draft", "sent", "cancelled"])
        #expect(model.field("nothing", of: "order") == nil)
        let target = try #require(model.target(of: FieldPath(text: "company.grade"), on: "order"))
        #expect(target.object.id == "company" && target.field.id == "grade")
    }

    @Test("Packs are laid over each other in the order they require, whatever the order given")
    func requirementOrder() throws {
        let addition = Pack.read(
            files: [
                "pack.yaml":
                    "id: more\nversion: '1'\nlabel: {zh: 更多, en: More}\nrequires: [shop]\nmenu: [{object: company, icon: x}]",
                "objects/company.yaml": "id: company\nfields:\n  - {id: fax, label: {zh: 传真, en: Fax}, type: text}",
            ], directory: "more")
        let shop = Pack.read(files: Fixture.files, directory: "shop")
        let result = ModelBuilder.build(packs: [addition, shop], references: Fixture.references, version: 1)
        #expect(result.diagnostics == [])
        let company = try #require(result.model?.object("company"))
        #expect(company.field("fax")?.layer == .pack("more"))
        #expect(company.field("name")?.layer == .pack("shop"))
        #expect(company.layer == .pack("shop"))
        #expect(result.model?.menu.map(\.object) == ["company", "order"])
    }

    @Test("A missing requirement and a circle of requirements are reported")
    func badRequirements() {
        func pack(_ id: String, _ requires: String) -> Pack {
            Pack.read(
                files: ["pack.yaml": "{id: \(id), version: '1', label: {zh: 包, en: Pack}, requires: [\(requires)]}"],
                directory: id)
        }
        let result = ModelBuilder.build(packs: [pack("a", "b"), pack("b", "a"), pack("c", "d")], version: 1)
        #expect(Set(result.diagnostics.map(\.code)) == ["requirement_circle", "missing_requirement"])
    }

    @Test("Default records are read by key and checked against the object")
    func records() throws {
        let files = Fixture.files.merging([
            "records/company.csv": "\u{FEFF}key,name,grade\nacme,\"Acme, \"\"Ltd\"\"\",A\n\nbeta,Beta,\n",
            "records/user.csv": "key,nickname\na,b\n",
        ]) { $1 }
        let pack = Pack.read(files: files, directory: "shop")
        #expect(pack.records.map(\.object) == ["company", "user"])
        #expect(pack.records[0].rows.map(\.key) == ["acme", "beta"])
        #expect(pack.records[0].rows[0].values == ["name": "Acme, \"Ltd\"", "grade": "A"])
        #expect(pack.records[0].rows[1].values == ["name": "Beta"])
        let result = ModelBuilder.build(packs: [pack], references: Fixture.references, version: 1)
        #expect(result.diagnostics.map(\.code) == ["unknown_field"])
        #expect(result.diagnostics.first?.location.file == "shop/records/user.csv")
    }
}
