import Access
import Definitions
import Store
import Values

extension Transaction {
    func views(_ step: ViewCommand) throws -> Outcome {
        guard let user = context.actor.userID else { throw Rejection.notAllowed }
        switch step {
        case .keep(let id, let object, let name, let audience, let content):
            return try keep(id, object, name.trimmed, audience, content, user)
        case .keepSheet(let id, let object, let name, let audience, let content, let heads):
            let outcome = try keep(id, object, name.trimmed, audience, content, user, isSheet: true)
            try remember(heads, of: object)
            return outcome
        case .arrange(let object, let view, let content):
            _ = try context.object(object)
            let name = KeptViewText.arrangement + view
            let before = try own(object, user).first { $0.name == name }
            if content.isEmpty {
                if let before { _ = try SavedViews(context.connection).remove(before.id, of: user) }
                return Outcome()
            }
            try check(name: view, content)
            return try put(before?.id, object, name, shared: false, content, user)
        case .remove(let id):
            guard try SavedViews(context.connection).remove(id, of: user) else { throw Rejection.noSuchRecord }
            return Outcome()
        }
    }

    private func keep(
        _ id: RecordID?, _ object: String, _ name: String, _ audience: ViewAudience, _ content: String,
        _ user: RecordID, isSheet: Bool = false
    ) throws -> Outcome {
        _ = try context.object(object)
        try check(name: name, content)
        guard audience != .all || context.access.has("define") else { throw Rejection.notAllowed }
        guard audience != .team || context.actor.department != nil else {
            throw Rejection.invalid([
                Problem(
                    field: "audience", code: "no_department",
                    message: Label(
                        zh: "你没有部门，这个视图只能给自己", en: "You are in no department, so the view can only be your own"))
            ])
        }
        let own = try own(object, user)
        if let id {
            let known = own.first { $0.id == id }.flatMap { KeptViewText.read($0.document) }
            guard let known, known.isSheet == isSheet else { throw Rejection.notAllowed }
        }
        guard id != nil || own.count < KeptViewText.most else {
            throw Rejection.invalid([
                Problem(
                    field: nil, code: "too_many_views",
                    message: Label(
                        zh: "一个列表最多存 100 个视图，请先删掉不用的", en: "At most 100 views of one list; remove some first"))
            ])
        }
        let document = KeptViewText.write(
            audience, department: context.actor.department, content, isSheet: isSheet)
        return try put(id, object, name, shared: audience != .mine, document, user)
    }

    /// A heading that means something already keeps its meaning.
    private func remember(_ heads: [String: String], of object: String) throws {
        guard !heads.isEmpty, !command.dryRun, context.access.has("import") else { return }
        let targets = ImportTargets(model: context.model, definition: try context.object(object))
        let known = HeadingMatch(targets, synonyms: try ImportSynonyms(context))
        var fresh: [String: String] = [:]
        for (path, head) in heads where targets.target(path) != nil && known.path(of: head) == nil {
            fresh[HeadingMatch.folded(head)] = path
        }
        fresh[""] = nil
        let mappings = ImportMappings(context.connection)
        for head in try mappings.mappings(of: object, headers: fresh.keys.sorted()).keys { fresh[head] = nil }
        try mappings.remember(fresh, of: object, at: context.now)
    }

    private func put(
        _ id: RecordID?, _ object: String, _ name: String, shared: Bool, _ document: String, _ user: RecordID
    ) throws -> Outcome {
        let id = id ?? ids.next(context.now)
        let view = SavedView(
            id: id, object: object, user: user, name: name, shared: shared, document: document,
            updatedAt: context.now)
        if !command.dryRun, !(try SavedViews(context.connection).put(view)) { throw Rejection.notAllowed }
        return Outcome(created: [RecordReference(object: object, id: id)])
    }

    private func own(_ object: String, _ user: RecordID) throws -> [SavedView] {
        try SavedViews(context.connection).list(of: object, for: user).filter { $0.user == user }
    }

    private func check(name: String, _ content: String) throws {
        var problems: [Problem] = []
        let limit = { (code: String, zh: String, en: String, field: String) in
            Problem(field: field, code: code, message: Label(zh: zh, en: en))
        }
        if name.isEmpty { problems.append(limit("required", "请给视图起个名字", "Give the view a name", "name")) }
        if name.count > 60 { problems.append(limit("too_long", "名字最多 60 个字符", "At most 60 characters", "name")) }
        if name.hasPrefix(KeptViewText.arrangement) {
            problems.append(limit("format", "名字不能以“/”开头", "A name can't begin with “/”", "name"))
        }
        if content.utf8.count > 8000 {
            problems.append(limit("too_long", "视图的条件太长", "The conditions of the view are too long", "content"))
        }
        guard problems.isEmpty else { throw Rejection.invalid(problems) }
    }
}

/// How a saved view stands in its row: who it is for, and its content as it was given.
enum KeptViewText {
    /// Begins the names of rows that hold a person's arrangement of a view.
    static let arrangement = "/"
    static let most = 100
    private static let sheet = "sheet"

    static func write(
        _ audience: ViewAudience, department: RecordID?, _ content: String, isSheet: Bool = false
    ) -> String {
        var parts: [String: Input] = ["audience": .text(audience.rawValue), "content": .text(content)]
        if let department { parts["department"] = .text(department.description) }
        if isSheet { parts["use"] = .text(sheet) }
        return JSONText.write(.object(parts))
    }

    static func read(
        _ document: String
    ) -> (audience: ViewAudience, department: RecordID?, content: String, isSheet: Bool)? {
        // A row that another program has spoilt is no view.
        guard case .object(let parts)? = try? JSONText.read(Array(document.utf8)),
            case .text(let word)? = parts["audience"], let audience = ViewAudience(rawValue: word),
            case .text(let content)? = parts["content"]
        else { return nil }
        var department: RecordID?
        if case .text(let text)? = parts["department"] { department = RecordID(text) }
        return (audience, department, content, parts["use"] == .text(sheet))
    }
}
