/// Where decisions and their rules stand in a DMN file, so that what is wrong is found in an editor.
package struct DMNLines: Sendable, Hashable {
    private struct Decision: Sendable, Hashable {
        let names: [String]
        let line: Int
        var rules: [Int] = []
    }

    private var decisions: [Decision] = []

    /// Reads a file once more; one that can't be read has no lines. Linear.
    package init(_ bytes: [UInt8], limits: XMLDocument.Limits = XMLDocument.Limits()) {
        guard bytes.count <= limits.bytes else { return }
        var found: [Decision] = []
        let reader = XMLReader(limits)
        reader.watch = { element, line in
            switch element.name.local {
            case "decision":
                found.append(Decision(names: [element["name"], element.id].compactMap(\.self), line: line))
            case "rule" where !found.isEmpty: found[found.count - 1].rules.append(line)
            default: break
            }
        }
        // A file that can't be read says so where it is checked.
        _ = try? reader.read(bytes)
        decisions = found
    }

    /// The line, from 1, of a rule of a decision by the decision's name or id; of the decision where no such rule is
    /// named; nil for the whole file.
    package func line(of decision: String?, rule: Int? = nil) -> Int? {
        guard let decision, let found = decisions.first(where: { $0.names.contains(decision) }) else { return nil }
        guard let rule, found.rules.indices.contains(rule - 1) else { return found.line }
        return found.rules[rule - 1]
    }
}
