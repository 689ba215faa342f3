/// What a customer's overlay may change in packs: it may name, hide, add and tighten; it may not loosen a rule or
/// change what a pack computes.
struct OverlayRules {
    private var findings: [DefinitionDiagnostic] = []

    /// - Parameter below: the merged packs.
    static func findings(overlay: SourceNode, below: SourceNode) -> [DefinitionDiagnostic] {
        var rules = OverlayRules()
        rules.unknownParts(overlay)
        for node in overlay["objects"]?.items ?? [] {
            if let under = Self.find(node, in: below["objects"]) {
                rules.object(node, under)
            } else {
                rules.newName(node, zh: "对象", en: "object")
            }
        }
        for key in ["lists", "roles", "processes"] {
            for node in overlay[key]?.items ?? [] where Self.find(node, in: below[key]) == nil {
                rules.newName(node, zh: Self.names[key]?.zh ?? "", en: Self.names[key]?.en ?? "")
            }
        }
        return rules.findings
    }

    private static let names = [
        "lists": Label(zh: "列表", en: "list"), "roles": Label(zh: "角色", en: "role"),
        "processes": Label(zh: "流程", en: "process"),
    ]

    private static let parts = [
        "actions": Label(zh: "动作", en: "action"), "checks": Label(zh: "检查", en: "check"),
        "approvals": Label(zh: "审批", en: "approval"),
    ]

    private static func find(_ node: SourceNode, in list: SourceNode?) -> SourceNode? {
        guard let id = node["id"]?.scalar else { return nil }
        return list?.items?.first { $0["id"]?.scalar == id }
    }

    private mutating func report(
        _ code: String, _ place: SourceLocation, _ zh: String, _ en: String, hint: Label? = nil
    ) {
        findings.append(DefinitionDiagnostic(code, at: place, zh: zh, en: en, hint: hint))
    }

    private mutating func unknownParts(_ overlay: SourceNode) {
        let known = ["objects", "lists", "roles", "menu", "processes"]
        for entry in overlay.entries ?? [] where !known.contains(entry.key) {
            report(
                "unknown_key", entry.place, "未知的键 “\(entry.key)”", "Unknown key “\(entry.key)”",
                hint: Spelling.hint(for: entry.key, among: known))
        }
    }

    private mutating func newName(_ node: SourceNode, zh: String, en: String) {
        guard let id = node["id"], let text = id.scalar, !text.hasPrefix("x_") else { return }
        report(
            "overlay_id", id.place, "自定义\(zh) “\(text)” 应以 x_ 开头",
            "The id of your own \(en) “\(text)” must begin with x_",
            hint: Label(zh: "x_\(text)", en: "x_\(text)"))
    }

    private mutating func forbid(_ keys: Set<String>, in node: SourceNode, of name: String, unlikeIn under: SourceNode)
    {
        for entry in node.entries ?? [] where keys.contains(entry.key) && under[entry.key] != entry.value {
            report(
                "overlay_forbidden", entry.place, "不可修改标准包中 “\(name)” 的 “\(entry.key)”",
                "“\(entry.key)” of “\(name)” belongs to its pack and can't be changed")
        }
    }

    /// A flag that may be switched on, not off.
    private mutating func tighten(_ keys: [String], in node: SourceNode, of name: String, under: SourceNode) {
        for key in keys where under[key]?.scalar == "true" && node[key].map({ $0.scalar != "true" }) ?? false {
            report(
                "overlay_loosens", node[key]?.place ?? node.place, "“\(name)” 的 “\(key)” 由标准包要求，不可放宽",
                "“\(key)” of “\(name)” is required by its pack and can't be loosened")
        }
    }

    private mutating func object(_ node: SourceNode, _ under: SourceNode) {
        let name = node["id"]?.scalar ?? ""
        forbid(Set(["parent", "setting", "duplicates"]).subtracting(own(name)), in: node, of: name, unlikeIn: under)
        if under["states"] != nil { forbid(["states"], in: node, of: name, unlikeIn: under) }
        let stateField = under["states"]?["field"]?.scalar
        for field in node["fields"]?.items ?? [] {
            guard let below = Self.find(field, in: under["fields"]) else {
                if own(name).isEmpty { newName(field, zh: "字段", en: "field") }
                continue
            }
            self.field(
                field, below, name + "." + (field["id"]?.scalar ?? ""), isState: field["id"]?.scalar == stateField)
        }
        for (key, free) in [
            ("actions", Set(["id", "label", "icon", "refusal", "primary"])),
            ("checks", Set(["id", "message", "blocking"])),
            ("approvals", Set(["id", "label"])),
        ] {
            for item in node[key]?.items ?? [] {
                guard let below = Self.find(item, in: under[key]) else {
                    newName(item, zh: Self.parts[key]?.zh ?? "", en: Self.parts[key]?.en ?? "")
                    continue
                }
                let name = name + "." + (item["id"]?.scalar ?? "")
                forbid(Set((item.entries ?? []).map(\.key)).subtracting(free), in: item, of: name, unlikeIn: below)
                if below["blocking"]?.scalar != "false", item["blocking"]?.scalar == "false" {
                    report(
                        "overlay_loosens", item.place, "“\(name)” 由标准包要求，不可放宽",
                        "“\(name)” is required by its pack and can't be loosened")
                }
            }
        }
    }

    /// All keys are free on the customer's own objects.
    private func own(_ name: String) -> Set<String> { name.hasPrefix("x_") ? ["parent", "setting", "duplicates"] : [] }

    private mutating func field(_ node: SourceNode, _ under: SourceNode, _ name: String, isState: Bool) {
        forbid(["formula", "rollup", "gapless", "where", "region", "rate"], in: node, of: name, unlikeIn: under)
        // How papers are numbered is the house's own affair; which field has a number is not.
        if under["series"] == nil || node["series"].map({ ($0.scalar ?? "").isEmpty }) ?? false {
            forbid(["series"], in: node, of: name, unlikeIn: under)
        }
        tighten(["required", "unique", "immutable", "readonly"], in: node, of: name, under: under)
        if under["sensitivity"] != nil { forbid(["sensitivity"], in: node, of: name, unlikeIn: under) }
        if under["formula"] != nil || under["rollup"] != nil || under["series"] != nil || isState {
            forbid(["type", "default", "currency"], in: node, of: name, unlikeIn: under)
        }
        if isState, node["retired"]?.scalar == "true" {
            report(
                "overlay_forbidden", node.place, "“\(name)” 记录状态，不可停用", "“\(name)” holds the state and can't be retired"
            )
        }
    }
}
