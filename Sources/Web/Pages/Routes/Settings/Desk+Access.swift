import Definitions
import Kernel
import Values

/// Why somebody may or may not, who may, and what the roles give.
extension Desk {
    func access(_ rest: [String]) async throws -> Reply {
        guard rest.isEmpty, !isPost else { throw Rejection.noSuchPath }
        let query = { (name: String) in self.exchange[query: name]?.trimmingSpaces ?? "" }
        var about = AccessCase(object: query("object"))
        about.record = RecordID(query("record"))
        about.field = query("field").isEmpty ? nil : query("field")
        about.action = query("action").isEmpty ? "read" : query("action")
        let (frame, sheet) = try await ask(
            RightsSheet(person: RecordID(query("person")), about: about, typed: query("record.q")))
        let content = AccessComposition(eyes: presentation(frame), sheet: sheet).page
        return settingsPage(content, frame, title: context[Words.whyAccess], status: sheet.problem == nil ? 200 : 404)
    }

    // MARK: Roles

    func roles(_ rest: [String]) async throws -> Reply {
        guard rest.count <= 1, !isPost else { throw Rejection.noSuchPath }
        guard let id = rest.first else {
            let (frame, _) = try await ask(RolesSight())
            let words = RightsWords(model: frame.sight.model, page: context)
            return settingsPage(
                RolesPage(model: frame.sight.model, words: words, showsSettings: exchange[query: "all"] == "1"), frame,
                title: context[Words.rolesMatrix])
        }
        let (frame, sight) = try await ask(RoleRights(role: id))
        guard let role = sight.model.role(id) else { throw Rejection.noSuchPath }
        let words = RightsWords(model: sight.model, page: context)
        return settingsPage(
            RolePage(role: role, sight: sight, words: words, open: exchange[query: "object"]), frame,
            title: context[role.label],
            crumbs: [Shell.Crumb(text: context[Words.rolesMatrix], url: Paths.roles)], backURL: Paths.roles)
    }
}

/// Only for who manages accounts, changes definitions or audits.
struct RolesSight: Question {
    func answer(in context: ReadContext) throws -> Bool {
        let sight = try context.ask(VisibleModel())
        guard ["users", "define", "audit"].contains(where: sight.has) else { throw Rejection.notAllowed }
        return true
    }
}

/// A case with its answers, and what else may be asked about.
struct RightsSheet: Question {
    let person: RecordID?
    let about: AccessCase
    /// What stood in the picker without a script.
    let typed: String

    struct Answer: Sendable {
        let people: [RecordView]
        let person: RecordView?
        let about: AccessCase
        let record: RecordView?
        let verdict: AccessVerdict?
        let who: [WhoMay.Person]?
        let problem: Label?
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        guard sight.has("users") else { throw Rejection.notAllowed }
        let columns = ["name", "roles"].filter { sight.readable("user").contains($0) }
        let people = try context.ask(
            ListRecords(
                object: "user", columns: columns, filters: ["active"],
                sort: [SortKey(path: "name", descending: false)], limit: 300)
        ).rows
        var about = about
        guard !about.object.isEmpty, sight.canRead(about.object) else {
            return Answer(
                people: people, person: people.first { $0.id == person }, about: AccessCase(object: ""), record: nil,
                verdict: nil, who: nil, problem: nil)
        }
        if about.record == nil, !typed.isEmpty {
            about.record = try context.ask(ListRecords(object: about.object, search: typed, limit: 1)).rows.first?.id
        }
        if let field = about.field, !sight.readable(about.object).contains(field) { about.field = nil }
        do {
            let record = try about.record.map { id in
                try context.ask(ShowRecord(object: about.object, id: id, withLines: false))
            }
            let verdict = try person.map { try context.ask(WhyAccess(person: $0, about: about)) }
            return Answer(
                people: people, person: people.first { $0.id == person }, about: about, record: record,
                verdict: verdict, who: try context.ask(WhoMay(about)), problem: nil)
        } catch let rejection as Rejection where rejection.kind == .missing {
            about.record = nil
            return Answer(
                people: people, person: nil, about: about, record: nil, verdict: nil, who: nil,
                problem: rejection.message)
        }
    }
}

/// Puts a case into words.
struct AccessComposition {
    let eyes: Presentation
    let sheet: RightsSheet.Answer

    private var words: RightsWords { RightsWords(model: eyes.model, page: eyes.page) }
    private func say(_ zh: String, _ en: String) -> String { eyes.language == .zh ? zh : en }

    var page: AccessPage {
        var page = AccessPage()
        page.people = sheet.people.map { FieldControl.Choice($0.id.description, $0.title) }
        page.objects = eyes.sight.objects.filter { $0.parent == nil && !$0.retired }
            .map { FieldControl.Choice($0.id, eyes.say($0.label)) }
        page.person = sheet.person?.id.description ?? ""
        page.about = sheet.about
        page.problem = sheet.problem.map(eyes.say)
        guard let definition = eyes.model.object(sheet.about.object) else { return page }
        page.actions = words.actions(of: definition)
        page.fields = definition.liveFields.filter { eyes.isReadable($0.id, of: definition.id) }
            .map { FieldControl.Choice($0.id, eyes.say($0.label)) }
        page.linked = sheet.record.map {
            FieldControl.Linked(id: $0.id.description, title: $0.title, url: Paths.record($0.object, $0.id.description))
        }
        page.subject = subject(definition)
        page.verdict = sheet.verdict.map(verdict)
        if let who = sheet.who {
            page.allowed = who.filter { !$0.by.isEmpty }.map { person($0.record, by: $0.by) }
            page.refused = who.filter(\.by.isEmpty).map { person($0.record, by: $0.record["roles"].roleCodes) }
        }
        return page
    }

    private func person(_ record: RecordView, by roles: [String]) -> AccessPage.Who {
        AccessPage.Who(
            id: record.id.description, name: record.title,
            roles: roles.map(words.role).joined(separator: say("、", ", ")))
    }

    /// 改 报价单 Q-17 的“折扣”.
    private func subject(_ definition: ObjectDefinition) -> String {
        let name = sheet.record.map { eyes.say(definition.label) + " " + $0.title } ?? eyes.say(definition.plural)
        let field = sheet.about.field.flatMap { definition.field($0) }.map { "“" + eyes.say($0.label) + "”" }
        let verb = words.action(sheet.about.action, of: definition.id)
        guard let field else { return verb + " " + name }
        return say("\(verb) \(name) 的\(field)", "\(verb) \(field) of \(name)")
    }

    private func verdict(_ verdict: AccessVerdict) -> AccessPage.Verdict {
        let name = sheet.person?.title ?? ""
        let subject = eyes.model.object(sheet.about.object).map(subject) ?? ""
        var reasons = verdict.roles.map { part in
            let reason = words.reason(part, sheet.about)
            return AccessPage.Reason(role: words.role(part.role), text: reason.text, holds: reason.holds)
        }
        reasons += verdict.silent.map { role in
            AccessPage.Reason(
                role: words.role(role), text: say("对它没有更多权限", "gives nothing more here"), holds: false)
        }
        if reasons.isEmpty {
            reasons = [AccessPage.Reason(role: "–", text: say("没有任何角色", "has no role at all"), holds: false)]
        }
        if verdict.isHeldByState { reasons.append(held(verdict)) }
        return AccessPage.Verdict(
            sentence: verdict.allowed
                ? say("\(name) 可以\(subject)", "\(name) may \(subject)")
                : say("\(name) 不能\(subject)", "\(name) may not \(subject)"),
            isAllowed: verdict.allowed, reasons: reasons, wouldAllow: verdict.wouldAllow.map(words.role))
    }

    /// The roles would allow it, the record does not now.
    private func held(_ verdict: AccessVerdict) -> AccessPage.Reason {
        var parts = [say("角色允许，但这条记录现在不允许", "The roles allow it, the record does not now")]
        let definition = eyes.model.object(sheet.about.object)
        if !verdict.states.isEmpty, let states = definition?.states,
            case .choice(let list)? = definition?.field(states.field)?.type
        {
            let names = verdict.states.map { code in
                eyes.model.lists[list]?.code(code).map { eyes.say($0.label) } ?? code
            }
            parts.append(say("只在这些状态：", "only in these states: ") + names.joined(separator: say("、", ", ")))
        }
        if let condition = verdict.condition {
            let words = ExpressionWords(model: eyes.model, format: eyes.page.format).sentence(condition)
            parts.append(say("条件：", "condition: ") + words)
        }
        return AccessPage.Reason(role: say("状态", "State"), text: parts.joined(separator: say("；", "; ")), holds: false)
    }
}

extension Value {
    /// The codes of a field with several.
    var roleCodes: [String] { if case .list(let items) = self { items.compactMap(\.text) } else { [] } }
}
