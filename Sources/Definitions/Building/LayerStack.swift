/// Packs in the order they need each other, with the customer's overlay on top, as one tree.
struct LayerStack {
    private(set) var root = SourceNode(.map([]))
    private(set) var packs: [Pack] = []
    /// Layer of each file.
    private(set) var layers: [String: Layer] = ["overlay": .overlay]
    private(set) var findings: [DefinitionDiagnostic] = []

    init(packs: [Pack], overlay: Overlay) {
        for pack in packs { findings += pack.diagnostics }
        order(packs)
        for pack in self.packs {
            for file in pack.files { layers[file] = .pack(pack.id) }
            lay(pack.root)
        }
        findings += OverlayRules.findings(overlay: overlay.root, below: root)
        lay(overlay.root)
    }

    private mutating func lay(_ over: SourceNode) {
        let menu = (over["menu"] ?? .list([])).menu(over: root["menu"]?.items ?? [])
        root = root.merged(with: over.setting("menu", to: nil)).setting("menu", to: .list(menu))
    }

    /// Each pack after those it requires; what is missing or goes in a circle is reported.
    private mutating func order(_ packs: [Pack]) {
        var waiting = packs
        let known = Set(packs.map(\.id))
        for pack in packs {
            for id in pack.requires where !known.contains(id) {
                findings.append(
                    DefinitionDiagnostic(
                        "missing_requirement", at: pack.place, zh: "需要的包 “\(id)” 不在",
                        en: "The required pack “\(id)” is not there", hint: Spelling.hint(for: id, among: known)))
            }
        }
        while !waiting.isEmpty {
            let standing = Set(self.packs.map(\.id))
            let next = waiting.firstIndex { pack in
                pack.requires.allSatisfy { standing.contains($0) || !known.contains($0) }
            }
            if next == nil {
                let circle = waiting.map(\.id).joined(separator: " → ")
                findings.append(
                    DefinitionDiagnostic(
                        "requirement_circle", at: waiting[0].place, zh: "包互相依赖：\(circle)",
                        en: "Packs require each other: \(circle)"))
            }
            self.packs.append(waiting.remove(at: next ?? 0))
        }
    }
}
