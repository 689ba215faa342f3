import Definitions

/// Where the cells of a column go.
struct ImportTarget: Sendable, Hashable {
    enum Holder: Sendable, Hashable {
        case record
        /// A line of the record, in this lines field.
        case line(String)
        /// A record of this object beside the record, to which it links by `via`.
        case beside(object: String, via: String)
    }

    /// As it is written in a mapping: `name_en`, `company.code`, `lines.qty`, `contact.email`.
    let path: String
    let holder: Holder
    /// The holder's link over which `field` is reached.
    let link: String?
    /// The field that the cell fills or by which the linked record is found; nil finds it by what names it.
    let field: String?
}

/// Gives paths of a mapping their meaning for one object.
struct ImportTargets {
    let model: Model
    let definition: ObjectDefinition

    /// - Returns: nil when the path leads nowhere that a file may fill.
    func target(_ path: String) -> ImportTarget? {
        let steps = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard (1...3).contains(steps.count) else { return nil }
        if steps.count == 1 { return own(steps[0], of: definition, path: path, holder: .record) }
        guard let field = definition.field(steps[0]), !field.retired else { return beside(steps, path) }
        if case .lines(let child) = field.type, let object = model.object(child) {
            let holder = ImportTarget.Holder.line(field.id)
            return steps.count == 2
                ? own(steps[1], of: object, path: path, holder: holder)
                : linked(steps[1], steps[2], of: object, path: path, holder: holder)
        }
        guard steps.count == 2 else { return nil }
        if case .money(.own) = field.type, steps[1] == "currency", isFillable(field) {
            return ImportTarget(path: path, holder: .record, link: nil, field: path)
        }
        return linked(steps[0], steps[1], of: definition, path: path, holder: .record)
    }

    /// Objects whose records may be made beside a record: contacts of a company, no papers with a life of their own.
    var neighbours: [(object: ObjectDefinition, via: String)] {
        definition.related.compactMap { list in
            guard let object = model.object(list.object), !object.retired, object.parent == nil, object.states == nil,
                !object.liveFields.contains(where: { $0.series != nil })
            else { return nil }
            return (object, list.via)
        }
    }

    private func beside(_ steps: [String], _ path: String) -> ImportTarget? {
        guard steps.count == 2, let neighbour = neighbours.first(where: { $0.object.id == steps[0] }) else {
            return nil
        }
        let holder = ImportTarget.Holder.beside(object: neighbour.object.id, via: neighbour.via)
        return own(steps[1], of: neighbour.object, path: path, holder: holder)
    }

    private func own(
        _ name: String, of object: ObjectDefinition, path: String, holder: ImportTarget.Holder
    ) -> ImportTarget? {
        guard let field = object.field(name), !field.retired else { return nil }
        if field.isSystem, name != "owner" || holder != .record { return nil }
        guard field.isSystem || isFillable(field) else { return nil }
        if case .link = field.type { return ImportTarget(path: path, holder: holder, link: name, field: nil) }
        return ImportTarget(path: path, holder: holder, link: nil, field: name)
    }

    private func linked(
        _ link: String, _ name: String, of object: ObjectDefinition, path: String, holder: ImportTarget.Holder
    ) -> ImportTarget? {
        guard let field = object.field(link), !field.retired, case .link(let other) = field.type,
            !field.isSystem || link == "owner", let target = model.object(other)?.field(name), !target.retired,
            !target.isSystem, target.hasColumns, field.isSystem || isFillable(field)
        else { return nil }
        return ImportTarget(path: path, holder: holder, link: link, field: name)
    }

    /// Numbers of a series may come along from the house's earlier system.
    private func isFillable(_ field: FieldDefinition) -> Bool {
        if field.formula != nil || field.rollup != nil { return false }
        if field.readOnly, field.series == nil { return false }
        switch field.type {
        case .lines, .files, .links, .anyLink, .json: return false
        default: return true
        }
    }
}
