import Expressions

/// Looks up every name and checks every expression of the merged layers.
struct ModelLinker {
    /// Live fields of an object, without the system fields.
    static let mostFields = 200

    let raw: RawModel
    let previous: Model?
    private(set) var skeleton = Skeleton()
    private(set) var checker: ExpressionChecker
    var findings: [DefinitionDiagnostic] = []

    init(raw: RawModel, references: [CodeList], previous: Model?, functions: [ExternalFunction]) {
        self.raw = raw
        self.previous = previous
        checker = ExpressionChecker(schema: skeleton)
        skeleton.lists = lists(over: references)
        for object in raw.objects { outline(object) }
        for object in raw.objects { checkTargets(of: object) }
        checker = ExpressionChecker(schema: skeleton, functions: functions)
    }

    // MARK: - Reporting

    mutating func report(
        _ code: String, at place: SourceLocation, _ zh: String, _ en: String, hint: Label? = nil,
        severity: DefinitionDiagnostic.Severity = .error
    ) {
        findings.append(DefinitionDiagnostic(code, at: place, zh: zh, en: en, hint: hint, severity: severity))
    }

    /// Ids that are used twice in one list, or are no ids.
    mutating func checkIDs(_ ids: [Located<String>]) {
        var seen: Set<String> = []
        for id in ids {
            if let finding = Identifier.finding(id) { findings.append(finding) }
            if !seen.insert(id.value).inserted {
                report("duplicate_id", at: id.place, "“\(id.value)” 重复", "“\(id.value)” stands twice")
            }
        }
    }

    /// The label, or a finding and the id in its stead.
    mutating func label(_ label: Label?, of id: Located<String>) -> Label {
        if let label { return label }
        report("missing_label", at: id.place, "“\(id.value)” 缺少名称", "“\(id.value)” lacks its label")
        return Label(zh: id.value, en: id.value)
    }

    /// Checks an expression; what is wrong is reported at the place where it was written.
    mutating func expression(
        _ text: Located<String>?, on object: String, expecting type: ValueType?
    ) -> TypedExpression? {
        guard let text else { return nil }
        switch checker.check(text.value, on: object, expecting: type) {
        case .success(let expression): return expression
        case .failure(let diagnostics):
            for item in diagnostics.items {
                let quoted = "“\(text.value)” "
                let retired = isRetiredName(item, in: text.value, on: object)
                report(
                    item.code, at: text.place, "公式 " + quoted + item.zh + (retired ? "(已停用)" : ""),
                    "Expression " + quoted + item.en + (retired ? " (retired)" : ""),
                    hint: item.hint.map { Label(zh: $0.zh, en: $0.en) })
            }
            return nil
        }
    }

    /// Whether the unknown name is that of a retired field, so that the designer learns why it is gone.
    private func isRetiredName(_ item: Diagnostic, in source: String, on object: String) -> Bool {
        guard item.code == "unknown_field" else { return false }
        let bytes = Array(source.utf8)
        guard item.offset >= 0, item.offset + item.length <= bytes.count else { return false }
        let name = String(decoding: bytes[item.offset..<(item.offset + item.length)], as: UTF8.self)
        if case .retired = skeleton.target(of: name, on: object) { return true }
        return false
    }

    // MARK: - Outlines

    private mutating func lists(over references: [CodeList]) -> [String: CodeList] {
        var lists = Dictionary(references.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        checkIDs(raw.lists.map(\.id))
        for list in raw.lists {
            let below = lists[list.id.value]
            let label = list.label ?? below?.label ?? self.label(nil, of: list.id)
            let codes = list.codes.map { code(in: list, $0) }
            let given = Set(codes.map(\.code))
            let kept = below?.codes.filter { !given.contains($0.code) } ?? []
            lists[list.id.value] = CodeList(id: list.id.value, label: label, codes: kept + codes)
        }
        if lists["role"] == nil {
            let codes = raw.roles.map {
                Code(code: $0.id.value, label: $0.label ?? Label(zh: $0.id.value, en: $0.id.value))
            }
            lists["role"] = CodeList(id: "role", label: Label(zh: "角色", en: "Role"), codes: codes)
        }
        return lists
    }

    private mutating func code(in list: RawList, _ raw: RawList.RawCode) -> Code {
        let code = raw.code
        if code.value.isEmpty || code.value.utf8.count > 60 || code.value.contains(",") {
            report(
                "bad_code", at: code.place, "代码 “\(code.value)” 为空、过长或含逗号",
                "The code “\(code.value)” is empty, too long or has a comma")
        }
        if raw.zh == nil || raw.en == nil {
            report(
                "label_language", at: code.place, "代码 “\(code.value)” 缺少\(raw.zh == nil ? "中文" : "英文")",
                "The code “\(code.value)” lacks the \(raw.zh == nil ? "Chinese" : "English") text")
        }
        let tones = ["ok", "warn", "bad", "block", "info", "pri", "mute"]
        if let tone = raw.tone, !tones.contains(tone.value) {
            report(
                "unknown_tone", at: tone.place, "未知的色调 “\(tone.value)”", "There is no tone “\(tone.value)”",
                hint: Label(zh: tones.joined(separator: "、"), en: tones.joined(separator: ", ")))
        }
        return Code(
            code: code.value, label: Label(zh: raw.zh ?? code.value, en: raw.en ?? code.value),
            tone: raw.tone?.value ?? "mute", retired: raw.retired, extra: raw.extra)
    }

    private mutating func outline(_ object: RawObject) {
        if let finding = Identifier.finding(object.id) { findings.append(finding) }
        let system = SystemFields.definitions(
            object: object.id.value, parent: object.parent?.value, isSetting: object.isSetting)
        var outline = Skeleton.Object(parent: object.parent?.value, isRetired: object.retired)
        checkIDs(object.fields.map(\.id))
        for field in object.fields {
            if system.contains(where: { $0.id == field.id.value }) {
                report(
                    "reserved_id", at: field.id.place, "“\(field.id.value)” 是每个对象都有的系统字段",
                    "“\(field.id.value)” is a system field that every object has")
                continue
            }
            let type = TypeReader.read(field, into: &findings) ?? .text(maxLength: 200, format: .plain)
            outline.add(field.id.value, Skeleton.Field(type: type, isRetired: field.retired, isSystem: false))
        }
        for field in system {
            outline.add(field.id, Skeleton.Field(type: field.type, isRetired: false, isSystem: true))
        }
        let live = object.fields.count { !$0.retired }
        if live > Self.mostFields {
            report(
                "too_many_fields", at: object.id.place, "“\(object.id.value)” 有 \(live) 个字段，最多 \(Self.mostFields) 个",
                "“\(object.id.value)” has \(live) fields, at most \(Self.mostFields) are allowed",
                hint: Label(zh: "停用不再使用的字段，或拆成关联对象", en: "Retire unused fields, or split off a linked object"))
        }
        skeleton.objects[object.id.value] = outline
    }
}
