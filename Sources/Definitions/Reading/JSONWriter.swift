import Values

/// Writes source nodes as JSON with one entry per line, so that a customer's overlay can be read, compared and kept
/// in version control.
package enum JSONWriter {
    package static func write(_ node: SourceNode) -> String {
        var out = ""
        write(node, indent: "", into: &out)
        return out + "\n"
    }

    private static func write(_ node: SourceNode, indent: String, into out: inout String) {
        switch node.content {
        case .null: out += "null"
        case .scalar(let text, let plain): out += plain && isBare(text) ? text : quoted(text)
        case .list(let items):
            block(items, "[", "]", indent, &out) { item, inner, out in write(item, indent: inner, into: &out) }
        case .map(let entries):
            block(entries, "{", "}", indent, &out) { entry, inner, out in
                out += quoted(entry.key) + ": "
                write(entry.value, indent: inner, into: &out)
            }
        }
    }

    private static func block<Item>(
        _ items: [Item], _ open: String, _ close: String, _ indent: String, _ out: inout String,
        _ body: (Item, String, inout String) -> Void
    ) {
        guard !items.isEmpty else {
            out += open + close
            return
        }
        out += open
        for (index, item) in items.enumerated() {
            out += (index == 0 ? "\n" : ",\n") + indent + "  "
            body(item, indent + "  ", &out)
        }
        out += "\n" + indent + close
    }

    private static func isBare(_ text: String) -> Bool {
        text == "true" || text == "false" || JSONReader.isNumber(text)
    }

    private static func quoted(_ text: String) -> String { JSONEscaping.minimal.quoted(text) }
}
