import Expressions

/// One difference between two models that people or the Store care about.
package enum ModelChange: Sendable, Hashable {
    case addObject(String)
    case retireObject(String)
    case restoreObject(String)
    /// Gone from all layers, as when a pack is taken out; the table stays.
    case dropObject(String)
    case relabelObject(String)
    case addField(object: String, field: String)
    case retireField(object: String, field: String)
    case restoreField(object: String, field: String)
    case dropField(object: String, field: String)
    case relabelField(object: String, field: String)
    /// `generation` is that of the new physical column; the same as before when the values stay where they are.
    case changeType(object: String, field: String, from: FieldType, to: FieldType, generation: Int)
    /// A formula or roll-up computes something else, so that stored values must be computed anew.
    case recompute(object: String, field: String)
    case addUnique(object: String, field: String)
    case dropUnique(object: String, field: String)
    case changeRules(object: String)
    case changeRole(String)
    case changeList(String)
}

/// What is different between two models, by object and field.
package struct ModelDiff: Sendable {
    /// Objects in the order of the new model, those that are gone last.
    package let changes: [ModelChange]

    package var isEmpty: Bool { changes.isEmpty }

    package init(old: Model?, new: Model) {
        var changes: [ModelChange] = []
        for object in new.objects {
            if let before = old?.object(object.id) {
                changes += Self.changes(from: before, to: object)
            } else {
                changes.append(.addObject(object.id))
            }
        }
        guard let old else {
            self.changes = changes
            return
        }
        for object in old.objects where new.object(object.id) == nil { changes.append(.dropObject(object.id)) }
        for id in Set(old.roles.map(\.id)).union(new.roles.map(\.id)).sorted()
        where old.role(id).map(Self.face) != new.role(id).map(Self.face) {
            changes.append(.changeRole(id))
        }
        for id in Set(old.lists.keys).union(new.lists.keys).sorted()
        where old.lists[id]?.codes != new.lists[id]?.codes {
            changes.append(.changeList(id))
        }
        self.changes = changes
    }

    private static func changes(from old: ObjectDefinition, to new: ObjectDefinition) -> [ModelChange] {
        var changes: [ModelChange] = []
        if old.retired != new.retired { changes.append(new.retired ? .retireObject(new.id) : .restoreObject(new.id)) }
        if old.label != new.label || old.plural != new.plural { changes.append(.relabelObject(new.id)) }
        for field in new.fields {
            if let before = old.field(field.id) {
                changes += Self.changes(from: before, to: field, of: new.id)
            } else {
                changes.append(.addField(object: new.id, field: field.id))
            }
        }
        for field in old.fields where new.field(field.id) == nil {
            changes.append(.dropField(object: new.id, field: field.id))
        }
        if face(old) != face(new) { changes.append(.changeRules(object: new.id)) }
        return changes
    }

    private static func changes(
        from old: FieldDefinition, to new: FieldDefinition, of object: String
    ) -> [ModelChange] {
        var changes: [ModelChange] = []
        let id = new.id
        if old.retired != new.retired {
            changes.append(
                new.retired ? .retireField(object: object, field: id) : .restoreField(object: object, field: id))
        }
        if old.label != new.label { changes.append(.relabelField(object: object, field: id)) }
        if old.type != new.type {
            changes.append(
                .changeType(object: object, field: id, from: old.type, to: new.type, generation: new.generation))
        }
        let isComputed = new.formula != nil || new.rollup != nil
        if isComputed, old.formula != new.formula || face(old.rollup) != face(new.rollup) {
            changes.append(.recompute(object: object, field: id))
        }
        if old.unique != new.unique {
            changes.append(new.unique ? .addUnique(object: object, field: id) : .dropUnique(object: object, field: id))
        }
        return changes
    }

    // MARK: - What two definitions are compared by

    private static func face(_ rollup: Rollup?) -> [String] {
        guard let rollup else { return [] }
        return [
            rollup.function.rawValue, rollup.object, rollup.via, rollup.of?.source ?? "", rollup.filter?.source ?? "",
        ]
    }

    private static func face(_ role: RoleDefinition) -> [String] {
        [role.label.zh, role.label.en] + role.clearance + ["|"] + role.privileges
            + role.grants.map { grant in
                "\(grant.object) \(grant.actions) \(grant.scope) \(grant.condition?.source ?? "") \(grant.hidden) "
                    + (grant.writable.map { "\($0)" } ?? "") + "\(grant.readOnly)"
            }
    }

    private static func face(_ object: ObjectDefinition) -> [String] {
        var face = object.checks.map {
            "\($0.id) \($0.expression.source) \($0.blocking) \($0.message.zh) \($0.message.en)"
        }
        face += object.reminders.map {
            "\($0.id) \($0.at) \($0.to) \($0.condition?.source ?? "") \($0.message.zh) \($0.message.en)"
        }
        face += object.clocks.map { clock in
            "\(clock.id) \(clock.rule) \(clock.start ?? "") \(clock.states) \(clock.until?.source ?? "") "
                + "\(clock.pause?.source ?? "") \(clock.to ?? "") \(clock.effects.map(\.word))"
        }
        face += object.rules.map { rule in
            "\(rule.id) \(rule.triggers.map(\.text)) \(rule.condition?.source ?? "") \(rule.effects.map(\.word))"
        }
        face += object.change.map { ["\($0)"] } ?? []
        face += object.ladder.map { ["\($0.rules) \($0.by) \($0.stops.source)"] } ?? []
        face += object.repeats.map { "\($0.id) \($0.field) \($0.times) \($0.days) \($0.to)" }
        face += object.approvals.map(\.face)
        face += object.actions.map { action in
            "\(action.id) \(action.from) \(action.to ?? "") \(action.condition?.source ?? "") \(action.input) "
                + "\(action.sets.map { $0.field + "=" + $0.value.source }) \(action.notByOwner)"
        }
        face +=
            object.states.map { machine in
                machine.states.map { "\($0.code) \($0.locked) \($0.open) \($0.final)" } + [
                    machine.field, machine.initial,
                ]
            } ?? []
        face += object.fields.map { field in
            "\(field.id) \(field.required) \(field.immutable) \(field.readOnly) \(field.defaultValue?.source ?? "") "
                + "\(field.linkFilter?.source ?? "") \(field.sensitivity ?? "") \(field.series?.pattern ?? "")"
        }
        return face
    }
}

extension ModelChange {
    /// A line for the plan and the designers' history.
    package var text: Label {
        switch self {
        case .addObject(let id): Label(zh: "新增对象 \(id)", en: "Add object \(id)")
        case .retireObject(let id): Label(zh: "停用对象 \(id)，数据保留", en: "Retire object \(id), keep its records")
        case .restoreObject(let id): Label(zh: "恢复对象 \(id)", en: "Restore object \(id)")
        case .dropObject(let id):
            Label(zh: "对象 \(id) 不再定义，数据表保留", en: "Object \(id) is no longer defined, its table stays")
        case .relabelObject(let id): Label(zh: "对象 \(id) 改名", en: "Rename object \(id)")
        case .addField(let object, let id): Label(zh: "新增字段 \(object).\(id)", en: "Add field \(object).\(id)")
        case .retireField(let object, let id):
            Label(zh: "停用字段 \(object).\(id)，数据保留", en: "Retire field \(object).\(id), keep its values")
        case .restoreField(let object, let id): Label(zh: "恢复字段 \(object).\(id)", en: "Restore field \(object).\(id)")
        case .dropField(let object, let id):
            Label(
                zh: "字段 \(object).\(id) 不再定义，数据列保留", en: "Field \(object).\(id) is no longer defined, its column stays")
        case .relabelField(let object, let id): Label(zh: "字段 \(object).\(id) 改名", en: "Rename field \(object).\(id)")
        case .changeType(let object, let id, _, _, _):
            Label(zh: "字段 \(object).\(id) 改变类型", en: "Change the type of field \(object).\(id)")
        case .recompute(let object, let id): Label(zh: "重算 \(object).\(id)", en: "Compute \(object).\(id) anew")
        case .addUnique(let object, let id): Label(zh: "\(object).\(id) 改为唯一", en: "Make \(object).\(id) unique")
        case .dropUnique(let object, let id):
            Label(zh: "\(object).\(id) 不再唯一", en: "Allow equal values of \(object).\(id)")
        case .changeRules(let id): Label(zh: "对象 \(id) 的规则变化", en: "Change the rules of object \(id)")
        case .changeRole(let id): Label(zh: "角色 \(id) 的权限变化", en: "Change what role \(id) may do")
        case .changeList(let id): Label(zh: "列表 \(id) 的选项变化", en: "Change the options of list \(id)")
        }
    }
}
