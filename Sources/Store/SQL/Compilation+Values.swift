import Expressions
import Values

/// Constants, context and columns.
extension Compilation {
    func constant(_ value: Value, _ type: ValueType) -> Piece {
        guard case .real(let number) = value, number != 0 else { return Piece(fragment: bound(value, type)) }
        let exponent = Int((Double(number.exponent) * 0.30103).rounded(.down))
        return Piece(fragment: bound(value, type), reach: (exponent - 1)...(exponent + 1))
    }

    func bound(_ value: Value, _ type: ValueType) -> SQLFragment {
        switch value {
        case .null: dialect.null(kind(of: type))
        case .bool(let flag): dialect.literal(flag)
        case .text(let text): .binding(.text(text))
        case .decimal(let number): .binding(.integer(Int64(clamping: number.units)))
        case .real(let number): .binding(.real(number))
        case .day(let day): .binding(.integer(Int64(day.number)))
        case .instant(let instant): .binding(.integer(instant.milliseconds))
        case .record(let id): .binding(.blob(id.bytes))
        case .list: dialect.null(.text)
        }
    }

    /// Nil for reals, which no column holds.
    private func kind(of type: ValueType) -> ColumnKind? {
        switch type {
        case .bool: .bool
        case .decimal, .day, .instant: .integer
        case .record: .bytes
        case .real: nil
        case .text, .list, .lines, .null: .text
        }
    }

    func contextValue(_ item: ContextValue) throws(CompilationError) -> SQLFragment {
        if isRule {
            guard let asked = dialect.sight(SightItem(item)) else { throw .memoryOnly }
            return asked
        }
        return switch item {
        case .now: bound(.instant(context.now), .instant)
        case .today: bound(.day(context.today), .day)
        case .me: bound(context.me.map(Value.record) ?? .null, .record(object: "user"))
        case .hasRole(let role): dialect.literal(context.roles.contains(role))
        // Lists have no value in SQL; IN and ISBLANK take them apart before they come here.
        case .departments, .regions: dialect.null(.text)
        }
    }

    /// The members of a list that the context gives.
    func contextList(_ node: Node) -> [RecordID]? {
        switch node.form {
        case .context(.departments) where !isRule: context.departments
        case .context(.regions) where !isRule: context.regions
        default: nil
        }
    }

    /// The same list in a rule.
    func ruleList(_ node: Node) -> SQLFragment? {
        guard isRule else { return nil }
        switch node.form {
        case .context(.departments): return dialect.sight(.departments)
        case .context(.regions): return dialect.sight(.regions)
        default: return nil
        }
    }

    // MARK: Columns

    mutating func column(_ reference: FieldReference) throws(CompilationError) -> SQLFragment {
        guard case .column(let name)? = layout.place(of: reference.field, in: reference.holder) else {
            throw .unknownPlace(object: reference.holder, field: reference.field)
        }
        return try column(name, over: reference.links, from: reference)
    }

    /// A column of the record that the links lead to.
    private mutating func column(
        _ name: String, over links: [FieldReference.Hop], from reference: FieldReference
    ) throws(CompilationError) -> SQLFragment {
        let start = reference.isOuter ? outer : row
        guard let first = links.first else { return "\(identifier: start).\(identifier: name)" }
        var last = alias("h")
        let target = try linkColumn(first, of: reference.object)
        let end: SQLFragment =
            " WHERE \(identifier: last).\(identifier: "id") = \(identifier: start).\(identifier: target)"
        var from: SQLFragment = "\(identifier: try table(first.object)) AS \(identifier: last)"
        var holder = first.object
        for hop in links.dropFirst() {
            let next = alias("h")
            let link = try linkColumn(hop, of: holder)
            from += " JOIN \(identifier: try table(hop.object)) AS \(identifier: next)"
            from += " ON \(identifier: next).\(identifier: "id") = \(identifier: last).\(identifier: link)"
            last = next
            holder = hop.object
        }
        return "(SELECT \(identifier: last).\(identifier: name) FROM \(from)\(end))"
    }

    private func linkColumn(_ hop: FieldReference.Hop, of object: String) throws(CompilationError) -> String {
        guard case .column(let name)? = layout.place(of: hop.field, in: object) else {
            throw .unknownPlace(object: object, field: hop.field)
        }
        return name
    }

    func table(_ object: String) throws(CompilationError) -> String {
        guard let table = layout.table(of: object) else { throw .unknownPlace(object: object, field: "id") }
        return table
    }

    /// The id of the record that holds the field: the row's own, or what the last link points to.
    mutating func holderID(_ reference: FieldReference) throws(CompilationError) -> SQLFragment {
        guard let last = reference.links.last else {
            return "\(identifier: reference.isOuter ? outer : row).\(identifier: "id")"
        }
        let before = Array(reference.links.dropLast())
        let holder = before.last?.object ?? reference.object
        return try column(try linkColumn(last, of: holder), over: before, from: reference)
    }
}

extension SightItem {
    fileprivate init(_ item: ContextValue) {
        switch item {
        case .now: self = .now
        case .today: self = .today
        case .me: self = .me
        case .departments: self = .departments
        case .regions: self = .regions
        case .hasRole(let role): self = .anyRole([role])
        }
    }
}
