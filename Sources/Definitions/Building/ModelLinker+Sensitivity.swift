import Expressions

/// Numbers that are computed from sensitive ones, but that everybody may see.
extension ModelLinker {
    /// Only a warning, and only for amounts: a level, a state or a yes/no may well be told to those who must not see the amount.
    mutating func checkSensitivities(of objects: [ObjectDefinition]) {
        let byID = Dictionary(objects.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for object in objects {
            for field in object.liveFields where field.sensitivity == nil && isNumber(field) {
                var read = (field.formula?.fieldPaths ?? []).compactMap { sensitiveField($0, object, byID) }
                if let rollup = field.rollup, let target = byID[rollup.object] {
                    read += (rollup.of?.fieldPaths ?? []).compactMap { sensitiveField($0, target, byID) }
                }
                guard let first = read.min(by: { $0.id < $1.id }), let sensitivity = first.sensitivity,
                    let place = place(of: field.id, in: object.id)
                else { continue }
                report(
                    "sensitivity_open", at: place,
                    "“\(object.id).\(field.id)” 由敏感字段 “\(first.id)”（\(sensitivity)）算出，自己却未标敏感级别",
                    "“\(object.id).\(field.id)” is computed from “\(first.id)” (\(sensitivity)) but has no sensitivity itself",
                    hint: Label(zh: "sensitivity: \(sensitivity)", en: "sensitivity: \(sensitivity)"),
                    severity: .warning)
            }
        }
    }

    private func isNumber(_ field: FieldDefinition) -> Bool {
        switch field.type {
        case .money, .decimal, .percent: true
        default: false
        }
    }

    private func sensitiveField(
        _ path: FieldPath, _ object: ObjectDefinition, _ objects: [String: ObjectDefinition]
    ) -> FieldDefinition? {
        var holder = object
        for step in path.steps {
            guard let field = holder.field(step) else { return nil }
            if field.sensitivity != nil { return isNumber(field) ? field : nil }
            switch field.type {
            case .link(let next), .lines(let next):
                guard let object = objects[next] else { return nil }
                holder = object
            default: return nil
            }
        }
        return nil
    }

    private func place(of field: String, in object: String) -> SourceLocation? {
        raw.objects.first { $0.id.value == object }?.fields.first { $0.id.value == field }?.id.place
    }
}
