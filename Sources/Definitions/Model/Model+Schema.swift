package import Expressions

/// The model as expressions see it: live fields of live objects, system fields included.
extension Model: ExpressionSchema {
    package func field(_ id: String, of object: String) -> ExpressionField? {
        guard let object = self.object(object), !object.retired else { return nil }
        if let dot = id.firstIndex(of: ".") {
            let name = String(id[..<dot])
            guard let field = object.field(name), !field.retired else { return nil }
            return field.type.expressionPart(String(id[id.index(after: dot)...]), of: name)
        }
        guard let field = object.field(id), !field.retired else { return nil }
        return field.type.expressionField(id, lists: lists)
    }

    package func fieldIDs(of object: String) -> [String] { self.object(object)?.liveFields.map(\.id) ?? [] }
}

/// What a path leads to.
package struct PathTarget: Sendable {
    /// The object that holds the last field.
    package let object: ObjectDefinition
    package let field: FieldDefinition
    /// `base`, `currency` or `rate` when the path ends in a part of a money field.
    package let part: String?
}

extension Model {
    /// Follows a path such as `company.name_en` or `total.base` over single links; nil when something on it is unknown
    /// or retired.
    package func target(of path: FieldPath, on object: String) -> PathTarget? {
        guard var holder = self.object(object) else { return nil }
        let steps = path.steps
        for (index, step) in steps.enumerated() {
            guard !holder.retired, let field = holder.field(step), !field.retired else { return nil }
            if index == steps.count - 1 { return PathTarget(object: holder, field: field, part: nil) }
            if index == steps.count - 2, field.type.moneyParts.contains(steps[index + 1]) {
                return PathTarget(object: holder, field: field, part: steps[index + 1])
            }
            guard let next = field.type.linkTarget.flatMap({ self.object($0) }) else { return nil }
            holder = next
        }
        return nil
    }

    /// The live line objects of an object: lines field id with the child object, in reading order.
    package func lineObjects(of object: String) -> [(field: String, object: ObjectDefinition)] {
        (self.object(object)?.liveFields ?? []).compactMap { field in
            guard case .lines(let child) = field.type, let definition = self.object(child) else { return nil }
            return (field.id, definition)
        }
    }
}
