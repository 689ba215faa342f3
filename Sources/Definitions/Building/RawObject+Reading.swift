/// Reads merged source nodes into raw objects. Findings are collected, reading goes on with what is readable.
struct ObjectReader {
    /// Layer of each file, by its name.
    let layers: [String: Layer]
    var findings: [DefinitionDiagnostic] = []

    mutating func object(_ node: SourceNode) -> RawObject? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawObject(id: id, layer: layer(of: id.place))
        raw.label = reader.label("label")
        raw.plural = reader.label("plural")
        raw.icon = reader.text("icon")?.value
        raw.parent = reader.text("parent")
        raw.title = reader.words("title")
        raw.isSetting = reader.flag("setting") ?? false
        raw.retired = reader.flag("retired") ?? false
        raw.fields = (reader.items("fields") ?? []).compactMap { field($0) }
        raw.states = reader.node("states").map { states($0) }
        raw.actions = (reader.items("actions") ?? []).compactMap { action($0) }
        raw.checks = (reader.items("checks") ?? []).compactMap { check($0) }
        raw.reminders = (reader.items("reminders") ?? []).compactMap { reminder($0) }
        raw.clocks = (reader.items("clocks") ?? []).compactMap { clock($0) }
        raw.rules = (reader.items("rules") ?? []).compactMap { rule($0) }
        raw.change = reader.node("change").map { change($0) }
        raw.ladder = reader.node("ladder").map { ladder($0) }
        raw.repeats = (reader.items("repeats") ?? []).compactMap { repeated($0) }
        raw.similar = reader.node("similar").map { similar($0) }
        raw.approvals = (reader.items("approvals") ?? []).compactMap { approval($0) }
        raw.views = (reader.items("views") ?? []).compactMap { view($0) }
        raw.sections = (reader.items("sections") ?? []).compactMap { section($0) }
        raw.highlights = (reader.items("highlights") ?? []).map { highlight($0) }
        raw.related = (reader.items("related") ?? []).map { related($0) }
        raw.search = reader.words("search") ?? []
        raw.duplicates = (reader.items("duplicates") ?? []).map { duplicateRule($0) }
        raw.print = reader.node("print").map { self.print($0) }
        return raw
    }

    private func layer(of place: SourceLocation) -> Layer { layers[place.file] ?? .overlay }

    private mutating func field(_ node: SourceNode) -> RawField? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawField(id: id, layer: layer(of: id.place))
        raw.label = reader.label("label")
        raw.help = reader.label("help")
        raw.type = reader.text("type")
        raw.required = reader.flag("required") ?? false
        raw.unique = reader.flag("unique") ?? false
        raw.immutable = reader.flag("immutable") ?? false
        raw.readOnly = reader.flag("readonly") ?? false
        raw.retired = reader.flag("retired") ?? false
        raw.defaultValue = reader.text("default")
        raw.formula = reader.text("formula")
        raw.rollup = reader.node("rollup").map { rollup($0) }
        raw.series = reader.text("series")
        raw.gapless = reader.flag("gapless") ?? false
        raw.linkFilter = reader.text("where")
        raw.sensitivity = reader.text("sensitivity")?.value
        raw.region = reader.text("region")?.value
        raw.maxLength = reader.whole("max")
        raw.format = reader.text("format")
        raw.unit = reader.text("unit")?.value
        raw.indexed = reader.flag("index") ?? false
        raw.currency = reader.text("currency")
        raw.rate = reader.text("rate")
        return raw
    }

    private mutating func rollup(_ node: SourceNode) -> RawRollup {
        var reader = MapReader(node)
        var raw = RawRollup(place: node.place)
        for function in [Rollup.Function.sum, .min, .max, .count] {
            guard reader.has(function.rawValue) else { continue }
            raw.function = function
            raw.of = reader.text(function.rawValue)
        }
        raw.object = reader.required("of")
        raw.via = reader.required("via")
        raw.filter = reader.text("where")
        if raw.function == nil {
            reader.report(
                "rollup_function", at: node.place, zh: "汇总缺少 sum、count、min 或 max",
                en: "The rollup lacks sum, count, min or max")
        }
        reader.finish(into: &findings)
        return raw
    }

    private mutating func states(_ node: SourceNode) -> RawStates {
        var reader = MapReader(node)
        var raw = RawStates(place: node.place)
        raw.field = reader.required("field")
        raw.initial = reader.required("initial")
        for entry in reader.map("states") ?? [] {
            var state = RawStates.State(code: Located(entry.key, at: entry.place))
            if !entry.value.isNull {
                var inner = MapReader(entry.value)
                state.locked = inner.flag("locked") ?? false
                state.final = inner.flag("final") ?? false
                state.open = inner.words("open") ?? []
                inner.finish(into: &findings)
            }
            raw.states.append(state)
        }
        reader.finish(into: &findings)
        return raw
    }

    private mutating func action(_ node: SourceNode) -> RawAction? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawAction(id: id)
        raw.label = reader.label("label")
        raw.icon = reader.text("icon")?.value
        raw.from = reader.words("from") ?? []
        raw.to = reader.text("to")
        raw.condition = reader.text("when")
        raw.refusal = reader.label("refusal")
        raw.input = reader.words("input") ?? []
        raw.require = reader.words("require") ?? []
        raw.sets = assignments(&reader)
        raw.creates = (reader.items("create") ?? []).map { template($0) }
        raw.primary = reader.flag("primary") ?? false
        raw.notByOwner = reader.flag("not_by_owner") ?? false
        return raw
    }

    func assignments(_ reader: inout MapReader) -> [RawAssignment] {
        (reader.map("set") ?? []).compactMap { entry in
            guard let text = entry.value.scalar ?? (entry.value.isNull ? "NULL" : nil) else { return nil }
            return RawAssignment(
                field: Located(entry.key, at: entry.place), value: Located(text, at: entry.value.place))
        }
    }

    mutating func template(_ node: SourceNode) -> RawTemplate {
        var reader = MapReader(node)
        var raw = RawTemplate()
        raw.object = reader.required("object")
        raw.copies = reader.words("copy") ?? []
        raw.sets = assignments(&reader)
        raw.lines = (reader.map("lines") ?? []).compactMap { entry in
            guard let to = entry.value.scalar else { return nil }
            return (Located(entry.key, at: entry.place), Located(to, at: entry.value.place))
        }
        raw.each = reader.text("each")
        raw.into = reader.text("into")
        raw.condition = reader.text("when")
        raw.opensIt = reader.flag("open") ?? false
        reader.finish(into: &findings)
        return raw
    }

    private mutating func reminder(_ node: SourceNode) -> RawReminder? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawReminder(id: id)
        raw.at = reader.required("at")
        raw.to = reader.text("to")
        raw.condition = reader.text("when")
        raw.message = reader.label("message")
        return raw
    }

    private mutating func check(_ node: SourceNode) -> RawCheck? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawCheck(id: id)
        raw.expression = reader.required("expr")
        raw.message = reader.label("message")
        raw.field = reader.text("field")
        raw.blocking = reader.flag("blocking") ?? true
        return raw
    }
}

extension ObjectReader {
    private mutating func view(_ node: SourceNode) -> RawView? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawView(id: id)
        raw.label = reader.label("label")
        raw.columns = reader.words("columns") ?? []
        raw.filter = reader.text("filter")
        raw.sort = reader.words("sort") ?? []
        raw.group = reader.text("group")
        return raw
    }

    private mutating func section(_ node: SourceNode) -> RawSection? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawSection(id: id)
        raw.label = reader.label("label")
        raw.fields = reader.words("fields") ?? []
        raw.folded = reader.flag("folded") ?? false
        return raw
    }

    private mutating func highlight(_ node: SourceNode) -> RawHighlight {
        var reader = MapReader(node)
        var raw = RawHighlight()
        raw.label = reader.label("label")
        raw.field = reader.required("field")
        raw.note = reader.text("note")
        raw.condition = reader.text("when")
        reader.finish(into: &findings)
        return raw
    }

    private mutating func related(_ node: SourceNode) -> RawRelated {
        var reader = MapReader(node)
        var raw = RawRelated()
        raw.object = reader.required("object")
        raw.via = reader.required("via")
        raw.columns = reader.words("columns") ?? []
        raw.condition = reader.text("when")
        reader.finish(into: &findings)
        return raw
    }

    /// `[{company_name: name_en}, {exact: country}]`, or one map with several keys.
    private mutating func duplicateRule(_ node: SourceNode) -> [RawDuplicateKey] {
        var keys: [RawDuplicateKey] = []
        for item in node.items ?? [node] {
            for entry in item.entries ?? [] {
                guard let field = entry.value.scalar else { continue }
                keys.append(
                    RawDuplicateKey(
                        kind: Located(entry.key, at: entry.place), field: Located(field, at: entry.value.place)))
            }
        }
        if keys.isEmpty {
            findings.append(
                DefinitionDiagnostic(
                    "duplicate_rule", at: node.place, zh: "查重规则为空", en: "The duplicate rule is empty"))
        }
        return keys
    }
}
