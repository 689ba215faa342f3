package import Flow

extension BPMNDocument {
    /// Gives an element another name. What stands around it stays.
    package mutating func rename(_ id: String, to name: String) throws(InterchangeError) {
        try change(id) { $0.set("name", name) }
    }

    /// Sets or removes the condition of a flow; written plain, as FEEL.
    package mutating func setCondition(of flow: String, _ condition: String?) throws(InterchangeError) {
        try change(flow) { element in
            element.setAll("conditionExpression", condition.map { [$0] } ?? [], id: { _ in nil }) { expression, text in
                if expression.trimmedText.map(BPMNCondition.plain) != text { expression.setText(text) }
            }
        }
    }

    /// Makes a flow the default one of the gateway or activity it leaves.
    package mutating func setDefault(_ flow: String?, of node: String) throws(InterchangeError) {
        try change(node) { $0.set("default", flow) }
    }

    /// Sets how long a timer waits.
    package mutating func setSpan(of timer: String, _ span: ISOSpan) throws(InterchangeError) {
        try change(timer) { element in
            element.changeEach("timerEventDefinition") { definition in
                definition.setAll("timeDuration", [span.text], id: { _ in nil }) { $0.setText($1) }
            }
        }
    }

    private mutating func change(_ id: String, _ change: (inout XMLElement) -> Void) throws(InterchangeError) {
        guard Self.change(id, in: &xml.root, change) else { throw .unknownElement(id) }
    }

    private static func change(_ id: String, in element: inout XMLElement, _ body: (inout XMLElement) -> Void) -> Bool {
        if element.id == id, element.name.namespace == namespace {
            body(&element)
            return true
        }
        for index in element.children.indices {
            guard case .element(var child) = element.children[index] else { continue }
            if change(id, in: &child, body) {
                element.children[index] = .element(child)
                return true
            }
        }
        return false
    }
}
