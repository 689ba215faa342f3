import Expressions
import Values

/// Change desks: what changes, where it stands, what it shares with others, which papers it has.
extension ModelLinker {
    mutating func change(_ raw: RawChange, of holder: RawObject) -> ChangeDefinition? {
        let id = holder.id.value
        let known = findings.count
        for word in ["target", "kind", "point", "before", "after", "sheet"] {
            if let field = raw.texts[word] { _ = name(field, on: id) }
        }
        guard findings.count == known, let target = raw.texts["target"], let kind = raw.texts["kind"],
            let point = raw.texts["point"], let old = raw.texts["before"], let new = raw.texts["after"],
            let sheet = raw.texts["sheet"], let applies = raw.texts["applies"]
        else { return nil }
        guard case .link(let object)? = skeleton.objects[id]?.fields[target.value]?.type else {
            report("change_target", at: target.place, "“\(target.value)” 要是关联字段", "“\(target.value)” must be a link")
            return nil
        }
        checkSheet(sheet, on: id)
        let computes = raw.lists["computes"] ?? []
        for action in computes + [raw.texts["confirms"], applies].compactMap({ $0 }) {
            changeAction(action, of: holder)
        }
        let fields = names(raw.lists["fields"] ?? [], on: object)
        for word in ["planned", "promised", "amount"] { if let field = raw.texts[word] { _ = name(field, on: object) } }
        if let defaults = raw.texts["defaults"] { checkObject(defaults.value, at: defaults.place) }
        let points = raw.points.compactMap { item in
            ownCondition(item.condition, on: object, "change_point").map {
                ChangeDefinition.Point(code: item.code.value, condition: $0)
            }
        }
        var into: [String: String] = [:]
        for item in raw.into where name(item.field, on: id) { into[item.result.value] = item.field.value }
        return ChangeDefinition(
            target: target.value, object: object, kind: kind.value, point: point.value, before: old.value,
            after: new.value, sheet: sheet.value, computes: computes.map(\.value),
            confirms: raw.texts["confirms"]?.value, applies: applies.value, fields: fields,
            acts: changeActs(raw, object),
            planned: raw.texts["planned"]?.value, promised: raw.texts["promised"]?.value,
            amount: raw.texts["amount"]?.value, points: points, defaults: raw.texts["defaults"]?.value,
            latest: raw.latest.flatMap { latest($0, object) }, shared: raw.shared.compactMap { shared($0, object) },
            documents: raw.documents.compactMap { paper($0, object) }, emergency: emergency(raw, of: holder), into: into
        )
    }

    private mutating func checkSheet(_ sheet: Located<String>, on object: String) {
        guard case .lines(let child)? = skeleton.objects[object]?.fields[sheet.value]?.type,
            let lines = skeleton.objects[child]
        else {
            report(
                "not_lines", at: sheet.place, "“\(object).\(sheet.value)” 不是明细",
                "“\(object).\(sheet.value)” is no lines field")
            return
        }
        for field in ImpactField.required where lines.fields[field] == nil {
            report(
                "change_sheet", at: sheet.place, "影响清单 “\(child)” 缺少字段 “\(field)”",
                "The sheet of effects “\(child)” lacks the field “\(field)”")
        }
    }

    private mutating func changeAction(_ action: Located<String>, of holder: RawObject) {
        let known = holder.actions.map(\.id.value)
        guard !known.contains(action.value) else { return }
        report(
            "unknown_action", at: action.place, "“\(holder.id.value)” 没有动作 “\(action.value)”",
            "“\(holder.id.value)” has no action “\(action.value)”", hint: Spelling.hint(for: action.value, among: known)
        )
    }

    private mutating func changeActs(_ raw: RawChange, _ object: String) -> [String: ChangeDefinition.Act] {
        let actions = self.raw.objects.first { $0.id.value == object }?.actions ?? []
        var out: [String: ChangeDefinition.Act] = [:]
        for item in raw.acts {
            guard actions.contains(where: { $0.id.value == item.action.value }) else {
                report(
                    "unknown_action", at: item.action.place, "“\(object)” 没有动作 “\(item.action.value)”",
                    "“\(object)” has no action “\(item.action.value)”",
                    hint: Spelling.hint(for: item.action.value, among: actions.map(\.id.value)))
                continue
            }
            if let reason = item.reason, !name(reason, on: object) { continue }
            out[item.kind.value] = ChangeDefinition.Act(action: item.action.value, reason: item.reason?.value)
        }
        return out
    }

    /// How a record of `holder` leads to the one that changes: by one link or by several; nil is reported.
    private mutating func way(_ raw: RawSource, _ object: String) -> (holder: String, via: String, isMany: Bool)? {
        guard let holder = raw.texts["object"] else { return nil }
        checkObject(holder.value, at: holder.place)
        guard let outline = skeleton.objects[holder.value] else { return nil }
        guard let via = raw.texts["via"] else {
            report("missing_key", at: raw.place, "缺少 “via”", "“via” is missing")
            return nil
        }
        if via.value == "parent", outline.parent == object { return (holder.value, "parent", false) }
        guard case .field(let field) = skeleton.target(of: via.value, on: holder.value) else {
            reportUnknownField(via.value, of: holder.value, at: via.place)
            return nil
        }
        switch field {
        case .link(object): return (holder.value, via.value, false)
        case .links(object): return (holder.value, via.value, true)
        default:
            report(
                "change_via", at: via.place, "“\(holder.value).\(via.value)” 不指向 “\(object)”",
                "“\(holder.value).\(via.value)” doesn't link to “\(object)”")
            return nil
        }
    }

    private mutating func latest(_ raw: RawSource, _ object: String) -> ChangeDefinition.Latest? {
        guard let way = way(raw, object), let field = raw.texts["field"],
            isTime(field, on: way.holder, "change_latest")
        else { return nil }
        return ChangeDefinition.Latest(
            object: way.holder, via: way.via, field: field.value,
            condition: expression(raw.texts["where"], on: way.holder, expecting: .bool))
    }

    private mutating func shared(_ raw: RawSource, _ object: String) -> ChangeDefinition.Shared? {
        guard let way = way(raw, object) else { return nil }
        for word in ["from", "to"] {
            if let field = raw.texts[word] { _ = isTime(field, on: way.holder, "change_time") }
        }
        return ChangeDefinition.Shared(
            label: label(raw.label, of: Located(way.holder, at: raw.place)), object: way.holder, via: way.via,
            isMany: way.isMany, same: names(raw.same, on: way.holder), from: raw.texts["from"]?.value,
            to: raw.texts["to"]?.value, condition: expression(raw.texts["where"], on: way.holder, expecting: .bool))
    }

    private mutating func paper(_ raw: RawSource, _ object: String) -> ChangeDefinition.Document? {
        guard let code = raw.texts["code"], let holder = raw.texts["object"] else {
            report("missing_key", at: raw.place, "缺少 “code”", "“code” is missing")
            return nil
        }
        let condition = expression(raw.texts["where"], on: holder.value, expecting: .bool)
        let names = raw.names.map(\.value)
        if let link = raw.texts["link"] {
            guard name(link, on: object) else { return nil }
            return ChangeDefinition.Document(
                code: code.value, names: names, object: holder.value, via: "", isMany: false, from: link.value,
                condition: condition)
        }
        guard let way = way(raw, object) else { return nil }
        return ChangeDefinition.Document(
            code: code.value, names: names, object: way.holder, via: way.via, isMany: way.isMany, from: nil,
            condition: condition)
    }

    private mutating func emergency(_ raw: RawChange, of holder: RawObject) -> ChangeDefinition.Emergency? {
        guard raw.hasEmergency, let action = raw.emergency["action"], let at = raw.emergency["at"],
            let share = raw.emergency["share"], let tells = raw.emergency["tells"],
            isTime(at, on: holder.id.value, "change_emergency")
        else { return nil }
        changeAction(action, of: holder)
        guard let number = ExactDecimal(share.value), !number.isNegative, number <= ExactDecimal(1) else {
            report("change_share", at: share.place, "share 为 0 到 1 之间的小数", "share is a fraction from 0 to 1")
            return nil
        }
        return ChangeDefinition.Emergency(action: action.value, at: at.value, share: number, tells: tells.value)
    }
}
