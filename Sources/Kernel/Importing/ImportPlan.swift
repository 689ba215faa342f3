import Access
import Definitions
import Documents
import Expressions
import Store
import Values

/// How the columns of one file become records of one object, settled before the first row is written.
struct ImportPlan: Sendable {
    let definition: ObjectDefinition
    /// One element per column of the file, same order; nil when left out.
    let targets: [ImportTarget?]
    let matches: [ColumnMatch]
    /// What the request said of the columns, to remember (`ColumnMemory`): key → path, empty for left out.
    let remembered: [String: String]
    let decoder: CellDecoder
    /// Object → values that no column gives.
    let constants: [String: [String: Value]]
    /// Field by which rows belong to one record, when the rows are lines.
    let groupField: String?
    /// Lines field that the rows fill.
    let linesField: String?
    /// What must be the same for two records to be one, besides the duplicate rules.
    let uniqueFields: [String]
    /// Linked objects of which a column gives a number or a name.
    let namedObjects: Set<String>

    /// Object → the fields by which its records are known, best first; of every object that a link leads to.
    let identifying: [String: [String]]
    /// Object → its fields that copy what a link's record is known by: naming the copy names the record.
    let completions: [String: [(field: String, link: String, source: String)]]
    /// Objects of which the file makes records beside each record, with the field that links back.
    let neighbours: [(object: String, via: String)]

    var lineObject: String? {
        guard let linesField, case .lines(let child)? = definition.field(linesField)?.type else { return nil }
        return child
    }

    /// Fields of which a record needs one, so that people know it again; empty when it always has a number.
    let namingFields: Set<String>

    /// Whether the columns are enough to make records of.
    func checkColumns() throws(Rejection) {
        guard targets.contains(where: { $0 != nil }) else {
            throw Rejection(
                .invalid, code: "no_known_column",
                message: Label(zh: "没有一列认得出来，请指定各列对应的字段", en: "No column is known; say which field each one means"))
        }
        if linesField != nil, groupField == nil {
            throw Rejection(
                .invalid, code: "no_key_column",
                message: Label(
                    zh: "这些行是明细，需要一列单号，说明哪些行属于同一单",
                    en: "The rows are lines: a column with a number must say which belong together"))
        }
        let own = targets.compactMap { $0?.holder == .record ? $0?.link ?? $0?.field : nil }
        if !namingFields.isEmpty, namingFields.isDisjoint(with: own) {
            throw Rejection(
                .invalid, code: "no_name_column",
                message: Label(
                    zh: "没有一列是名称或编号，请指定各列对应的字段",
                    en: "No column gives a name or a number; say which field each one means"))
        }
    }

    /// 1-based column that fills the path; nil when several or none do.
    func column(of path: String) -> Int? {
        targets.firstIndex { target in
            guard let target else { return false }
            return target.path == path || target.link == path && target.holder == .record
                || target.path.hasPrefix(path + ".")
        }.map { $0 + 1 }
    }
}

/// Settles the plan: heading by heading, with the actor's rights.
struct ImportPlanner {
    let context: ReadContext
    let request: ImportRequest
    let definition: ObjectDefinition

    private var targets: ImportTargets { ImportTargets(model: context.model, definition: definition) }

    func plan(_ header: HeaderRow) throws -> ImportPlan {
        let synonyms = try ImportSynonyms(context)
        let (found, matches, remembered) = try columns(header, synonyms)
        let decoder = decoder(synonyms)
        let linesField = found.compactMap { target -> String? in
            if case .line(let field)? = target?.holder { field } else { nil }
        }.first
        let own = Set(found.compactMap { $0?.holder == .record && $0?.link == nil ? $0?.field : nil })
        let unique = definition.liveFields.filter { $0.unique && own.contains($0.id) }.map(\.id)
        var group: String?
        if linesField != nil {
            group = unique.first ?? found.lazy.compactMap { self.textField($0) }.first
        }
        let isNamed = definition.title.contains { id in
            guard let field = definition.field(id), field.required, field.series == nil else { return false }
            if case .text = field.type { return true } else { return false }
        }
        return ImportPlan(
            definition: definition, targets: found, matches: matches, remembered: remembered, decoder: decoder,
            constants: try constants(synonyms, decoder, own), groupField: group, linesField: linesField,
            uniqueFields: unique, namedObjects: Set(found.compactMap { $0.flatMap(namedObject) }),
            identifying: identifying(), completions: completions(linesField), neighbours: neighbours(found),
            namingFields: isNamed ? Set(ImportLinks.identifying(definition)) : [])
    }

    private func identifying() -> [String: [String]] {
        var out: [String: [String]] = [:]
        for object in context.model.objects { out[object.id] = ImportLinks.identifying(object) }
        return out
    }

    private func completions(_ linesField: String?) -> [String: [(field: String, link: String, source: String)]] {
        guard let linesField, case .lines(let child)? = definition.field(linesField)?.type,
            let object = context.model.object(child)
        else { return [:] }
        var out: [(field: String, link: String, source: String)] = []
        for field in object.liveFields {
            guard let source = field.defaultValue?.fieldPaths.first, field.defaultValue?.source == source.description,
                source.steps.count == 2, case .link(let other)? = object.field(source.first)?.type,
                context.model.object(other)?.field(source.steps[1])?.unique == true
            else { continue }
            out.append((field.id, source.first, source.steps[1]))
        }
        return [child: out]
    }

    private func neighbours(_ targets: [ImportTarget?]) -> [(object: String, via: String)] {
        var out: [(object: String, via: String)] = []
        for target in targets {
            guard case .beside(let object, let via)? = target?.holder, !out.contains(where: { $0.object == object })
            else { continue }
            out.append((object, via))
        }
        return out
    }

    private func namedObject(_ target: ImportTarget) -> String? {
        guard let link = target.link, let name = target.field, let holder = holder(target),
            case .link(let other)? = holder.field(link)?.type, let object = context.model.object(other)
        else { return nil }
        return ImportLinks.identifying(object).contains(name) ? other : nil
    }

    private func holder(_ target: ImportTarget) -> ObjectDefinition? {
        switch target.holder {
        case .record: return definition
        case .line(let field):
            guard case .lines(let child)? = definition.field(field)?.type else { return nil }
            return context.model.object(child)
        case .beside(let object, _): return context.model.object(object)
        }
    }

    private func textField(_ target: ImportTarget?) -> String? {
        guard let target, target.holder == .record, target.link == nil, let id = target.field,
            case .text? = definition.field(id)?.type
        else { return nil }
        return id
    }

    private typealias Columns = (targets: [ImportTarget?], matches: [ColumnMatch], remembered: [String: String])

    private func columns(_ header: HeaderRow, _ synonyms: ImportSynonyms) throws -> Columns {
        let match = HeadingMatch(targets, synonyms: synonyms)
        let memory = ColumnMemory(header.names)
        let earlier = try ImportMappings(context.connection)
            .mappings(of: definition.id, headers: memory.keys)
        let given = given(memory)
        var out: Columns = ([], [], [:])
        var problems: [Problem] = []
        // What the request names goes before what is only guessed, wherever it stands.
        var taken = Set(given.compactMap { $0 }.filter { !$0.isEmpty })
        for (index, name) in header.names.enumerated() {
            var path = given[index]
            var origin = ColumnMatch.Origin.given
            if path == nil, let known = memory.path(of: index, in: earlier) {
                (path, origin) = (known, .remembered)
            } else if path == nil, !memory.folded[index].isEmpty {
                (path, origin) = (match.path(of: name), .synonym)
            }
            if origin != .given, let known = path, !known.isEmpty, !taken.insert(known).inserted { path = nil }
            let target = path.flatMap { $0.isEmpty ? nil : targets.target($0) }
            let mayFill = target.map(allows) ?? false
            if let path = given[index] {
                memory.remember(path, of: index, in: &out.remembered)
                if !path.isEmpty, !mayFill {
                    problems.append(target == nil ? .unknownField(path) : .notWritable(path))
                }
                if !path.isEmpty, given[..<index].contains(path) { problems.append(.twoColumns(path)) }
            }
            out.targets.append(mayFill ? target : nil)
            out.matches.append(
                ColumnMatch(heading: String(name.prefix(200)), field: mayFill ? target?.path : nil, origin: origin))
        }
        guard problems.isEmpty else {
            throw Rejection(
                .invalid, code: "bad_mapping",
                message: Label(zh: "列的对应有误", en: "The columns can't be matched like this"),
                problems: problems)
        }
        return out
    }

    /// What the request says of each column: by its place (`#3`), else by its heading, of which the first counts.
    private func given(_ memory: ColumnMemory) -> [String?] {
        var byHeading: [String: String] = [:]
        var out: [String?] = memory.folded.map { _ in nil }
        for (heading, path) in request.mapping where !heading.hasPrefix("=") {
            if heading.hasPrefix("#"), let place = Int(heading.dropFirst()), out.indices.contains(place - 1) {
                out[place - 1] = path
            } else {
                byHeading[HeadingMatch.folded(heading)] = path
            }
        }
        for (index, key) in memory.folded.enumerated() where out[index] == nil && !key.isEmpty {
            out[index] = byHeading.removeValue(forKey: key)
        }
        return out
    }

    /// Every path that a column may fill for this actor: own fields, records by their names, lines, neighbours.
    var allowedPaths: [String] {
        var out: [String] = []
        func add(_ path: String) { if let target = targets.target(path), allows(target) { out.append(path) } }
        func addFields(_ object: ObjectDefinition, prefix: String, deep: Bool) {
            for field in object.liveFields {
                add(prefix + field.id)
                guard deep, case .link(let other) = field.type, let linked = context.model.object(other) else {
                    continue
                }
                for name in ImportLinks.naming(linked) { add(prefix + field.id + "." + name) }
            }
        }
        addFields(definition, prefix: "", deep: true)
        for field in definition.liveFields {
            guard case .lines(let child) = field.type, let object = context.model.object(child) else { continue }
            addFields(object, prefix: field.id + ".", deep: true)
        }
        for neighbour in targets.neighbours {
            addFields(neighbour.object, prefix: neighbour.object.id + ".", deep: false)
        }
        return out
    }

    /// Field rights as always; the owner and the numbers of the earlier system belong to importing itself.
    private func allows(_ target: ImportTarget) -> Bool {
        if context.actor.isSystem { return true }
        if case .beside(let object, _) = target.holder, !context.access.grant(object).canCreate { return false }
        guard let holder = holder(target), let name = target.link ?? target.field,
            let field = holder.field(Self.base(name))
        else { return false }
        if field.series != nil || name == "owner" { return true }
        guard context.access.grant(holder.id).creatable.contains(field.id) else { return false }
        guard target.link != nil, case .link(let other) = field.type else { return true }
        let access = context.access.grant(other)
        return target.field.map { access.filterable.contains($0) } ?? access.canRead
    }

    private static func base(_ name: String) -> String { name.split(separator: ".").first.map(String.init) ?? name }

    private func decoder(_ synonyms: ImportSynonyms) -> CellDecoder {
        var codes: [String: CodeNames] = [:]
        for list in context.model.lists.values { codes[list.id] = CodeNames(list, own: synonyms.codes[list.id] ?? [:]) }
        return CellDecoder(
            codes: codes, order: request.dayFirst.map { $0 ? .dayMonthYear : .monthDayYear },
            style: request.decimalComma.map { $0 ? .comma : .point }, timeZone: context.actor.timeZone)
    }

    /// Values of the request (`=roles`), else of the company's synonyms, for fields that no column fills.
    private func constants(
        _ synonyms: ImportSynonyms, _ decoder: CellDecoder, _ own: Set<String>
    ) throws -> [String: [String: Value]] {
        var out: [String: [String: Value]] = [:]
        for (object, fields) in synonyms.constants {
            guard let holder = context.model.object(object) else { continue }
            for (name, text) in fields where object != definition.id || !own.contains(name) {
                guard let field = holder.field(name), !field.retired else { continue }
                // A word in the synonyms that no longer fits its field fills nothing.
                guard let values = try? decoder.decode(.text(text), as: field, at: name) else { continue }
                out[object, default: [:]].merge(values) { _, new in new }
            }
        }
        for (heading, text) in request.mapping where heading.hasPrefix("=") {
            let name = String(heading.dropFirst())
            guard let target = targets.target(name), target.holder == .record, target.link == nil, allows(target),
                let field = definition.field(Self.base(name))
            else { throw Rejection.invalid([.unknownField(name)]) }
            do throws(Problem) {
                out[definition.id, default: [:]].merge(try decoder.decode(.text(text), as: field, at: name)) { _, new in
                    new
                }
            } catch {
                throw Rejection.invalid([error])
            }
        }
        return out
    }
}
