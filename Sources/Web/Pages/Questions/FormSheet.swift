import Definitions
import Expressions
import Kernel
import Values

/// What an empty form begins with: the defaults that stand by themselves, and those that follow from what is given.
struct FormSheet: Question {
    let object: String
    /// Field id → text from the address, such as the company an inquiry is for.
    let given: [String: String]
    let format: Format

    struct Answer: Sendable {
        let values: FormValues
        /// Fields that have a value from a default.
        let prefilled: Set<String>
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        guard let definition = sight.model.object(object), !definition.retired, definition.parent == nil,
            sight.canCreate(object)
        else {
            throw Rejection.noSuchPath
        }
        var values = FormValues()
        for (name, text) in given where definition.field(name).map({ !$0.isSystem }) ?? false {
            values.texts[name] = text
        }
        var source = GivenSource()
        for (name, text) in values.texts {
            guard let id = RecordID(text), let field = definition.field(name) else { continue }
            try follow(field, id, sight, &source, &values, context)
        }
        var prefilled: Set<String> = []
        for field in definition.liveFields where values.texts[field.id] == nil {
            guard let expression = field.defaultValue else { continue }
            let surroundings = EvaluationContext(
                now: context.now, today: format.today, me: context.actor.userID, departments: context.actor.departments,
                regions: context.actor.regions, roles: context.actor.roles)
            // A default that can't be worked out yet is left to the moment of saving.
            guard let value = try? expression.evaluate(source, surroundings), !value.isNull else { continue }
            values.texts[field.id] = FormValues.written(value, as: field.type, format)
            prefilled.insert(field.id)
            // A customer that came by way of the inquiry brings currency and terms as one that was chosen does.
            if let id = value.record { try follow(field, id, sight, &source, &values, context) }
        }
        return Answer(values: values, prefilled: prefilled)
    }

    /// Puts the fields of a linked record into reach under `company.currency` and the like, and its name on the form;
    /// one that is out of sight is not there.
    private func follow(
        _ field: FieldDefinition, _ id: RecordID, _ sight: ModelSight, _ source: inout GivenSource,
        _ values: inout FormValues, _ context: ReadContext
    ) throws {
        guard let target = field.type.linkTarget, sight.canRead(target) else { return }
        do {
            let record = try context.ask(ShowRecord(object: target, id: id, withLines: false))
            values.titles[id.description] = record.title
            source.values[field.id] = .record(id)
            for (path, value) in record.values { source.values[field.id + "." + path] = value }
        } catch let rejection as Rejection where rejection.kind == .missing {
            values.texts[field.id] = nil
        }
    }
}

/// The values known while a form is still empty.
private struct GivenSource: FieldSource {
    var values: [String: Value] = [:]

    func value(at path: FieldPath) -> Value { values[path.description] ?? .null }
    func lines(at path: FieldPath) -> [any FieldSource] { [] }
}

/// Names of the records chosen in a posted form, so that it can be shown again.
struct NamesOf: Question {
    /// Object id → record ids.
    let wanted: [String: [RecordID]]

    func answer(in context: ReadContext) throws -> [String: String] {
        var out: [String: String] = [:]
        for (object, ids) in wanted {
            for id in ids.prefix(200) {
                do {
                    out[id.description] = try context.ask(
                        ShowRecord(object: object, id: id, fields: ["id"], withLines: false)
                    ).title
                } catch let rejection as Rejection where rejection.kind == .missing {
                    continue
                }
            }
        }
        return out
    }
}

/// A record as it stands, and what others have changed since the reader opened it.
struct EditSheet: Question {
    let object: String
    let id: RecordID

    func answer(in context: ReadContext) throws -> RecordView {
        try context.ask(ShowRecord(object: object, id: id))
    }
}
