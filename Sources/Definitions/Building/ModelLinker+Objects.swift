import Expressions

/// Objects: their parts put together, and what refers to fields.
extension ModelLinker {
    mutating func objects() -> [ObjectDefinition] {
        checkIDs(raw.objects.map(\.id))
        var seen: Set<String> = []
        var objects: [ObjectDefinition] = []
        for object in raw.objects where seen.insert(object.id.value).inserted { objects.append(self.object(object)) }
        FormulaGraph(objects: objects).circles().forEach { reportCircle($0) }
        checkSensitivities(of: objects)
        return objects
    }

    private mutating func object(_ raw: RawObject) -> ObjectDefinition {
        let id = raw.id.value
        let label = label(raw.label, of: raw.id)
        if raw.plural == nil, raw.parent == nil {
            report("missing_label", at: raw.id.place, "“\(id)” 缺少复数名称 plural", "“\(id)” lacks its plural")
        }
        for ids in [
            raw.actions.map(\.id), raw.checks.map(\.id), raw.reminders.map(\.id), raw.clocks.map(\.id),
            raw.rules.map(\.id), raw.approvals.map(\.id), raw.repeats.map(\.id), raw.views.map(\.id),
            raw.sections.map(\.id),
        ] {
            checkIDs(ids)
        }
        let title = titleFields(raw)
        let states = raw.retired ? nil : self.states(raw)
        return ObjectDefinition(
            id: id, label: label, plural: raw.plural ?? label, icon: raw.icon ?? "doc", layer: raw.layer,
            parent: raw.parent?.value, fields: fields(of: raw), title: title, states: states,
            actions: raw.retired ? [] : raw.actions.map { action($0, of: raw) },
            checks: raw.retired ? [] : raw.checks.compactMap { check($0, of: raw) },
            reminders: raw.retired ? [] : reminders(raw), clocks: raw.retired ? [] : clocks(raw),
            rules: raw.retired ? [] : rules(raw), approvals: raw.retired ? [] : approvals(raw),
            change: raw.retired ? nil : raw.change.flatMap { change($0, of: raw) },
            ladder: raw.retired ? nil : raw.ladder.flatMap { ladder($0, of: raw) },
            repeats: raw.retired ? [] : raw.repeats.compactMap { repeated($0, of: id) },
            similar: raw.retired ? nil : raw.similar.map { similar($0, of: id) },
            views: raw.retired ? [] : views(raw),
            sections: sections(raw), highlights: highlights(raw), related: related(raw),
            search: names(raw.search, on: id), duplicates: duplicates(raw), isSetting: raw.isSetting,
            retired: raw.retired, print: raw.retired ? nil : raw.print.flatMap { self.print($0, of: raw) })
    }

    /// The live fields among these names; unknown ones are reported, retired ones left out.
    mutating func names(_ ids: [Located<String>], on object: String) -> [String] {
        ids.compactMap { name($0, on: object) ? $0.value : nil }
    }

    /// Whether this is a live field; an unknown one is reported.
    mutating func name(_ id: Located<String>, on object: String) -> Bool {
        if let field = skeleton.objects[object]?.fields[id.value] { return !field.isRetired }
        reportUnknownField(id.value, of: object, at: id.place)
        return false
    }

    mutating func reportUnknownField(_ id: String, of object: String, at place: SourceLocation) {
        report(
            "unknown_field", at: place, "“\(object)” 没有字段 “\(id)”", "“\(object)” has no field “\(id)”",
            hint: Spelling.hint(for: id, among: skeleton.fieldIDs(of: object)))
    }

    /// The live paths among these; unknown ones are reported, those over something retired left out.
    mutating func paths(_ paths: [Located<String>], on object: String) -> [String] {
        paths.compactMap { path in
            switch skeleton.target(of: path.value, on: object) {
            case .field: return path.value
            case .retired: return nil
            case .unknown(let step, let holder):
                reportUnknownField(step, of: holder, at: path.place)
                return nil
            }
        }
    }

    private mutating func titleFields(_ raw: RawObject) -> [String] {
        guard let title = raw.title else {
            if raw.parent == nil {
                report(
                    "missing_title", at: raw.id.place, "“\(raw.id.value)” 缺少 title",
                    "“\(raw.id.value)” lacks its title fields")
            }
            return []
        }
        return names(title, on: raw.id.value)
    }

    private mutating func check(_ raw: RawCheck, of object: RawObject) -> CheckDefinition? {
        if raw.message == nil {
            report(
                "missing_label", at: raw.id.place, "检查 “\(raw.id.value)” 缺少 message",
                "The check “\(raw.id.value)” lacks its message")
        }
        let field = raw.field.flatMap { name($0, on: object.id.value) ? $0.value : nil }
        guard let expression = expression(raw.expression, on: object.id.value, expecting: .bool) else { return nil }
        return CheckDefinition(
            id: raw.id.value, expression: expression,
            message: raw.message ?? Label(zh: raw.id.value, en: raw.id.value), field: field, blocking: raw.blocking)
    }

    private mutating func views(_ raw: RawObject) -> [ViewDefinition] {
        let id = raw.id.value
        return raw.views.map { view in
            let columns = paths(view.columns, on: id)
            if view.columns.isEmpty {
                report(
                    "empty_view", at: view.id.place, "视图 “\(view.id.value)” 没有列",
                    "The view “\(view.id.value)” has no columns")
            }
            let sort = view.sort.compactMap { key -> SortKey? in
                let descending = key.value.hasPrefix("-")
                let path = descending ? String(key.value.dropFirst()) : key.value
                guard !paths([Located(path, at: key.place)], on: id).isEmpty else { return nil }
                return SortKey(path: path, descending: descending)
            }
            return ViewDefinition(
                id: view.id.value, label: label(view.label, of: view.id), columns: columns,
                filter: expression(view.filter, on: id, expecting: .bool), sort: sort,
                group: view.group.flatMap { name($0, on: id) ? $0.value : nil })
        }
    }

    private mutating func sections(_ raw: RawObject) -> [FormSection] {
        var placed: Set<String> = []
        return raw.sections.map { section in
            for field in section.fields where !placed.insert(field.value).inserted {
                report(
                    "placed_twice", at: field.place, "字段 “\(field.value)” 在表单中出现两次",
                    "The field “\(field.value)” stands twice in the form")
            }
            return FormSection(
                id: section.id.value, label: label(section.label, of: section.id),
                fields: names(section.fields, on: raw.id.value), folded: section.folded)
        }
    }

    private mutating func highlights(_ raw: RawObject) -> [Highlight] {
        raw.highlights.compactMap { highlight in
            guard let field = highlight.field, name(field, on: raw.id.value) else { return nil }
            let note = highlight.note.flatMap { name($0, on: raw.id.value) ? $0.value : nil }
            return Highlight(
                label: label(highlight.label, of: field), field: field.value, note: note,
                condition: expression(highlight.condition, on: raw.id.value, expecting: .bool))
        }
    }

    private mutating func related(_ raw: RawObject) -> [RelatedList] {
        raw.related.compactMap { related in
            guard let object = related.object, let via = related.via else { return nil }
            guard let target = skeleton.objects[object.value] else {
                checkObject(object.value, at: object.place)
                return nil
            }
            let columns = paths(related.columns, on: object.value)
            switch target.fields[via.value]?.type {
            case .link(raw.id.value), .links(raw.id.value): break
            case .anyLink(let objects) where objects.contains(raw.id.value): break
            default:
                report(
                    "related_via", at: via.place, "“\(object.value).\(via.value)” 不指向 “\(raw.id.value)”",
                    "“\(object.value).\(via.value)” doesn't link to “\(raw.id.value)”")
                return nil
            }
            if target.isRetired || target.fields[via.value]?.isRetired == true { return nil }
            return RelatedList(
                object: object.value, via: via.value, columns: columns,
                condition: expression(related.condition, on: raw.id.value, expecting: .bool))
        }
    }

    private mutating func duplicates(_ raw: RawObject) -> [DuplicateRule] {
        raw.duplicates.compactMap { rule in
            let keys = rule.compactMap { key -> DuplicateRule.Key? in
                guard name(key.field, on: raw.id.value) else { return nil }
                switch key.kind.value {
                case "exact": return .exact(field: key.field.value)
                case "company_name": return .companyName(field: key.field.value)
                case "domain": return .domain(field: key.field.value)
                default:
                    report(
                        "duplicate_key", at: key.kind.place, "未知的查重方式 “\(key.kind.value)”",
                        "There is no duplicate key “\(key.kind.value)”",
                        hint: Label(zh: "exact、company_name、domain", en: "exact, company_name, domain"))
                    return nil
                }
            }
            return keys.count == rule.count ? DuplicateRule(keys: keys) : nil
        }
    }

    private mutating func reportCircle(_ circle: [FormulaGraph.Node]) {
        guard let first = circle.first,
            let field = raw.objects.first(where: { $0.id.value == first.object })?.fields.first(where: {
                $0.id.value == first.field
            })
        else { return }
        let way = (circle + [first]).map { $0.object + "." + $0.field }.joined(separator: " → ")
        report(
            "formula_circle", at: field.formula?.place ?? field.id.place, "公式互相依赖：\(way)",
            "Formulas need each other: \(way)")
    }
}
