import Expressions
import Values

/// Fields: rules that exclude each other, expressions, roll-ups, series, generations.
extension ModelLinker {
    mutating func fields(of object: RawObject) -> [FieldDefinition] {
        var seen: Set<String> = []
        let unique = object.fields.filter { seen.insert($0.id.value).inserted }
        let own = unique.filter { skeleton.objects[object.id.value]?.fields[$0.id.value]?.isSystem == false }
        return own.map { field($0, of: object) }
            + SystemFields.definitions(
                object: object.id.value, parent: object.parent?.value, isSetting: object.isSetting)
    }

    private mutating func field(_ raw: RawField, of object: RawObject) -> FieldDefinition {
        let id = object.id.value
        let type = skeleton.objects[id]?.fields[raw.id.value]?.type ?? .text(maxLength: 200, format: .plain)
        checkRules(raw, type)
        // A retired field computes nothing; its values are only kept.
        let isLive = !raw.retired && !object.retired
        let formula = isLive ? self.formula(raw, type, on: id) : nil
        let computed = raw.formula != nil || raw.rollup != nil || raw.series != nil
        let isState = object.states?.field?.value == raw.id.value
        return FieldDefinition(
            id: raw.id.value, label: label(raw.label, of: raw.id), help: raw.help, type: type, layer: raw.layer,
            required: raw.required, unique: raw.unique, immutable: raw.immutable,
            readOnly: raw.readOnly || computed || isState,
            defaultValue: isLive ? defaultValue(raw, type, on: id) : nil, formula: formula,
            rollup: isLive ? rollup(raw, type, on: id) : nil, series: series(raw, type),
            linkFilter: isLive ? linkFilter(raw, type) : nil, sensitivity: raw.sensitivity, region: raw.region,
            retired: raw.retired, generation: generation(raw.id.value, type, of: id),
            multiline: { if case .longText = type { true } else { false } }(), unit: raw.unit,
            indexed: raw.indexed)
    }

    private mutating func checkRules(_ raw: RawField, _ type: FieldType) {
        let sources = [
            ("default", raw.defaultValue?.place), ("formula", raw.formula?.place), ("rollup", raw.rollup?.place),
            ("series", raw.series?.place),
        ]
        .compactMap { name, place in place.map { (name, $0) } }
        if sources.count > 1 {
            report(
                "two_sources", at: sources[1].1, "“\(raw.id.value)” 不能同时有 \(sources[0].0) 与 \(sources[1].0)",
                "“\(raw.id.value)” can't have both \(sources[0].0) and \(sources[1].0)")
        }
        let stored: Bool
        switch type {
        case .lines, .files, .json, .links, .longText, .choices: stored = false
        default: stored = true
        }
        if raw.unique, !stored {
            report(
                "unique_type", at: raw.id.place, "“\(raw.id.value)” 的类型不能唯一",
                "The type of “\(raw.id.value)” can't be unique")
        }
        if raw.indexed, !stored {
            report(
                "index_type", at: raw.id.place, "“\(raw.id.value)” 的类型不能建索引",
                "The type of “\(raw.id.value)” can't be indexed")
        }
        guard raw.maxLength != nil else { return }
        switch type {
        case .text, .longText: break
        default: report("max_type", at: raw.id.place, "max 只用于文字", "max is for text only")
        }
    }

    private mutating func formula(_ raw: RawField, _ type: FieldType, on object: String) -> TypedExpression? {
        guard let text = raw.formula else { return nil }
        guard let wanted = type.valueType, !wanted.isLines else {
            report("formula_type", at: text.place, "此类型不能有公式", "A field of this type can't have a formula")
            return nil
        }
        let formula = expression(text, on: object, expecting: wanted)
        if let formula, formula.usesTime {
            report(
                "formula_time", at: text.place, "公式依赖当前时间，存下来就会过时",
                "The formula depends on the time; its stored value would go stale",
                hint: Label(zh: "存期限本身，比较放在视图筛选里", en: "Store the deadline and compare in a view's filter"))
        }
        return formula
    }

    private mutating func defaultValue(_ raw: RawField, _ type: FieldType, on object: String) -> TypedExpression? {
        guard let text = raw.defaultValue else { return nil }
        guard let wanted = type.valueType, !wanted.isLines else {
            report("default_type", at: text.place, "此类型不能有默认值", "A field of this type can't have a default")
            return nil
        }
        let value = expression(text, on: object, expecting: wanted)
        checkCode(value, type, at: text.place)
        return value
    }

    /// A constant code must stand in the list.
    mutating func checkCode(_ value: TypedExpression?, _ type: FieldType, at place: SourceLocation) {
        guard case .choice(let name) = type, let list = skeleton.lists[name], let root = value?.root,
            case .constant(.text(let code)) = root.form, list.code(code) == nil
        else { return }
        report(
            "unknown_code", at: place, "列表 “\(name)” 没有代码 “\(code)”", "The list “\(name)” has no code “\(code)”",
            hint: Spelling.hint(for: code, among: list.codes.map(\.code)))
    }

    private mutating func rollup(_ raw: RawField, _ type: FieldType, on object: String) -> Rollup? {
        guard let rollup = raw.rollup, let function = rollup.function, let source = rollup.object, let via = rollup.via
        else { return nil }
        checkObject(source.value, at: source.place)
        guard let target = skeleton.objects[source.value] else { return nil }
        guard target.fields[via.value]?.type.linkTarget == object else {
            report(
                "rollup_via", at: via.place, "“\(source.value).\(via.value)” 不是指向 “\(object)” 的关联",
                "“\(source.value).\(via.value)” is no link to “\(object)”",
                hint: Spelling.hint(
                    for: via.value, among: target.order.filter { target.fields[$0]?.type.linkTarget == object }))
            return nil
        }
        if target.isRetired || target.fields[via.value]?.isRetired == true { return nil }
        let isEmpty = rollup.of?.value.isEmpty ?? true
        if function != .count, isEmpty {
            report("rollup_of", at: rollup.place, "汇总缺少要汇总的字段", "The rollup lacks what to sum")
        }
        let of =
            isEmpty
            ? nil : expression(rollup.of, on: source.value, expecting: function == .count ? nil : type.valueType)
        return Rollup(
            function: function, object: source.value, via: via.value, of: function == .count ? nil : of,
            filter: expression(rollup.filter, on: source.value, expecting: .bool))
    }

    private mutating func series(_ raw: RawField, _ type: FieldType) -> NumberSeries? {
        guard let series = raw.series else { return nil }
        guard case .text = type else {
            report("series_type", at: series.place, "编号只用于 text 字段", "Only text fields can have a number series")
            return nil
        }
        guard SeriesPattern.parts(of: series.value) != nil else {
            report(
                "series_pattern", at: series.place, "编号规则 “\(series.value)” 无效",
                "The number pattern “\(series.value)” is not valid",
                hint: Label(zh: "例如 Q{yymmdd}{###}:日期与一个计数", en: "Such as Q{yymmdd}{###}: dates and one counter"))
            return nil
        }
        return NumberSeries(pattern: series.value, gapless: raw.gapless)
    }

    private mutating func linkFilter(_ raw: RawField, _ type: FieldType) -> TypedExpression? {
        guard let text = raw.linkFilter else { return nil }
        switch type {
        case .link(let target), .links(let target): return expression(text, on: target, expecting: .bool)
        default:
            report("where_type", at: text.place, "where 只用于关联", "where is for links only")
            return nil
        }
    }

    /// The generation goes on from the model in use; it grows when the values need another physical column.
    private func generation(_ id: String, _ type: FieldType, of object: String) -> Int {
        guard let before = previous?.object(object)?.field(id) else { return 0 }
        return before.type.isStored(like: type) ? before.generation : before.generation + 1
    }
}

extension ValueType {
    var isLines: Bool { if case .lines = self { true } else { false } }
}
