/// Writes a tree so that reading gives it back.
struct XMLWriter {
    private(set) var text = ""

    mutating func write(_ document: XMLDocument) {
        if let declaration = document.declaration {
            text += "<?xml version=\"\(declaration.version)\""
            if declaration.encoding != nil { text += " encoding=\"UTF-8\"" }
            if let standalone = declaration.standalone { text += " standalone=\"\(standalone ? "yes" : "no")\"" }
            text += "?>\n"
        }
        for node in document.prolog {
            write(node)
            text += "\n"
        }
        write(document.root)
        text += "\n"
        for node in document.epilog {
            write(node)
            text += "\n"
        }
    }

    private mutating func write(_ node: XMLNode) {
        switch node {
        case .element(let element): write(element)
        case .text(let content): escape(content, inAttribute: false)
        case .cdata(let content):
            text += "<![CDATA["
            text.unicodeScalars.append(contentsOf: content.unicodeScalars)
            text += "]]>"
        case .comment(let content): text += "<!--" + content + "-->"
        case .instruction(let target, let data):
            text += "<?" + target + (data.isEmpty ? "" : " " + data) + "?>"
        }
    }

    private mutating func write(_ element: XMLElement) {
        text += "<" + element.name.qualified
        for attribute in element.attributes {
            text += " " + attribute.name + "=\""
            escape(attribute.value, inAttribute: true)
            text += "\""
        }
        guard !element.children.isEmpty else {
            text += "/>"
            return
        }
        text += ">"
        for child in element.children { write(child) }
        text += "</" + element.name.qualified + ">"
    }

    /// Line ends and tabs of an attribute, and carriage returns anywhere, survive only as references.
    private mutating func escape(_ content: String, inAttribute: Bool) {
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"" where inAttribute: text += "&quot;"
            case "\n" where inAttribute: text += "&#10;"
            case "\t" where inAttribute: text += "&#9;"
            case "\r": text += "&#13;"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
