import Expressions

/// Roles, menu and default records.
extension ModelLinker {
    package static var generalActions: [String] {
        ["read", "create", "update", "delete", "assign", "import", "export"]
    }
    package static var privileges: [String] { ["define", "users", "export", "import", "audit"] }

    mutating func roles() -> [RoleDefinition] {
        checkIDs(raw.roles.map(\.id))
        let sensitivities = Set(raw.objects.flatMap(\.fields).compactMap(\.sensitivity))
        return raw.roles.map { role in
            for word in role.clearance where !sensitivities.contains(word.value) {
                report(
                    "unknown_sensitivity", at: word.place, "没有字段属于 “\(word.value)”",
                    "No field is of the sensitivity “\(word.value)”",
                    hint: Spelling.hint(for: word.value, among: sensitivities), severity: .warning)
            }
            for word in role.privileges where !Self.privileges.contains(word.value) {
                report(
                    "unknown_privilege", at: word.place, "未知的权限 “\(word.value)”",
                    "There is no privilege “\(word.value)”",
                    hint: Spelling.hint(for: word.value, among: Self.privileges))
            }
            return RoleDefinition(
                id: role.id.value, label: label(role.label, of: role.id), clearance: role.clearance.map(\.value),
                grants: role.grants.flatMap { grants($0) }, privileges: role.privileges.map(\.value))
        }
    }

    /// One grant for each object named.
    private mutating func grants(_ raw: RawGrant) -> [ObjectGrant] {
        // An action need be known to one of the objects only; the others leave it out.
        checkActions(raw.actions, of: raw.objects.map(\.value))
        return raw.objects.compactMap { object in
            if object.value == "*" { return generalGrant(raw) }
            checkObject(object.value, at: object.place)
            guard let outline = skeleton.objects[object.value] else { return nil }
            let scope = self.scope(raw, of: object.value)
            if outline.parent != nil, raw.condition != nil || raw.scope.map({ $0.value != "all" }) == true {
                report(
                    "line_scope", at: raw.place, "明细 “\(object.value)” 的范围随其单据",
                    "The rows of the lines “\(object.value)” follow their parent",
                    hint: Label(zh: "这里只写 hidden 与 writable", en: "Give only hidden and writable here"))
            }
            return ObjectGrant(
                object: object.value, actions: raw.actions.map(\.value), scope: scope,
                condition: expression(raw.condition, on: object.value, expecting: .bool),
                hidden: names(raw.hidden, on: object.value), writable: raw.writable.map { names($0, on: object.value) },
                readOnly: names(raw.readOnly, on: object.value))
        }
    }

    private mutating func generalGrant(_ raw: RawGrant) -> ObjectGrant {
        var scope = Scope.all
        switch raw.scope?.value {
        case nil, "all": break
        case "own": scope = .own(fields: [])
        case "department": scope = .department
        case "region": scope = .region
        default:
            report(
                "general_scope", at: raw.scope?.place ?? raw.place, "“*” 只能用 all、own、department、region",
                "For “*” the scope is all, own, department or region")
        }
        if raw.condition != nil || raw.writable != nil || !raw.hidden.isEmpty || !raw.readOnly.isEmpty {
            report(
                "general_grant", at: raw.place, "“*” 不能有 where、hidden、writable、readonly",
                "“*” can't have where, hidden, writable or readonly",
                hint: Label(zh: "请按对象分别授权", en: "Grant the objects one by one"))
        }
        return ObjectGrant(
            object: "*", actions: raw.actions.map(\.value), scope: scope, condition: nil, hidden: [], writable: nil)
    }

    private mutating func checkActions(_ actions: [Located<String>], of objects: [String]) {
        let own = raw.objects.filter { objects.contains($0.id.value) || objects.contains("*") }.flatMap {
            $0.actions.map(\.id.value)
        }
        let known = Self.generalActions + own + ["*"]
        for action in actions where !known.contains(action.value) {
            report(
                "unknown_action", at: action.place, "没有动作 “\(action.value)”", "There is no action “\(action.value)”",
                hint: Spelling.hint(for: action.value, among: known))
        }
    }

    private mutating func scope(_ raw: RawGrant, of object: String) -> Scope {
        guard let text = raw.scope else { return .all }
        let parts = text.value.split(separator: "(", maxSplits: 1)
        let name = parts.first.map(String.init) ?? ""
        let arguments =
            parts.count == 2
            ? parts[1].filter { $0 != ")" }.split(separator: ",").map { $0.filter { $0 != " " } } : []
        switch (name, arguments.count) {
        case ("all", 0): return .all
        case ("own", _):
            for field in arguments { checkLink(Located(field, at: text.place), of: object, to: "user") }
            return .own(fields: arguments)
        case ("department", 0): return .department
        case ("region", 0): return .region
        case ("through", 1):
            checkLink(Located(arguments[0], at: text.place), of: object, to: nil)
            return .through(via: arguments[0])
        default:
            report(
                "unknown_scope", at: text.place, "未知的范围 “\(text.value)”", "There is no scope “\(text.value)”",
                hint: Label(
                    zh: "all、own、own(字段)、department、region、through(字段)",
                    en: "all, own, own(field), department, region, through(field)"))
            return .own(fields: [])
        }
    }

    private mutating func checkLink(_ field: Located<String>, of object: String, to target: String?) {
        guard name(field, on: object) else { return }
        switch skeleton.objects[object]?.fields[field.value]?.type {
        case .link(let linked) where target == nil || target == linked: break
        case .links(let linked) where target == linked: break
        default:
            report(
                "scope_link", at: field.place, "“\(object).\(field.value)” 不是指向 \(target ?? "记录") 的关联",
                "“\(object).\(field.value)” is no link to \(target.map { "a " + $0 } ?? "a record")")
        }
    }

    mutating func menu() -> [MenuEntry] {
        raw.menu.compactMap { entry in
            checkObject(entry.object.value, at: entry.object.place)
            guard let object = raw.objects.first(where: { $0.id.value == entry.object.value }), !object.retired else {
                return nil
            }
            return MenuEntry(
                object: entry.object.value,
                label: entry.label ?? object.plural ?? object.label
                    ?? Label(zh: entry.object.value, en: entry.object.value),
                icon: entry.icon ?? object.icon ?? "doc", primary: entry.primary)
        }
    }

    /// Default records name real objects and fields.
    mutating func checkRecords(of packs: [Pack]) {
        for file in packs.flatMap(\.records) {
            let place = SourceLocation(file: file.file, line: 1)
            guard skeleton.objects[file.object] != nil else {
                checkObject(file.object, at: place)
                continue
            }
            _ = paths(file.columns.map { Located($0, at: place) }, on: file.object)
        }
    }

    mutating func baseCurrency(of packs: [Pack]) -> String {
        guard let pack = packs.last(where: { $0.baseCurrency != nil }), let currency = pack.baseCurrency else {
            return "CNY"
        }
        if let list = skeleton.lists["currency"], list.code(currency) == nil {
            report("unknown_code", at: pack.place, "没有币种 “\(currency)”", "There is no currency “\(currency)”")
        }
        return currency
    }
}
