import Definitions
import Testing
import Values

@Suite("States, actions and roles of the trade pack")
struct ProcessTests {
    private func object(_ id: String) throws -> ObjectDefinition {
        try #require(ShippedPacks.result.model?.object(id))
    }

    @Test("A quotation that went out changes no more")
    func sentIsLocked() throws {
        let states = try #require(object("quotation").states)
        for code in ["in_approval", "approved", "sent", "viewed", "accepted", "expired", "superseded"] {
            #expect(states.state(code)?.locked == true)
            #expect(states.state(code)?.open == [])
        }
    }

    @Test("A new version keeps the number, counts on, names its parent and supersedes the old one")
    func newVersion() throws {
        let action = try #require(object("quotation").actions.first { $0.id == "new_version" })
        let template = try #require(action.creates.first)
        #expect(action.to == "superseded")
        #expect(action.requiredInput == ["change_note"])
        #expect(template.object == "quotation")
        #expect(Set(template.copies).isSuperset(of: ["no", "company", "fx_rate", "change_note"]))
        #expect(template.sets.map(\.field).contains("version_no"))
        #expect(template.sets.map(\.field).contains("parent"))
        #expect(template.lines.map(\.from) == ["lines", "charges"])
    }

    @Test("PI and order are one action each, with their lines")
    func oneClick() throws {
        let makePI = try #require(object("quotation").actions.first { $0.id == "make_pi" })
        let makeOrder = try #require(object("pi").actions.first { $0.id == "make_order" })
        #expect(makePI.input == [] && makeOrder.input == [])
        #expect(makePI.creates.first?.lines.count == 2)
        #expect(makeOrder.creates.first?.lines.count == 1)
    }

    @Test(
        "What a template makes has every required field",
        arguments: [
            ("inquiry", "make_quotation"), ("inquiry", "make_sample"), ("quotation", "new_version"),
            ("quotation", "make_pi"),
            ("pi", "make_order"), ("pi", "make_contract"), ("order", "repeat"), ("sample", "again"),
            ("booking", "make_shipment"),
            ("commercial_invoice", "make_packing_list"), ("inspection", "reinspect"), ("bom", "new_version"),
            ("exception", "write_article"),
        ])
    func templatesAreComplete(source: String, action id: String) throws {
        let action = try #require(object(source).actions.first { $0.id == id })
        for template in action.creates {
            let given = Set(template.copies + template.sets.map(\.field))
            try expectComplete(try object(template.object), given)
            for pair in template.lines {
                let from = try lines(pair.from, of: try object(source))
                let to = try lines(pair.to, of: try object(template.object))
                try expectComplete(to, Set(from.liveFields.map(\.id)))
            }
        }
    }

    private func lines(_ field: String, of object: ObjectDefinition) throws -> ObjectDefinition {
        guard case .lines(let target) = object.field(field)?.type else { throw MissingLines() }
        return try self.object(target)
    }

    private struct MissingLines: Error {}

    private func expectComplete(_ object: ObjectDefinition, _ given: Set<String>) throws {
        let open = object.liveFields.filter {
            $0.required && $0.defaultValue == nil && $0.series == nil && $0.formula == nil && !given.contains($0.id)
        }
        #expect(open.map(\.id) == [], "\(object.id)")
    }

    @Test("A lost inquiry names its reason, and every step forward dates the next one")
    func inquirySteps() throws {
        let actions = try object("inquiry").actions
        #expect(actions.first { $0.id == "lose" }?.requiredInput == ["loss_reason"])
        for id in ["contact_made", "qualify", "start_sampling", "start_quoting", "negotiate", "reopen"] {
            #expect(actions.first { $0.id == id }?.requiredInput == ["next_action"], "\(id)")
        }
    }

    @Test("Nobody approves what is their own")
    func notByOwner() throws {
        for (object, action) in [
            ("quotation", "approve"), ("quotation", "return"), ("purchase_order", "approve"),
            ("change_request", "approve"), ("approval", "grant"), ("bank_account", "verify"), ("bl", "approve_release"),
            ("inspection", "grant_concession"),
        ] {
            #expect(
                try self.object(object).actions.first { $0.id == action }?.notByOwner == true, "\(object).\(action)")
        }
    }

    @Test("Production never sees a sales price, and cost, margin, supplier and bank stay with those who need them")
    func sensitivities() throws {
        let model = try #require(ShippedPacks.result.model)
        let clearance = Dictionary(uniqueKeysWithValues: model.roles.map { ($0.id, Set($0.clearance)) })
        #expect(clearance["production"] == [])
        #expect(clearance["merchandiser"]?.isDisjoint(with: ["cost", "margin", "bank"]) == true)
        #expect(
            model.roles.filter { $0.clearance.contains("bank") }.map(\.id).sorted() == [
                "admin", "finance", "general_manager",
            ])
        for (object, field) in [
            ("order", "amount"), ("order_line", "price"), ("quotation", "total"), ("pi_line", "price"),
            ("product", "list_price"),
        ] {
            #expect(try self.object(object).field(field)?.sensitivity == "price", "\(object).\(field)")
        }
        for (object, field) in [
            ("quotation_line", "purchase_price"), ("quotation", "total_cost"), ("product", "cost_current"),
            ("order", "cost_actual"),
        ] {
            #expect(try self.object(object).field(field)?.sensitivity == "cost", "\(object).\(field)")
        }
    }

    @Test("Only a few may change settings")
    func settings() throws {
        let model = try #require(ShippedPacks.result.model)
        let settings = Set(model.objects.filter(\.isSetting).map(\.id))
        let writers = model.roles.filter { role in
            role.grants.contains {
                settings.contains($0.object) && !Set($0.actions).isDisjoint(with: ["*", "update", "create"])
            }
        }
        #expect(Set(writers.map(\.id)) == ["admin", "general_manager", "finance"])
    }
}
