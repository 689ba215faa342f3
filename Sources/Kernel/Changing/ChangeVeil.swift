import Access
import Definitions
import Values

/// What a request for a change tells of the record that it changes: `before` and `after` carry values of that record's
/// fields, so each is shown to whom the field itself is shown.
struct ChangeVeil {
    private let fields: Set<String>
    private let target: ObjectDefinition
    private let context: ReadContext

    /// Nil for an object that asks for no changes.
    init?(_ definition: ObjectDefinition, _ context: ReadContext) {
        guard let desk = definition.change, let target = context.model.object(desk.object) else { return nil }
        fields = [desk.before, desk.after]
        self.target = target
        self.context = context
    }

    /// Takes out of a request's values what the asker may not read of the record.
    ///
    /// - Returns: the fields of which something was taken.
    func cover(_ values: inout [String: Value]) -> Set<String> {
        fields.filter { field in
            guard let value = values[field] else { return false }
            values[field] = veiled(value, in: field)
            return values[field] != value
        }
    }

    /// The value of a field of the request without what the asker may not read of the record. Null for a text that is
    /// no object: nobody can tell what it says.
    func veiled(_ value: Value, in field: String) -> Value {
        guard fields.contains(field), let text = value.text else { return value }
        let members: [JSONValue.Member]
        do {
            guard case .object(let found) = try JSONReader.read(text) else { return .null }
            members = found
        } catch {
            return .null
        }
        let left = veiled(members, of: target)
        guard left != members else { return value }
        var builder = JSONBuilder(escaping: .minimal)
        builder.write(.object(left))
        return .text(builder.text)
    }

    /// Names that are no fields are remarks, which the request's own readers may know.
    private func veiled(_ members: [JSONValue.Member], of object: ObjectDefinition) -> [JSONValue.Member] {
        let readable = context.access.grant(object.id).readable
        return members.compactMap { member in
            guard let field = object.field(member.name) else { return member }
            guard readable.contains(field.id) else { return nil }
            guard case .lines(let child) = field.type, let lines = context.model.object(child),
                case .array(let items) = member.value
            else { return member }
            let left = items.map { item -> JSONValue in
                guard case .object(let parts) = item else { return item }
                return .object(veiled(parts, of: lines))
            }
            return JSONValue.Member(name: member.name, value: .array(left))
        }
    }
}
