/// The name of an element as it was written, with the namespace that its prefix stands for there.
package struct XMLName: Sendable, Hashable {
    /// As written: `bpmn:task`.
    package let qualified: String
    /// Empty when there is none.
    package let namespace: String

    package init(_ qualified: String, namespace: String) {
        self.qualified = qualified
        self.namespace = namespace
    }

    /// Before the colon; empty without one.
    package var prefix: String {
        qualified.utf8.firstIndex(of: UInt8(ascii: ":")).map { String(qualified[..<$0]) } ?? ""
    }

    /// After the colon.
    package var local: String {
        qualified.utf8.firstIndex(of: UInt8(ascii: ":")).map { String(qualified[qualified.utf8.index(after: $0)...]) }
            ?? qualified
    }

    /// A name with the same prefix and namespace.
    package func sibling(_ local: String) -> XMLName {
        XMLName(prefix.isEmpty ? local : prefix + ":" + local, namespace: namespace)
    }
}

/// An attribute as it was written; declarations of namespaces are attributes too.
package struct XMLAttribute: Sendable, Hashable {
    /// As written: `camunda:assignee`, `xmlns:bpmn`.
    package let name: String
    /// Without escapes.
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What stands between the tags of an element, in order.
package enum XMLNode: Sendable, Hashable {
    case element(XMLElement)
    /// Without escapes; two texts never stand side by side.
    case text(String)
    /// Never holds `]]>`.
    case cdata(String)
    /// Never holds `--`.
    case comment(String)
    case instruction(target: String, data: String)
}

/// An element with all that stands in it; nothing is interpreted and nothing dropped.
package struct XMLElement: Sendable, Hashable {
    package var name: XMLName
    /// In the order written.
    package var attributes: [XMLAttribute]
    package var children: [XMLNode]

    package init(_ name: XMLName, attributes: [XMLAttribute] = [], children: [XMLNode] = []) {
        self.name = name
        self.attributes = attributes
        self.children = children
    }

    /// The value of the attribute written with this name.
    package subscript(attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

    /// The value of an attribute by its local name when its prefix doesn't matter, such as `assignee` of any vendor.
    package func attribute(local: String) -> String? {
        self[local] ?? attributes.first { $0.name.hasSuffix(":" + local) }?.value
    }

    /// Sets an attribute in its place, adds it at the end, or with nil removes it.
    package mutating func set(_ attribute: String, _ value: String?) {
        guard let index = attributes.firstIndex(where: { $0.name == attribute }) else {
            if let value { attributes.append(XMLAttribute(attribute, value)) }
            return
        }
        if let value { attributes[index].value = value } else { attributes.remove(at: index) }
    }

    package var id: String? { self["id"] }

    /// The elements directly inside.
    package var elements: [XMLElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// The elements directly inside with this local name and the namespace of this element.
    package func all(_ local: String) -> [XMLElement] { elements.filter { $0.isNamed(local, like: self) } }

    package func first(_ local: String) -> XMLElement? { all(local).first }

    /// The text and CDATA directly inside, joined.
    package var text: String {
        children.reduce(into: "") { result, child in
            switch child {
            case .text(let text), .cdata(let text): result += text
            default: break
            }
        }
    }

    /// The text without the blanks around it; nil when nothing is left.
    package var trimmedText: String? {
        let text = Blanks.trimmed(text)
        return text.isEmpty ? nil : text
    }

    /// Replaces the text and CDATA directly inside; comments and elements stay.
    package mutating func setText(_ text: String) {
        let isText: (XMLNode) -> Bool = {
            switch $0 {
            case .text, .cdata: true
            default: false
            }
        }
        let place = children.firstIndex(where: isText) ?? 0
        children.removeAll(where: isText)
        children.insert(.text(text), at: min(place, children.count))
    }

    /// Changes every element with one of the local names directly inside.
    package mutating func changeEach(_ local: String, _ change: (inout XMLElement) throws -> Void) rethrows {
        for index in children.indices {
            guard case .element(var element) = children[index], element.isNamed(local, like: self) else { continue }
            try change(&element)
            children[index] = .element(element)
        }
    }

    func isNamed(_ local: String, like other: XMLElement) -> Bool {
        name.namespace == other.name.namespace && name.local == local
    }
}

enum Blanks {
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    static func trimmed(_ text: String) -> String {
        var view = text.utf8[...]
        while let byte = view.first, isBlank(byte) { view = view.dropFirst() }
        while let byte = view.last, isBlank(byte) { view = view.dropLast() }
        return String(Substring(view))
    }
}
