import Expressions
import Values

/// The conditions of a query taken apart: all must hold. What the context alone decides (a role, an empty list of
/// departments) is decided here, so that the engine sees only what depends on the row.
struct Conjuncts {
    private(set) var nodes: [Node] = []
    /// No row can meet them.
    private(set) var isNever = false

    /// - Throws: `CompilationError.memoryOnly` for a condition that only memory can compute.
    init(of query: RecordQuery) throws(CompilationError) {
        for expression in query.predicates + query.alternatives where expression.memoryOnly { throw .memoryOnly }
        for predicate in query.predicates { add(Self.fold(predicate.root, query.context)) }
        if !query.alternatives.isEmpty {
            add(Self.fold(Node(.any(query.alternatives.map(\.root)), .bool), query.context))
        }
    }

    private mutating func add(_ verdict: Verdict) {
        switch verdict {
        case .always: break
        case .never: isNever = true
        case .depends(let node):
            if case .all(let parts) = node.form { nodes += parts } else { nodes.append(node) }
        }
    }

    private enum Verdict {
        case always, never
        case depends(Node)
    }

    /// A condition counts when it is true; where it stands here, null is as good as false.
    private static func fold(_ node: Node, _ context: EvaluationContext) -> Verdict {
        switch node.form {
        case .all(let parts):
            var rest: [Node] = []
            for part in parts {
                switch fold(part, context) {
                case .always: break
                case .never: return .never
                case .depends(let node):
                    if case .all(let inner) = node.form { rest += inner } else { rest.append(node) }
                }
            }
            return rest.isEmpty ? .always : .depends(rest.count == 1 ? rest[0] : Node(.all(rest), .bool))
        case .any(let parts):
            var rest: [Node] = []
            for part in parts {
                switch fold(part, context) {
                case .always: return .always
                case .never: break
                case .depends(let node):
                    if case .any(let inner) = node.form { rest += inner } else { rest.append(node) }
                }
            }
            return rest.isEmpty ? .never : .depends(rest.count == 1 ? rest[0] : Node(.any(rest), .bool))
        case .isIn(_, let list):
            if case .context(let item) = list.form {
                let members = item == .departments ? context.departments : context.regions
                if members.isEmpty { return .never }
            }
            return .depends(node)
        default:
            guard let value = node.valueWithoutRow(context) else { return .depends(node) }
            return value == .bool(true) ? .always : .never
        }
    }
}
