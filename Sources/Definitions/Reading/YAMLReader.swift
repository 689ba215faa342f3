import Yams

/// Reads one YAML document into source nodes. Anchors and merges work as Yams composes them.
enum YAMLReader {
    /// Deeper than any definition is nested; keeps a hostile file from exhausting the stack.
    private static let maximumDepth = 40

    /// Nil, with a diagnostic, when the text is no YAML.
    static func read(_ text: String, file: String, into diagnostics: inout [DefinitionDiagnostic]) -> SourceNode? {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                return SourceNode(.null, at: SourceLocation(file: file, line: 1))
            }
            return convert(node, file: file, depth: 0, into: &diagnostics)
        } catch {
            let (line, reason) = place(of: error)
            diagnostics.append(
                DefinitionDiagnostic(
                    "yaml_syntax", at: SourceLocation(file: file, line: line),
                    zh: "YAML 无法读取：\(reason)", en: "The YAML can't be read: \(reason)",
                    hint: Label(zh: "含冒号、# 或引号的文字请加引号", en: "Put quotes around text with a colon, # or quotes")))
            return nil
        }
    }

    private static func convert(
        _ node: Node, file: String, depth: Int, into diagnostics: inout [DefinitionDiagnostic]
    ) -> SourceNode {
        let place = SourceLocation(file: file, line: node.mark?.line ?? 0)
        guard depth < maximumDepth else {
            diagnostics.append(
                DefinitionDiagnostic(
                    "too_deep", at: place, zh: "嵌套太深", en: "Nested too deeply"))
            return SourceNode(.null, at: place)
        }
        switch node {
        case .scalar(let scalar):
            let plain = scalar.style == .plain || scalar.style == .any
            if plain, ["", "~", "null", "Null", "NULL"].contains(scalar.string) { return SourceNode(.null, at: place) }
            return SourceNode(.scalar(scalar.string, plain: plain), at: place)
        case .sequence(let sequence):
            let items = sequence.map { convert($0, file: file, depth: depth + 1, into: &diagnostics) }
            return SourceNode(.list(items), at: place)
        case .mapping(let mapping):
            let entries = mapping.map { key, value in
                SourceNode.Entry(
                    key.scalar?.string ?? "", convert(value, file: file, depth: depth + 1, into: &diagnostics),
                    at: key.mark.map { SourceLocation(file: file, line: $0.line) } ?? place)
            }
            return SourceNode(.map(entries), at: place)
        case .alias:
            diagnostics.append(
                DefinitionDiagnostic(
                    "yaml_alias", at: place, zh: "找不到此别名", en: "This alias is unknown"))
            return SourceNode(.null, at: place)
        }
    }

    private static func place(of error: any Error) -> (line: Int, reason: String) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (mark.line, problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            (context.mark.line, "duplicate keys " + duplicates.joined(separator: ", "))
        default:
            (0, String(describing: error))
        }
    }
}
