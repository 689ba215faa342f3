import Expressions

/// Names and types of everything, before expressions are checked: what expressions are checked against.
struct Skeleton: ExpressionSchema {
    struct Field {
        let type: FieldType
        let isRetired: Bool
        let isSystem: Bool
    }

    struct Object {
        let parent: String?
        let isRetired: Bool
        /// In reading order, system fields last.
        var order: [String] = []
        var fields: [String: Field] = [:]

        mutating func add(_ id: String, _ field: Field) {
            guard fields.updateValue(field, forKey: id) == nil else { return }
            order.append(id)
        }
    }

    var objects: [String: Object] = [:]
    var lists: [String: CodeList] = [:]

    func field(_ id: String, of object: String) -> ExpressionField? {
        guard let object = objects[object], !object.isRetired else { return nil }
        if let dot = id.firstIndex(of: ".") {
            let name = String(id[..<dot])
            guard let field = object.fields[name], !field.isRetired else { return nil }
            return field.type.expressionPart(String(id[id.index(after: dot)...]), of: name)
        }
        guard let field = object.fields[id], !field.isRetired else { return nil }
        return field.type.expressionField(id, lists: lists)
    }

    func fieldIDs(of object: String) -> [String] {
        guard let object = objects[object] else { return [] }
        return object.order.filter { object.fields[$0]?.isRetired == false }
    }

    /// What a path such as `company.name_en` or `total.base` leads to.
    enum Target {
        case field(FieldType)
        /// Something on the way is retired: a reason to leave it out, not an error.
        case retired
        case unknown(step: String, object: String)
    }

    func target(of path: String, on object: String) -> Target {
        var current = object
        let steps = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        for (index, step) in steps.enumerated() {
            guard let holder = objects[current] else { return .unknown(step: step, object: current) }
            guard let field = holder.fields[step] else { return .unknown(step: step, object: current) }
            if holder.isRetired || field.isRetired { return .retired }
            if index == steps.count - 1 { return .field(field.type) }
            if index == steps.count - 2, field.type.moneyParts.contains(steps[index + 1]) { return .field(field.type) }
            guard let next = field.type.linkTarget else { return .unknown(step: steps[index + 1], object: current) }
            current = next
        }
        return .unknown(step: path, object: object)
    }
}
