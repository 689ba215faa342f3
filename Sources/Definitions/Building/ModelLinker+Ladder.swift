import Expressions

/// Ladders, repeats and similar records: what they name is there.
extension ModelLinker {
    mutating func ladder(_ raw: RawLadder, of holder: RawObject) -> LadderDefinition? {
        let object = holder.id.value
        guard let rules = raw.rules, let by = raw.by, let stops = raw.stops else { return nil }
        checkObject(rules.value, at: rules.place)
        guard let table = skeleton.objects[rules.value], name(by, on: object), name(by, on: rules.value) else {
            return nil
        }
        for step in LadderDefinition.steps where table.fields[step] == nil {
            report(
                "ladder_steps", at: rules.place, "“\(rules.value)” 缺少字段 “\(step)”",
                "“\(rules.value)” lacks the field “\(step)”")
        }
        guard let stops = ownCondition(stops, on: object, "ladder_stops") else { return nil }
        return LadderDefinition(
            rules: rules.value, by: by.value, stops: stops,
            message: label(raw.message, of: Located("ladder", at: raw.place)),
            lanes: raw.lanes.map { lane in
                for state in lane.states { checkState(state, of: holder) }
                return LadderDefinition.Lane(
                    label: label(lane.label, of: Located("lanes", at: lane.place)), states: lane.states.map(\.value),
                    days: lane.days)
            })
    }

    mutating func repeated(_ raw: RawRepeat, of object: String) -> RepeatDefinition? {
        guard let field = raw.field, let at = raw.at, let to = raw.to, name(field, on: object),
            isTime(at, on: object, "repeat_time")
        else { return nil }
        switch skeleton.objects[object]?.fields[field.value]?.type {
        case .link, .choice: break
        default:
            report(
                "repeat_field", at: field.place, "“\(field.value)” 要是关联或单选字段",
                "“\(field.value)” must be a link or a choice")
            return nil
        }
        let (times, days) = (raw.times ?? 3, raw.days ?? 90)
        if times < 2 || days < 1 {
            report("repeat_times", at: raw.id.place, "times 至少 2，days 至少 1", "times is at least 2, days at least 1")
        }
        return RepeatDefinition(
            id: raw.id.value, label: label(raw.label, of: raw.id), field: field.value, at: at.value,
            times: max(2, times), days: max(1, days),
            condition: ownCondition(raw.condition, on: object, "repeat_condition"), to: to.value,
            due: min(max(raw.due ?? 10, 0), 366))
    }

    mutating func similar(_ raw: RawSimilar, of object: String) -> SimilarDefinition {
        SimilarDefinition(
            by: names(raw.by, on: object), condition: ownCondition(raw.condition, on: object, "similar_condition"),
            shows: names(raw.shows, on: object))
    }
}
