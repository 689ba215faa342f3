package import Definitions

/// Where notes about records of an object are written: an object with a `summary` that can point to it.
package struct NoteObject: Sendable {
    package let definition: ObjectDefinition
    /// The field that points to the record.
    package let link: String
    /// The link to any object carries the object's id too.
    package let isAny: Bool

    package var id: String { definition.id }
    package func has(_ field: String) -> Bool { definition.field(field).map { !$0.retired } ?? false }
    package var hasNext: Bool { has("next_at") }

    /// Nil for an object about which nothing is written.
    package static func find(for object: String, in model: Model) -> NoteObject? {
        guard object != "followup", let notes = model.object("followup"), !notes.retired,
            notes.field("summary") != nil
        else { return nil }
        for field in notes.liveFields where !field.isSystem {
            if case .anyLink(let objects) = field.type, objects.contains(object) {
                return NoteObject(definition: notes, link: field.id, isAny: true)
            }
        }
        let plain = notes.liveFields.first { !$0.isSystem && $0.type.linkTarget == object }
        return plain.map { NoteObject(definition: notes, link: $0.id, isAny: false) }
    }

    /// Whether notes of this object say what became of their mail.
    static func isMailed(_ object: String, in model: Model) -> Bool {
        model.object(object)?.field("mail_state").map { !$0.retired } ?? false
    }
}
