extension Overlay {
    /// The overlay after these changes, in order.
    ///
    /// - Throws: `JSONSyntaxError` when a `merge` holds no JSON; everything else is found when the model is built.
    package func applying(_ changes: [DefinitionChange]) throws(JSONSyntaxError) -> Overlay {
        var root = root
        for change in changes { root = try Self.apply(change, to: root) }
        // Read again so that places are lines of the stored document.
        return Overlay(root: try SourceNode(json: JSONWriter.write(root)))
    }

    private static func apply(_ change: DefinitionChange, to root: SourceNode) throws(JSONSyntaxError) -> SourceNode {
        switch change {
        case .removeView(let object, let view):
            return remove(view, from: "views", ofObject: object, in: root)
        case .removeRole(let id):
            let roles = (root["roles"]?.items ?? []).filter { $0["id"]?.scalar != id }
            return root.setting("roles", to: .list(roles))
        case .setMenu(let menu):
            return root.setting("menu", to: .list(menu.map(entry)))
        case .setRole(let role):
            // Grants have no ids: a role given is the whole role.
            let others = (root["roles"]?.items ?? []).filter { $0["id"]?.scalar != role.id }
            return root.setting("roles", to: .list(others + [self.role(role)]))
        default:
            return root.merged(with: try document(of: change))
        }
    }

    private static func document(of change: DefinitionChange) throws(JSONSyntaxError) -> SourceNode {
        switch change {
        case .addObject(let id, let label, let plural, let icon):
            return newObject(id, label, plural, icon)
        case .relabelObject(let id, let label, let plural):
            return object(id, [("label", node(label)), ("plural", node(plural))])
        case .retireObject(let id): return object(id, [("retired", .flag(true))])
        case .restoreObject(let id): return object(id, [("retired", .flag(false))])
        case .addField(let object, let draft): return part("fields", of: object, field(draft))
        case .relabelField(let object, let id, let label, let help):
            return part(
                "fields", of: object, .map([("id", .text(id)), ("label", node(label)), ("help", help.map(node))]))
        case .retireField(let object, let id):
            return part("fields", of: object, .map([("id", .text(id)), ("retired", .flag(true))]))
        case .restoreField(let object, let id):
            return part("fields", of: object, .map([("id", .text(id)), ("retired", .flag(false))]))
        case .changeType(let object, let id, let type):
            return part("fields", of: object, .map([("id", .text(id)), ("type", .text(type))]))
        case .setRule(let object, let id, let rule, let on):
            return part("fields", of: object, .map([("id", .text(id)), (rule.rawValue, .flag(on))]))
        case .setView(let object, let draft): return part("views", of: object, view(draft))
        case .setSection(let object, let id, let label, let fields):
            return part(
                "sections", of: object, .map([("id", .text(id)), ("label", node(label)), ("fields", words(fields))]))
        case .setCheck(let object, let draft): return part("checks", of: object, check(draft))
        case .patchList(let id, let label, let codes):
            let list = SourceNode.map([
                ("id", .text(id)), ("label", label.map(node)), ("codes", .list(codes.map(code))),
            ])
            return .map([("lists", .list([list]))])
        case .merge(let document): return try SourceNode(json: document)
        case .removeView, .removeRole, .setMenu, .setRole: return .map([])
        }
    }

    /// With a name and one view, so that its page works at once.
    private static func newObject(_ id: String, _ label: Label, _ plural: Label, _ icon: String) -> SourceNode {
        let name = FieldDraft(id: "name", label: Label(zh: "名称", en: "Name"), type: "text", required: true)
        let all = ViewDraft(
            id: "all", label: Label(zh: "全部", en: "All"), columns: ["name", "owner", "updated_at"],
            sort: ["-updated_at"])
        return object(
            id,
            [
                ("label", node(label)), ("plural", node(plural)), ("icon", .text(icon)), ("title", words(["name"])),
                ("search", words(["name"])), ("fields", .list([field(name)])), ("views", .list([view(all)])),
            ])
    }

    private static func remove(
        _ id: String, from key: String, ofObject object: String, in root: SourceNode
    ) -> SourceNode {
        let objects = (root["objects"]?.items ?? []).map { node in
            guard node["id"]?.scalar == object, let items = node[key]?.items else { return node }
            return node.setting(key, to: .list(items.filter { $0["id"]?.scalar != id }))
        }
        return root.setting("objects", to: .list(objects))
    }

    private static func object(_ id: String, _ entries: [(String, SourceNode?)]) -> SourceNode {
        .map([("objects", .list([.map([("id", .text(id))] + entries)]))])
    }

    private static func part(_ key: String, of object: String, _ node: SourceNode) -> SourceNode {
        self.object(object, [(key, .list([node]))])
    }
}

/// Drafts as source nodes.
extension Overlay {
    private static func node(_ label: Label) -> SourceNode { .map([("zh", .text(label.zh)), ("en", .text(label.en))]) }

    private static func words(_ words: [String]) -> SourceNode { .list(words.map(SourceNode.text)) }

    private static func field(_ draft: FieldDraft) -> SourceNode {
        .map([
            ("id", .text(draft.id)), ("label", node(draft.label)), ("type", .text(draft.type)),
            ("help", draft.help.map(node)), ("required", draft.required ? .flag(true) : nil),
            ("unique", draft.unique ? .flag(true) : nil), ("default", draft.defaultValue.map(SourceNode.text)),
            ("formula", draft.formula.map(SourceNode.text)), ("sensitivity", draft.sensitivity.map(SourceNode.text)),
            ("unit", draft.unit.map(SourceNode.text)),
        ])
    }

    private static func view(_ draft: ViewDraft) -> SourceNode {
        .map([
            ("id", .text(draft.id)), ("label", node(draft.label)), ("columns", words(draft.columns)),
            ("filter", draft.filter.map(SourceNode.text)), ("sort", words(draft.sort)),
            ("group", draft.group.map(SourceNode.text)),
        ])
    }

    private static func check(_ draft: CheckDraft) -> SourceNode {
        .map([
            ("id", .text(draft.id)), ("expr", .text(draft.expression)), ("message", node(draft.message)),
            ("field", draft.field.map(SourceNode.text)), ("blocking", .flag(draft.blocking)),
        ])
    }

    private static func code(_ draft: CodeDraft) -> SourceNode {
        .map([
            ("code", .text(draft.code)), ("zh", .text(draft.label.zh)), ("en", .text(draft.label.en)),
            ("tone", draft.tone.map(SourceNode.text)), ("retired", .flag(draft.retired)),
        ])
    }

    private static func role(_ draft: RoleDraft) -> SourceNode {
        .map([
            ("id", .text(draft.id)), ("label", node(draft.label)), ("clearance", words(draft.clearance)),
            ("privileges", words(draft.privileges)), ("grants", .list(draft.grants.map(grant))),
        ])
    }

    private static func grant(_ draft: GrantDraft) -> SourceNode {
        .map([
            ("object", .text(draft.object)), ("actions", words(draft.actions)), ("scope", .text(draft.scope)),
            ("where", draft.condition.map(SourceNode.text)), ("hidden", words(draft.hidden)),
            ("writable", draft.writable.map(words)),
        ])
    }

    private static func entry(_ draft: MenuDraft) -> SourceNode {
        .map([
            ("object", .text(draft.object)), ("label", draft.label.map(node)),
            ("icon", draft.icon.map(SourceNode.text)),
            ("primary", .flag(draft.primary)),
        ])
    }
}
