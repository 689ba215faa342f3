import Access
package import Definitions

/// The model with what the actor may see and do in it: for forms, menus, filters and the definitions page.
package struct VisibleModel: Question {
    package init() {}

    package func answer(in context: ReadContext) throws -> ModelSight {
        ModelSight(model: context.model, access: context.access)
    }
}

/// A model through one actor's eyes.
package struct ModelSight: Sendable {
    package let model: Model
    let access: AccessTable

    /// Live objects the actor may read; with the privilege `define` retired ones too.
    package var objects: [ObjectDefinition] {
        model.objects.filter { access.grant($0.id).canRead && (!$0.retired || access.has("define")) }
            + (access.has("define") ? model.objects.filter { $0.retired && !access.grant($0.id).canRead } : [])
    }

    package func canRead(_ object: String) -> Bool { access.grant(object).canRead }
    package func canCreate(_ object: String) -> Bool { access.grant(object).canCreate }
    package func may(_ action: String, _ object: String) -> Bool { access.grant(object).actions.contains(action) }
    package func has(_ privilege: String) -> Bool { access.has(privilege) }

    package func shows(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool {
        access.grant(object.id).readable.contains(field.id) || field.retired && access.has("define")
    }

    /// Fields that may be set on a new record.
    package func creatable(_ object: String) -> Set<String> { access.grant(object).creatable }
    /// Fields that may be changed on some record; each record has its own say.
    package func updatable(_ object: String) -> Set<String> {
        let access = access.grant(object)
        return access.alternatives.filter { $0.reads && $0.actions.contains("update") }
            .reduce(into: Set<String>()) { $0.formUnion($1.writable) }.intersection(access.readable)
    }
    /// Fields usable in filters and sorts.
    package func filterable(_ object: String) -> Set<String> { access.grant(object).filterable }
    package func readable(_ object: String) -> Set<String> { access.grant(object).readable }
}
