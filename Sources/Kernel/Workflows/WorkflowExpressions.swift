import Definitions
import Flow
import Interchange
import Values

/// What the conditions and figures of a graph ask.
struct WorkflowExpressions {
    struct Item {
        /// The flow or node.
        let place: String
        let text: String
        /// Names that the house gives besides the record's fields.
        let given: Set<String>
    }

    let items: [Item]

    /// What a completion condition may ask of its repetition.
    static let counts: Set<String> = ["nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances"]

    init(_ graph: ProcessGraph) {
        var items: [Item] = []
        for flow in graph.flows {
            if let condition = flow.condition { items.append(Item(place: flow.id, text: condition, given: [])) }
        }
        for node in graph.nodes {
            guard let repetition = node.repetition else { continue }
            items.append(Item(place: node.id, text: repetition.count, given: []))
            if let completion = repetition.completion {
                items.append(Item(place: node.id, text: completion, given: Self.counts))
            }
        }
        self.items = items
    }

    /// What they read of the record.
    var names: Set<String> {
        Set(items.flatMap { item in Self.names(in: item.text).subtracting(item.given) })
    }

    /// The names in one of them; none when it can't be read, which the report says.
    static func names(in text: String) -> Set<String> {
        // A text that can't be read is refused at its place before anything asks for its names.
        (try? BPMNCondition.expression(text).names) ?? []
    }
}

/// What a running process learns of its record: the values of the fields its conditions name, as the house reads them.
struct WorkflowFacts: Sendable {
    let names: [String: Value]

    var facts: ProcessFacts {
        ProcessFacts(
            holds: { flow throws(ProcessRefusal) in
                try value(flow.condition ?? "true", at: flow.id).asked(at: flow.id)
            },
            count: { node throws(ProcessRefusal) in
                guard let text = node.repetition?.count else { return 1 }
                return try items(of: node.id, text).count
            },
            completes: { node, ended, total throws(ProcessRefusal) in
                let given: [String: Value] = [
                    "nrOfInstances": .decimal(ExactDecimal(total)),
                    "nrOfCompletedInstances": .decimal(ExactDecimal(ended)),
                    "nrOfActiveInstances": .decimal(ExactDecimal(total - ended)),
                ]
                return try value(node.repetition?.completion ?? "false", at: node.id, given).asked(at: node.id)
            })
    }

    /// What a repeated activity goes through: the members of a list, or nothing as often as a number says.
    func items(of node: String, _ text: String) throws(ProcessRefusal) -> [Value] {
        switch try value(text, at: node) {
        case .list(let items): return items
        case .null: return []
        case .decimal(let number):
            return Array(repeating: .null, count: max(0, min(Int(number.floor), ProcessLimits.repetitions + 1)))
        default:
            throw .expression(
                node, Label(zh: "重复次数须为数字或列表", en: "How often must be a number or a list"))
        }
    }

    private func value(
        _ text: String, at place: String, _ more: [String: Value] = [:]
    ) throws(ProcessRefusal) -> Value {
        do {
            let expression = try BPMNCondition.expression(text)
            return try FEELEvaluator(names: names.merging(more) { $1 }).value(of: expression)
        } catch {
            throw .expression(place, error.message)
        }
    }
}

/// Limits that the house sets to what files ask for.
enum ProcessLimits {
    /// More at once is refused by the engine.
    static let repetitions = 1000
    /// Steps that the house does by itself after one another.
    static let houseSteps = 50
}

extension Value {
    /// Whether a condition holds; nothing known is no.
    fileprivate func asked(at place: String) throws(ProcessRefusal) -> Bool {
        switch self {
        case .bool(let flag): return flag
        case .null: return false
        default:
            throw .expression(place, Label(zh: "条件的结果须为是或否", en: "A condition must be true or false"))
        }
    }
}
