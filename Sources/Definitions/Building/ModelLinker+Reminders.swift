import Expressions

/// Reminders: a field that says when, one that says who.
extension ModelLinker {
    mutating func reminders(_ raw: RawObject) -> [ReminderDefinition] {
        raw.reminders.compactMap { reminder($0, of: raw.id.value) }
    }

    private mutating func reminder(_ raw: RawReminder, of object: String) -> ReminderDefinition? {
        guard let at = raw.at, name(at, on: object) else { return nil }
        switch skeleton.objects[object]?.fields[at.value]?.type {
        case .day, .instant: break
        default:
            report(
                "reminder_time", at: at.place, "提醒的时间 “\(at.value)” 要是日期或时刻字段",
                "The time “\(at.value)” of a reminder must be a day or an instant")
            return nil
        }
        let to = raw.to ?? Located("owner", at: raw.id.place)
        guard name(to, on: object) else { return nil }
        guard case .link("user")? = skeleton.objects[object]?.fields[to.value]?.type else {
            report(
                "reminder_person", at: to.place, "提醒的对象 “\(to.value)” 要是用户字段",
                "Who a reminder goes to, “\(to.value)”, must be a link to a user")
            return nil
        }
        let condition = expression(raw.condition, on: object, expecting: .bool)
        if let source = raw.condition, let condition, condition.memoryOnly || !condition.readsOwnFieldsOnly {
            report(
                "reminder_condition", at: source.place, "提醒的条件只能用本记录的字段",
                "The condition of a reminder may use the record's own fields only")
            return nil
        }
        return ReminderDefinition(
            id: raw.id.value, at: at.value, to: to.value, condition: condition,
            message: label(raw.message, of: raw.id))
    }
}

extension TypedExpression {
    fileprivate var readsOwnFieldsOnly: Bool { fieldPaths.allSatisfy { $0.steps.count == 1 } }
}
