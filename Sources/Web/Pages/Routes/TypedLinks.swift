import Definitions
import Kernel
import Values

/// A text that stands in a picker beside what is chosen there.
struct TypedLink {
    /// Name of the control that holds the choice: `company`, `lines[2].product`.
    let control: String
    let text: String
    /// What is chosen, as the control holds it; empty for nothing, and for a picker of several.
    let held: String
    /// Where the picker looks, as in its address.
    let source: String
    /// `quotation.company`: the field whose rule narrows the choice.
    let origin: String?
    let isMany: Bool
}

extension Desk {
    /// The fields of a form, with every text that was typed into a picker and not picked as the record it means: without
    /// scripts nobody picks from a list, a fast hand sends the form before its finds come, and a block of names is pasted.
    ///
    /// A text means the one record of exactly that name, else the only one that fits it. One question for each different
    /// text; a form from which everything was picked asks nothing.
    ///
    /// - Throws: `invalid`, with a problem at each picker whose text fits nothing or several.
    func linked(
        _ fields: [(name: String, value: String)], _ definition: ObjectDefinition, _ model: Model
    ) async throws -> [(name: String, value: String)] {
        let typed = typedLinks(fields, definition, model)
        guard !typed.isEmpty else { return fields }
        let names = try await names(of: typed, model)
        var out = fields
        var problems: [Problem] = []
        var found: [String: [PickList.Item]] = [:]
        for link in typed where link.text.isEmpty || names[link.held] != link.text {
            if link.text.isEmpty {
                // What is out of sight has no name in its form: that no name came back says nothing.
                if names[link.held] != nil { hold("", link, in: &out) }
                continue
            }
            let key = link.source + " " + (link.origin ?? "") + " " + link.text
            let items: [PickList.Item]
            if let known = found[key] { items = known } else { items = try await finds(link) }
            found[key] = items
            if let meant = Self.meant(link.text, items) {
                hold(meant.id, link, in: &out)
            } else {
                problems.append(Self.problem(link, items))
            }
        }
        guard problems.isEmpty else { throw Rejection.entries(problems) }
        return out
    }

    private func typedLinks(
        _ fields: [(name: String, value: String)], _ definition: ObjectDefinition, _ model: Model
    ) -> [TypedLink] {
        fields.compactMap { name, value in
            guard name.hasSuffix(".q") else { return nil }
            let control = String(name.dropLast(2))
            guard let (object, field) = pickedField(control, definition, model) else { return nil }
            let source: String
            var isMany = false
            switch field.type {
            case .link(let target): source = target
            case .links(let target): (source, isMany) = (target, true)
            case .anyLink(let objects): source = (["any"] + objects).joined(separator: "~")
            case .choice(let list): source = "list~" + list
            default: return nil
            }
            let text = value.trimmingSpaces
            let held = isMany ? "" : fields.last { $0.name == control }?.value ?? ""
            guard !text.isEmpty || !held.isEmpty else { return nil }
            return TypedLink(
                control: control, text: text, held: held, source: source,
                origin: field.linkFilter == nil ? nil : object.id + "." + field.id, isMany: isMany)
        }
    }

    private func pickedField(
        _ control: String, _ definition: ObjectDefinition, _ model: Model
    ) -> (ObjectDefinition, FieldDefinition)? {
        guard let cell = FormValues.cell(control) else { return definition.field(control).map { (definition, $0) } }
        guard case .lines(let child)? = definition.field(cell.lines)?.type, let object = model.object(child) else {
            return nil
        }
        return object.field(cell.field).map { (object, $0) }
    }

    /// What is chosen → what it is called in the form.
    private func names(of typed: [TypedLink], _ model: Model) async throws -> [String: String] {
        var wanted: [String: [RecordID]] = [:]
        var out: [String: String] = [:]
        for link in typed where !link.held.isEmpty {
            if link.source.hasPrefix("list~") {
                let code = model.lists[String(link.source.dropFirst("list~".count))]?.code(link.held)
                out[link.held] = code.map { context[$0.label] } ?? link.held
            } else {
                let parts = link.held.split(separator: "/").map(String.init)
                guard let last = parts.last, let id = RecordID(last) else { continue }
                wanted[parts.count == 2 ? parts[0] : link.source, default: []].append(id)
            }
        }
        guard !wanted.isEmpty else { return out }
        let records = try await kernel.answer(NamesOf(wanted: wanted), as: actor)
        for link in typed {
            if let id = link.held.split(separator: "/").last, let name = records[String(id)] { out[link.held] = name }
        }
        return out
    }

    private func finds(_ link: TypedLink) async throws -> [PickList.Item] {
        do {
            return try await finds(link.source, link.text, origin: link.origin)
        } catch let rejection as Rejection where rejection.kind == .missing {
            return []  // an object that is out of sight has no names
        }
    }

    private static func meant(_ text: String, _ items: [PickList.Item]) -> PickList.Item? {
        let exact = items.filter { $0.title.lowercased() == text.lowercased() }
        return exact.count == 1 ? exact[0] : items.count == 1 ? items[0] : nil
    }

    private func hold(_ id: String, _ link: TypedLink, in fields: inout [(name: String, value: String)]) {
        let place = fields.lastIndex { $0.name == link.control }
        if let place, !link.isMany { fields[place].value = id } else { fields.append((link.control, id)) }
    }

    private static func problem(_ link: TypedLink, _ items: [PickList.Item]) -> Problem {
        let text = link.text.prefix(40)
        let few = items.prefix(3).map(\.title)
        let message =
            items.isEmpty
            ? Label(zh: "没有找到“\(text)”", en: "Nothing is called “\(text)”")
            : Label(
                zh: "“\(text)”不止一个：\(few.joined(separator: "、"))\(items.count > 3 ? "等" : "")，写全名称",
                en:
                    "Several fit “\(text)”: \(few.joined(separator: ", "))\(items.count > 3 ? ", …" : ""); write the whole name"
            )
        return Problem(field: link.control, code: "not_picked", message: message)
    }
}
