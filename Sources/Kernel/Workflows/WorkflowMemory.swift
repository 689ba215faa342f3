import Store
import Values

/// A step as one text, the same for the same step: what an idempotency key is bound to.
extension WorkflowCommand {
    var words: String {
        var json = JSONBuilder(escaping: .minimal)
        json.array { json in
            switch self {
            case .bring(let file):
                // The file by its digest: its bytes would be as long again.
                let digest = Secrets.hex(Secrets.digest(file.bytes))
                json.string("bring")
                for word in [digest, file.key, file.process, file.object, file.hook] { json.string(word ?? "") }
                json.pairs(file.lanes)
            case .retire(let key):
                for word in ["retire", key] { json.string(word) }
            case .start(let key, let record):
                for word in ["start", key, record?.object ?? "", record?.id.description ?? ""] { json.string(word) }
            case .take(let task):
                for word in ["take", task.description] { json.string(word) }
            case .putBack(let task):
                for word in ["put_back", task.description] { json.string(word) }
            case .complete(let task, let done):
                for word in ["complete", task.description, done.note] { json.string(word) }
            case .giveBack(let task, let node, let reason):
                for word in ["give_back", task.description, node, reason] { json.string(word) }
            case .cancel(let run, let reason):
                for word in ["cancel", run.description, reason] { json.string(word) }
            case .migrate(let move):
                for word in ["migrate", move.from.description, move.to?.description ?? ""] { json.string(word) }
                for pairs in [move.nodes, move.flows, move.timers] { json.pairs(pairs) }
            }
        }
        return json.text
    }
}

extension WorkflowOutcome {
    /// Enough to answer alike when the same step is asked for again.
    func remember(_ builder: inout JSONBuilder) {
        if let version { builder.field("workflow_version", version.description) }
        if let run { builder.field("workflow_run", run.description) }
        if let moved { builder.field("workflow_moved", String(moved)) }
    }

    /// Nil for the outcome of something else.
    init?(remembered parts: [String: Input]) {
        func text(_ name: String) -> String? { if case .text(let text)? = parts[name] { text } else { nil } }
        self.init(
            version: text("workflow_version").flatMap { RecordID($0) },
            run: text("workflow_run").flatMap { RecordID($0) }, moved: text("workflow_moved").flatMap { Int($0) })
        if version == nil, run == nil, moved == nil { return nil }
    }
}

extension JSONBuilder {
    fileprivate mutating func pairs(_ pairs: [String: String]) {
        array { json in
            for (name, value) in pairs.sorted(by: { $0.key < $1.key }) {
                json.string(name)
                json.string(value)
            }
        }
    }
}
