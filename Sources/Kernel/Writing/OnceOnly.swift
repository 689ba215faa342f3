import Definitions
import Store
import Values

/// Runs a command under an idempotency key: the same key and command give the same effect once.
struct OnceOnly {
    let context: ReadContext
    let user: RecordID
    let key: String

    func run(_ kind: Command.Kind, _ body: () throws -> Outcome) throws -> Outcome {
        guard (1...200).contains(key.utf8.count) else {
            throw Rejection(
                .malformed, code: "bad_idempotency_key",
                message: Label(
                    zh: "Idempotency-Key 须为 1 到 200 个字符", en: "Idempotency-Key must have 1 to 200 characters"))
        }
        let keys = Idempotency(context.connection)
        let hash = Secrets.digest(Array(CommandText.write(kind).utf8))
        switch try keys.begin(user: user, key: key, requestHash: hash, at: context.now) {
        case .started:
            let outcome = try body()
            try keys.finish(user: user, key: key, status: 200, body: Array(Self.memory(of: outcome).utf8))
            return outcome
        case .done(_, let body):
            return try recalled(body)
        case .inFlight:
            throw Rejection(
                .conflict, code: "in_flight",
                message: Label(zh: "同一请求正在处理，请稍候", en: "The same request is being worked on; wait a moment"),
                retryAfter: 1)
        case .differs:
            throw Rejection(
                .invalid, code: "key_reused",
                message: Label(
                    zh: "这个 Idempotency-Key 已用于另一请求", en: "This Idempotency-Key was used for another request"))
        }
    }

    private static func memory(of outcome: Outcome) -> String {
        var builder = JSONBuilder()
        remember(outcome, &builder)
        return builder.text
    }

    private static func remember(_ outcome: Outcome, _ builder: inout JSONBuilder) {
        builder.object { builder in
            if let record = outcome.record {
                builder.field("object", record.object)
                builder.field("id", record.id.description)
            }
            builder.key("created")
            builder.array { builder in
                for reference in outcome.created { builder.string(reference.object + "/" + reference.id.description) }
            }
            if outcome.sequence > 0 { builder.field("sequence", String(outcome.sequence)) }
            if let opens = outcome.opens { builder.field("opens", opens.object + "/" + opens.id.description) }
            if let merge = outcome.merge { builder.field("merge", merge.description) }
            outcome.workflow?.remember(&builder)
            guard !outcome.parts.isEmpty else { return }
            builder.key("parts")
            builder.array { builder in
                for part in outcome.parts {
                    switch part {
                    case .success(let outcome): remember(outcome, &builder)
                    case .failure(let rejection): rejection.remember(&builder)
                    }
                }
            }
        }
    }

    private func recalled(_ body: [UInt8]) throws -> Outcome {
        try outcome(JSONText.read(body))
    }

    private func outcome(_ memory: Input) throws -> Outcome {
        guard case .object(let parts) = memory else {
            throw Fault(code: "idempotency", detail: "a remembered outcome can't be read")
        }
        var record: RecordView?
        if case .text(let object)? = parts["object"], case .text(let text)? = parts["id"], let id = RecordID(text) {
            do {
                record = try context.ask(ShowRecord(object: object, id: id, deleted: true))
            } catch let rejection as Rejection where rejection.kind == .missing {
                record = nil  // done, but out of the author's sight since
            }
        }
        var created: [RecordReference] = []
        if case .list(let items)? = parts["created"] {
            for case .text(let text) in items { if let reference = Self.reference(text) { created.append(reference) } }
        }
        var opens: RecordReference?
        if case .text(let text)? = parts["opens"] { opens = Self.reference(text) }
        var sequence: Int64 = 0
        if case .text(let text)? = parts["sequence"] { sequence = Int64(text) ?? 0 }
        var merge: RecordID?
        if case .text(let text)? = parts["merge"] { merge = RecordID(text) }
        var results: [Result<Outcome, Rejection>] = []
        if case .list(let items)? = parts["parts"] {
            for item in items {
                results.append(try Rejection(remembered: item).map { .failure($0) } ?? .success(outcome(item)))
            }
        }
        return Outcome(
            record: record, created: created, opens: opens, sequence: sequence, parts: results,
            workflow: WorkflowOutcome(remembered: parts), merge: merge)
    }

    private static func reference(_ text: String) -> RecordReference? {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let id = RecordID(parts[1]) else { return nil }
        return RecordReference(object: String(parts[0]), id: id)
    }
}

extension Rejection {
    fileprivate func remember(_ builder: inout JSONBuilder) {
        builder.object { builder in
            builder.field("refused", kind.rawValue)
            builder.field("code", code)
            builder.field("zh", message.zh)
            builder.field("en", message.en)
            builder.key("problems")
            builder.array { builder in
                for problem in problems {
                    builder.object { builder in
                        if let field = problem.field { builder.field("field", field) }
                        builder.field("code", problem.code)
                        builder.field("zh", problem.message.zh)
                        builder.field("en", problem.message.en)
                    }
                }
            }
        }
    }

    /// Nil for what is no remembered rejection.
    fileprivate init?(remembered: Input) {
        guard case .object(let parts) = remembered, case .text(let name)? = parts["refused"],
            let kind = Kind(rawValue: name)
        else { return nil }
        var problems: [Problem] = []
        if case .list(let items)? = parts["problems"] {
            for case .object(let item) in items {
                var field: String?
                if case .text(let name)? = item["field"] { field = name }
                problems.append(Problem(field: field, code: Self.text(item["code"]), message: Self.label(item)))
            }
        }
        self.init(kind, code: Self.text(parts["code"]), message: Self.label(parts), problems: problems)
    }

    private static func text(_ input: Input?) -> String { if case .text(let text)? = input { text } else { "" } }

    private static func label(_ parts: [String: Input]) -> Label {
        Label(zh: text(parts["zh"]), en: text(parts["en"]))
    }
}

/// A command as one text, the same for the same command.
enum CommandText {
    static func write(_ kind: Command.Kind) -> String {
        var builder = JSONBuilder()
        add(kind, &builder)
        return builder.text
    }

    private static func add(_ kind: Command.Kind, _ builder: inout JSONBuilder) {
        builder.array { builder in
            switch kind {
            case .create(let object, let draft): head("create", object, nil, draft, nil, &builder)
            case .update(let object, let id, let draft, let version):
                head("update", object, id, draft, version, &builder)
            case .delete(let object, let id, let version): head("delete", object, id, Draft(), version, &builder)
            case .restore(let object, let id): head("restore", object, id, Draft(), nil, &builder)
            case .act(let object, let id, let action, let draft, let version):
                head("act:" + action, object, id, draft, version, &builder)
            case .bulk(let kinds, let atomic):
                builder.string("bulk")
                builder.bool(atomic)
                for kind in kinds { add(kind, &builder) }
            case .relay(.handOver(let object, let id, let action, let draft, let version, let items, let to)):
                head("hand:" + action, object, id, draft, version, &builder)
                builder.string(to?.description ?? "")
                for item in items { builder.string("\(item.deliverable) \(item.due.milliseconds) \(item.text)") }
            // The other steps hold nothing but ids and texts.
            case .relay(let step): builder.string("relay \(step)")
            case .approval(let step):
                for word in ["approval", step.id.description, step.verb, step.note, step.destination] {
                    builder.string(word)
                }
                for word in [step.afterwards, step.position, step.mode] { builder.string(word) }
                for person in step.people { builder.string(person.description) }
                builder.int(step.task ?? -1)
                builder.int(step.expecting ?? -1)
            case .levels(.bringIn(let key, let file)):
                builder.string("levels \(key)")
                builder.string(String(decoding: file, as: UTF8.self))
            case .levels(.takeOut(let key)): builder.string("no levels \(key)")
            case .rules(let step): builder.string("rules \(step)")
            case .workflow(.complete(let task, let done)):
                head("workflow:complete", done.note, task, done.values, done.expecting, &builder)
            case .workflow(let step): builder.string("workflow " + step.words)
            case .merging(let step): builder.string(step.words)
            case .handingOver(let step): builder.string(step.words)
            case .note(let note):
                head("note", note.object, note.record, note.fields, nil, &builder)
                for word in note.words { builder.string(word) }
            case .define, .identity, .importing, .house, .file, .notices, .deliveries, .views: builder.string("other")
            }
        }
    }

    private static func head(
        _ verb: String, _ object: String, _ id: RecordID?, _ draft: Draft, _ version: Int?, _ builder: inout JSONBuilder
    ) {
        builder.string(verb)
        builder.string(object)
        builder.string(id?.description ?? "")
        builder.int(version ?? -1)
        builder.write(.object(draft.fields))
        for (name, lines) in draft.lines.sorted(by: { $0.key < $1.key }) {
            builder.string(name)
            for line in lines {
                builder.string(line.id?.description ?? "")
                builder.write(.object(line.fields))
            }
        }
    }
}
