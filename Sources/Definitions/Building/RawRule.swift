/// Clocks, rules and their effects as written and merged.
struct RawClock {
    let id: Located<String>
    var label: Label?
    var rule: Located<String>?
    var start: Located<String>?
    var states: [Located<String>] = []
    var until: Located<String>?
    var pause: Located<String>?
    var to: Located<String>?
    var message: Label?
    var effects: [RawEffect] = []
    var answered: [RawAnswer] = []
    var restarted: [RawAnswer] = []
}

struct RawAnswer {
    let by: Located<String>
    let via: Located<String>
}

struct RawRule {
    let id: Located<String>
    var label: Label?
    var triggers: [Located<String>] = []
    var condition: Located<String>?
    var effects: [RawEffect] = []
    var retired = false
}

enum RawEffect {
    case set([RawAssignment])
    case create(RawTemplate)
    case assign(way: Located<String>, role: Located<String>)
    case notify(to: Located<String>, message: Label?, priority: Located<String>?, SourceLocation)
    case send(channel: Located<String>, [RawAssignment])
    case start(Located<String>)
}

extension ObjectReader {
    mutating func clock(_ node: SourceNode) -> RawClock? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawClock(id: id)
        raw.label = reader.label("label")
        raw.rule = reader.required("rule")
        raw.start = reader.text("start")
        raw.states = reader.words("in") ?? []
        raw.until = reader.text("until")
        raw.pause = reader.text("pause")
        raw.to = reader.text("to")
        raw.message = reader.label("message")
        raw.effects = effects(&reader)
        raw.answered = answers("answered", &reader)
        raw.restarted = answers("restarted", &reader)
        return raw
    }

    mutating func rule(_ node: SourceNode) -> RawRule? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawRule(id: id)
        raw.label = reader.label("label")
        raw.triggers = reader.words("on") ?? []
        raw.condition = reader.text("if")
        raw.effects = effects(&reader)
        raw.retired = reader.flag("retired") ?? false
        return raw
    }

    private mutating func answers(_ key: String, _ reader: inout MapReader) -> [RawAnswer] {
        (reader.items(key) ?? []).compactMap { node in
            var inner = MapReader(node)
            defer { inner.finish(into: &findings) }
            guard let by = inner.required("by"), let via = inner.required("via") else { return nil }
            return RawAnswer(by: by, via: via)
        }
    }

    private mutating func effects(_ reader: inout MapReader) -> [RawEffect] {
        (reader.items("then") ?? []).flatMap { effects($0) }
    }

    private mutating func effects(_ node: SourceNode) -> [RawEffect] {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        var out: [RawEffect] = []
        if reader.has("set") { out.append(.set(assignments(&reader))) }
        if let node = reader.node("create") { out.append(.create(template(node))) }
        if let node = reader.node("assign") {
            var inner = MapReader(node)
            if let role = inner.required("role"), let way = inner.required("by") {
                out.append(.assign(way: way, role: role))
            }
            inner.finish(into: &findings)
        }
        if let node = reader.node("notify") {
            var inner = MapReader(node)
            if let to = inner.required("to") {
                out.append(
                    .notify(
                        to: to, message: inner.label("message"), priority: inner.text("priority"), node.place))
            }
            inner.finish(into: &findings)
        }
        for channel in ["webhook", "mail"] {
            guard let entries = reader.map(channel) else { continue }
            let values = entries.compactMap { entry in
                entry.value.scalar.map {
                    RawAssignment(
                        field: Located(entry.key, at: entry.place), value: Located($0, at: entry.value.place))
                }
            }
            out.append(.send(channel: Located(channel, at: node.place), values))
        }
        if let workflow = reader.text("start_workflow") { out.append(.start(workflow)) }
        if out.isEmpty {
            findings.append(
                DefinitionDiagnostic(
                    "empty_effect", at: node.place, zh: "这一步没有写要做什么", en: "This step says nothing to do",
                    hint: Label(
                        zh: "set、create、assign、notify、webhook、mail 或 start_workflow",
                        en: "set, create, assign, notify, webhook, mail or start_workflow")))
        }
        return out
    }
}
