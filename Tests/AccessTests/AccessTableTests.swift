import Access
import Definitions
import Expressions
import Testing
import Values

@Suite("What a person may see and do")
struct AccessTableTests {
    private func table(
        _ grants: [ObjectGrant], clearance: [String] = [], privileges: [String] = [], restrictions: [Restriction] = []
    ) -> AccessTable {
        let role = RoleDefinition(
            id: "r", label: Label(zh: "角色", en: "Role"), clearance: clearance, grants: grants, privileges: privileges)
        return AccessCompiler.compile(
            model: World.model(roles: [role]), subject: Subject(user: Record.me, roles: ["r"]),
            restrictions: restrictions)
    }

    @Test("What no grant gives is not there")
    func denyByDefault() {
        let access = table([ObjectGrant(object: "company", actions: ["read"])])
        #expect(access.grant("order").rows.isNone)
        #expect(access.grant("order").readable.isEmpty)
        #expect(access.grant("nothing").rows.isNone)
        #expect(!access.grant("company").canCreate)
        #expect(access.grant("company").readPredicate == nil)
        #expect(access.grant("company").canRead)
    }

    @Test("An unknown field and an unreadable one look the same, hints included")
    func indistinguishable() {
        let access = table([ObjectGrant(object: "company", actions: ["read"], hidden: ["grade"])])
        let checker = ExpressionChecker(schema: access.schema)
        func said(_ source: String) -> [String] {
            guard case .failure(let found) = checker.check(source, on: "company", expecting: .bool) else {
                return ["accepted"]
            }
            return found.items.map {
                "\($0.code) \($0.en.replacing("grade", with: "…").replacing("limit", with: "…").replacing("grabe", with: "…")) \(String(describing: $0.hint))"
            }
        }
        let unknown = said("grabe = \"A\"")
        #expect(unknown.first?.hasPrefix("unknown_field") == true)
        #expect(said("grade = \"A\"") == unknown)
        #expect(said("limit = 1") == unknown)
        #expect(!access.checkPath(FieldPath(text: "grade"), on: "company"))
        #expect(!access.checkPath(FieldPath(text: "grabe"), on: "company"))
        #expect(access.checkPath(FieldPath(text: "name"), on: "company"))
    }

    @Test("A path over a link needs the link and the field, on both objects")
    func paths() {
        let both = table([
            ObjectGrant(object: "company", actions: ["read"], hidden: ["grade"]),
            ObjectGrant(object: "contact", actions: ["read"]),
        ])
        #expect(both.checkPath(FieldPath(text: "company.name"), on: "contact"))
        #expect(!both.checkPath(FieldPath(text: "company.grade"), on: "contact"))
        #expect(!both.checkPath(FieldPath(text: "company.limit"), on: "contact"))
        let one = table([ObjectGrant(object: "contact", actions: ["read"])])
        #expect(!one.checkPath(FieldPath(text: "company.name"), on: "contact"))
        let noLink = table([
            ObjectGrant(object: "company", actions: ["read"]),
            ObjectGrant(object: "contact", actions: ["read"], hidden: ["company"]),
        ])
        #expect(!noLink.checkPath(FieldPath(text: "company.name"), on: "contact"))
    }

    @Test("Rows are not found by values of linked records that may not be seen")
    func guards() throws {
        let access = table([
            ObjectGrant(object: "company", actions: ["read"], scope: .own(fields: [])),
            ObjectGrant(object: "contact", actions: ["read"]),
        ])
        guard case .usable(let rows?) = access.access(to: FieldPath(text: "company.name"), on: "contact") else {
            Issue.record("a guard is expected")
            return
        }
        #expect(
            rows.source == "(ISBLANK(company) OR (company.owner = ME()))"
                || rows.source == "(ISBLANK(company) OR ((company.owner = ME())))")
        guard case .usable(nil) = access.access(to: FieldPath(text: "name"), on: "contact") else {
            Issue.record("an own field needs no guard")
            return
        }
    }

    @Test("Clearance belongs to the person: another role may lend it")
    func clearance() {
        let seeing = RoleDefinition(
            id: "a", label: Label(zh: "甲", en: "A"), clearance: [],
            grants: [ObjectGrant(object: "company", actions: ["read"])], privileges: [])
        let cleared = RoleDefinition(
            id: "b", label: Label(zh: "乙", en: "B"), clearance: ["credit"], grants: [], privileges: ["export"])
        let model = World.model(roles: [seeing, cleared])
        let one = AccessCompiler.compile(model: model, subject: Subject(user: nil, roles: ["a"]))
        let two = AccessCompiler.compile(model: model, subject: Subject(user: nil, roles: ["a", "b"]))
        #expect(!one.grant("company").readable.contains("limit"))
        #expect(two.grant("company").readable.contains("limit"))
        #expect(two.has("export") && !one.has("export"))
    }

    @Test("A star grants everything but settings, and adds to what is named")
    func star() {
        let access = table([
            ObjectGrant(object: "*", actions: ["read"]), ObjectGrant(object: "company", actions: ["block"]),
        ])
        #expect(access.grant("order").canRead)
        #expect(!access.grant("user").canRead)
        #expect(access.grant("company").actions == ["read", "block"])
    }

    @Test("Lines follow their parent and the lines field")
    func lines() {
        let read = ObjectGrant(object: "order", actions: ["read", "update"], scope: .own(fields: []))
        let line = table([read, ObjectGrant(object: "order_line", hidden: ["qty"])]).grant("order_line")
        #expect(
            line.readPredicate?.source == "(parent.owner = ME())" || line.readPredicate?.source == "parent.owner = ME()"
        )
        #expect(!line.readable.contains("qty") && !line.readable.contains("cost") && line.readable.contains("position"))
        let without = table([ObjectGrant(object: "order", actions: ["read"], hidden: ["lines"])])
        #expect(!without.grant("order_line").canRead)
        let fixed = table([ObjectGrant(object: "order", actions: ["read", "update"], writable: ["no"])])
        #expect(fixed.grant("order_line").creatable.isEmpty)
        #expect(!table([ObjectGrant(object: "order_line", actions: ["*"])]).grant("order_line").canRead)
    }

    @Test("A restriction that can't be checked closes the object")
    func brokenRestriction() {
        let access = table(
            [ObjectGrant(object: "company", actions: ["read"])],
            restrictions: [Restriction(object: "company", source: "no such (")])
        #expect(access.grant("company").rows.isNone)
    }

    @Test("The house may do everything, system fields included in what it reads")
    func house() {
        let access = AccessCompiler.compile(model: World.model, subject: .system)
        #expect(access.grant("user").canCreate)
        #expect(access.grant("company").readable.contains("limit"))
        #expect(access.grant("company").isUniform)
        #expect(access.has("define"))
    }

    @Test("A grant through a link that leads nowhere lends nothing")
    func emptyLink() {
        let access = table([
            ObjectGrant(object: "company", actions: ["read"], condition: World.conditions["company"]?[2].expression),
            ObjectGrant(object: "contact", actions: ["read"], scope: .through(via: "company")),
        ]).grant("contact")
        let context = EvaluationContext(now: Instant(milliseconds: 0), today: Day(number: 0), me: Record.me)
        let company = Record("company", ["id": .record(RecordID(high: 9, low: 1))])
        let linked = Record("contact", ["company": company["id"]], links: ["company": company])
        #expect(access.masks(for: linked, context).isVisible)
        #expect(!access.masks(for: Record("contact", [:]), context).isVisible)
    }

    @Test("Why somebody can or can't see a field is told role by role, in both languages")
    func explanation() {
        let access = table([
            ObjectGrant(object: "company", actions: ["read"], scope: .own(fields: []), hidden: ["grade"])
        ])
        let context = EvaluationContext(now: Instant(milliseconds: 0), today: Day(number: 0), me: Record.me)
        let mine = Record("company", ["owner": .record(Record.me)])
        #expect(access.explain("company", field: "name", row: mine, context).map(\.allows) == [true])
        let hidden = access.explain("company", field: "grade", row: mine, context)
        #expect(hidden.map(\.allows) == [false])
        #expect(hidden[0].text.en == "Role “Role” sees records where owner = ME(); “Grade” is hidden from this role")
        let sensitive = access.explain("company", field: "limit", row: Record("company", [:]), context)
        #expect(
            sensitive[0].text.en.contains("this one does not match")
                && sensitive[0].text.en.contains("clearance “credit”"))
        #expect(access.explain("order", context).map(\.text.en) == ["No role gives sight of “Order”"])
        let bound = table(
            [ObjectGrant(object: "company", actions: ["read"])],
            restrictions: [Restriction(object: "company", source: "grade = \"A\"")])
        #expect(bound.explain("company", row: mine, context).map(\.allows) == [true, false])
    }
}
