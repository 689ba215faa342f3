import Foundation

extension Pack {
    /// Reads a pack's folder. What can't be read is a diagnostic of the pack; the rest is read all the same.
    ///
    /// - Parameter directory: its name in diagnostics is the one given here.
    package static func load(directory: String) -> Pack {
        let files = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
        var texts: [String: String] = [:]
        var unreadable: [DefinitionDiagnostic] = []
        for file in files where file.hasSuffix(".yaml") || file.hasSuffix(".yml") || file.hasSuffix(".csv") {
            let path = directory + "/" + file
            do {
                texts[file] = try String(contentsOfFile: path, encoding: .utf8)
            } catch {
                unreadable.append(
                    DefinitionDiagnostic(
                        "unreadable_file", at: SourceLocation(file: path, line: 0),
                        zh: "文件无法读取，或不是 UTF-8", en: "The file can't be read, or is not UTF-8"))
            }
        }
        return read(files: texts, directory: directory, found: unreadable)
    }

    /// Reads a pack from texts by file name, such as `objects/quotation.yaml`.
    package static func read(files: [String: String], directory: String) -> Pack {
        read(files: files, directory: directory, found: [])
    }

    private static func read(
        files: [String: String], directory: String, found: [DefinitionDiagnostic]
    ) -> Pack {
        var reader = PackReader(directory: directory, findings: found)
        for (name, text) in files.sorted(by: { $0.key < $1.key }) { reader.read(text, name: name) }
        return reader.pack()
    }
}

/// Sorts the files of a pack into its parts.
private struct PackReader {
    let directory: String
    var findings: [DefinitionDiagnostic]
    private var objects: [SourceNode] = []
    private var lists: [SourceNode] = []
    private var roles: [SourceNode] = []
    private var processes: [SourceNode] = []
    private var records: [PackRecordFile] = []
    private var description: SourceNode?
    private var files: Set<String> = []

    init(directory: String, findings: [DefinitionDiagnostic]) {
        self.directory = directory
        self.findings = findings
    }

    mutating func read(_ text: String, name: String) {
        let file = directory + "/" + name
        files.insert(file)
        let folder = name.split(separator: "/").dropLast().first.map(String.init) ?? ""
        if name.hasSuffix(".csv") {
            guard folder == "records" else { return }
            let object = String(name.split(separator: "/").last?.dropLast(4) ?? "")
            records += RecordFileReader.read(text, object: object, file: file, into: &findings)
            return
        }
        guard let node = YAMLReader.read(text, file: file, into: &findings), !node.isNull else { return }
        switch (folder, name) {
        case ("", "pack.yaml"): description = node
        case ("", "roles.yaml"), ("roles", _): roles += node.items ?? [node]
        case ("objects", _): objects += node.items ?? [node]
        case ("lists", _): lists += node.items ?? [node]
        case ("processes", _): processes += node.items ?? [node]
        default:
            findings.append(
                DefinitionDiagnostic(
                    "unknown_file", at: SourceLocation(file: file, line: 0), zh: "包里不应有此文件",
                    en: "A pack has no such file",
                    hint: Label(
                        zh: "可用 objects/、lists/、processes/、records/",
                        en: "There are objects/, lists/, processes/ and records/")))
        }
    }

    mutating func pack() -> Pack {
        let place = SourceLocation(file: directory + "/pack.yaml", line: description == nil ? 0 : 1)
        if description == nil {
            findings.append(
                DefinitionDiagnostic("missing_pack", at: place, zh: "缺少 pack.yaml", en: "pack.yaml is missing"))
        }
        var reader = MapReader(description ?? SourceNode(.map([]), at: place))
        let id = description == nil ? nil : reader.required("id")
        let version = description == nil ? nil : reader.required("version")
        let label = reader.label("label")
        let requires = reader.words("requires") ?? []
        let baseCurrency = reader.text("base_currency")
        let menu = reader.items("menu") ?? []
        reader.finish(into: &findings)
        for (part, nodes) in [("objects", objects), ("lists", lists), ("roles", roles), ("processes", processes)] {
            reportTwins(nodes, part)
        }
        return Pack(
            id: id?.value ?? directory, version: version?.value ?? "0",
            label: label ?? Label(zh: id?.value ?? directory, en: id?.value ?? directory),
            requires: requires.map(\.value), baseCurrency: baseCurrency?.value, records: records,
            diagnostics: findings,
            root: .map([
                ("objects", .list(objects)), ("lists", .list(lists)), ("roles", .list(roles)), ("menu", .list(menu)),
                ("processes", .list(processes)),
            ]), files: files, place: place)
    }

    /// Within one pack an id is defined once; only later layers add to it.
    private mutating func reportTwins(_ nodes: [SourceNode], _ part: String) {
        var seen: [String: SourceLocation] = [:]
        for node in nodes {
            guard let id = node["id"], let text = id.scalar else { continue }
            if let first = seen.updateValue(id.place, forKey: text) {
                findings.append(
                    DefinitionDiagnostic(
                        "duplicate_id", at: id.place, zh: "“\(text)” 已在 \(first.file):\(first.line) 定义",
                        en: "“\(text)” is already defined in \(first.file):\(first.line)"))
            }
            guard part == "objects" else { continue }
            for key in [
                "fields", "actions", "checks", "reminders", "clocks", "rules", "approvals", "repeats", "views",
                "sections",
            ] {
                if let items = node[key]?.items { reportTwins(items, key) }
            }
        }
    }
}
