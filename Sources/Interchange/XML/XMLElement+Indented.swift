extension XMLElement {
    /// The same with each element on a line of its own, four blanks deeper than what it stands in; an element with text
    /// in it stays as it is. For files of our own: what others wrote keeps their blanks.
    func indented(_ depth: Int = 0) -> XMLElement {
        let holdsText = children.contains { node in
            switch node {
            case .text, .cdata: true
            default: false
            }
        }
        guard !children.isEmpty, !holdsText else { return self }
        var copy = self
        copy.children = children.flatMap { node -> [XMLNode] in
            let margin = XMLNode.text("\n" + String(repeating: " ", count: 4 * (depth + 1)))
            if case .element(let element) = node { return [margin, .element(element.indented(depth + 1))] }
            return [margin, node]
        }
        copy.children.append(.text("\n" + String(repeating: " ", count: 4 * depth)))
        return copy
    }
}
