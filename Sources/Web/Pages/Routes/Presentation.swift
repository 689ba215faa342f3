import Definitions
import Kernel
import Values

/// Turns records into what pages draw, for one reader.
struct Presentation: Sendable {
    let sight: ModelSight
    let page: PageContext

    var model: Model { sight.model }
    var language: Language { page.language }

    func say(_ label: Label) -> String { label[page.language] }

    // MARK: Fields by path

    /// The field at the end of a path such as `company.name_en`.
    func field(_ path: String, of object: String) -> FieldDefinition? {
        var holder = model.object(object)
        let steps = path.split(separator: ".").map(String.init)
        for (index, step) in steps.enumerated() {
            guard let field = holder?.field(step) else { return nil }
            if index == steps.count - 1 { return field }
            guard let target = field.type.linkTarget else { return nil }
            holder = model.object(target)
        }
        return nil
    }

    /// 客户, or 客户 · 国家 for a field of a linked record.
    func label(_ path: String, of object: String) -> String {
        let steps = path.split(separator: ".").map(String.init)
        let names = (1...max(1, steps.count)).compactMap { end in
            field(steps.prefix(end).joined(separator: "."), of: object).map { say($0.label) }
        }
        return names.isEmpty ? path : names.joined(separator: " · ")
    }

    /// A record's title in the reader's words: one that begins with a choice is kept as its code.
    func title(_ stored: String, of object: String, depth: Int = 3) -> String {
        guard depth > 0, let first = model.object(object)?.title.first, let type = field(first, of: object)?.type
        else { return stored }
        if case .choice(let list) = type { return model.lists[list]?.code(stored).map { say($0.label) } ?? stored }
        return type.linkTarget.map { title(stored, of: $0, depth: depth - 1) } ?? stored
    }

    /// Whether the reader may use the path in conditions and orders.
    func isUsable(_ path: String, of object: String) -> Bool {
        var holder = object
        let steps = path.split(separator: ".").map(String.init)
        for (index, step) in steps.enumerated() {
            guard sight.filterable(holder).contains(step), let field = model.object(holder)?.field(step), !field.retired
            else { return false }
            if index == steps.count - 1 { return true }
            guard let target = field.type.linkTarget else { return false }
            holder = target
        }
        return false
    }

    /// Whether the reader may see the path in some record.
    func isReadable(_ path: String, of object: String) -> Bool {
        if path.contains(".") { return isUsable(path, of: object) }
        guard let field = model.object(object)?.field(path), !field.retired else { return false }
        return sight.readable(object).contains(path)
    }

    /// The lists of records that point to one of the object, as far as the reader may know that they do.
    func related(of definition: ObjectDefinition) -> [RelatedList] {
        definition.related.filter { sight.canRead($0.object) && isUsable($0.via, of: $0.object) }
    }

    /// The lists that stand at this record's page.
    func related(of definition: ObjectDefinition, at record: RecordView) -> [RelatedList] {
        related(of: definition).filter { !record.withheld.contains($0.id) }
    }

    /// The first text that names a record of the object, as far as the reader may use it.
    func titleField(of object: String) -> String? {
        model.object(object)?.title.first { id in
            guard case .text? = model.object(object)?.field(id)?.type else { return false }
            return isUsable(id, of: object)
        }
    }

    // MARK: Values

    func presenter(_ titles: [RecordID: String]) -> ValuePresenter {
        let sight = sight
        return ValuePresenter(format: page.format, lists: model.lists, titles: titles) { object, id in
            sight.canRead(object) ? Paths.record(object, id.description) : nil
        }
    }

    /// What to draw for a path of a record.
    ///
    /// - Parameter parent: the record whose line this is; amounts of lines take its currency.
    func shown(_ path: String, of record: RecordView, parent: RecordView? = nil) -> Shown {
        guard let field = field(path, of: record.object) else { return .nothing }
        let value = record[path]
        if case .anyLink = field.type, let id = value.record {
            guard let title = record.titles[id] else { return .text(say(Words.notVisible)) }
            guard let object = record[path + ".object"].text, sight.canRead(object) else { return .text(title) }
            return .link(title, url: Paths.record(object, id.description))
        }
        if case .json = field.type {
            if let desk = model.object(record.object)?.change, [desk.before, desk.after].contains(path) {
                return value.text.map { .longText(WishWords(eyes: self, desk: desk).lines($0)) } ?? .nothing
            }
            return value.text.map { .longText(readable($0)) } ?? .nothing
        }
        var titles = record.titles
        if case .link(let target) = field.type, let id = value.record {
            titles[id] = titles[id].map { title($0, of: target) }
        }
        return presenter(titles).shown(
            value, as: field.type, currency: currency(of: field, path, record, parent), unit: field.unit.map(unit))
    }

    /// The code of the currency an amount is in, when it is known here.
    func currency(of field: FieldDefinition, _ path: String, _ record: RecordView, _ parent: RecordView? = nil)
        -> String?
    {
        guard case .money(let source) = field.type else { return nil }
        switch source {
        case .base: return model.baseCurrency
        case .own: return record[path + ".currency"].text ?? model.baseCurrency
        case .record(let currency, _):
            let steps = path.split(separator: ".").dropLast() + [Substring(currency)]
            return record[steps.joined(separator: ".")].text ?? parent?[currency].text
        }
    }

    /// `wd` is how packs write working days.
    /// Units of time in words; those of size and weight are the same everywhere.
    func unit(_ unit: String) -> String {
        switch unit {
        case "wd": say(Label(zh: "个工作日", en: "working days"))
        case "d": say(Label(zh: "天", en: "days"))
        case "h": say(Label(zh: "小时", en: "hours"))
        case "min": say(Label(zh: "分钟", en: "minutes"))
        default: unit
        }
    }

    /// A small JSON object as lines of `key: value`; anything else as it is.
    private func readable(_ text: String) -> String {
        guard case .object(let parts)? = try? JSONText.read(Array(text.utf8)) else { return text }  // shown as stored
        return parts.sorted { $0.key < $1.key }.map { key, value in
            if case .text(let plain) = value { return key + ": " + plain }
            return key + ": " + JSONText.write(value)
        }.joined(separator: "\n")
    }

    /// The paths to read so that amounts come with their currency.
    func withCurrencies(_ paths: [String], of object: String) -> [String] {
        var out = paths
        for path in paths {
            guard case .money(.record(let currency, _))? = field(path, of: object)?.type else { continue }
            let whole = (path.split(separator: ".").dropLast().map(String.init) + [currency]).joined(separator: ".")
            if !out.contains(whole), isReadable(whole, of: object) { out.append(whole) }
        }
        return out
    }

    func isNumber(_ type: FieldType) -> Bool {
        switch type {
        case .integer, .decimal, .percent, .money: true
        default: false
        }
    }

    /// V3, for records that carry a version.
    func versionTags(_ record: RecordView) -> [Tag] {
        record["version_no"].decimal.map { [Tag("V" + $0.shortest, tone: .outline)] } ?? []
    }

    /// The state of a record as a tag.
    func stateTags(_ record: RecordView) -> [Tag] {
        guard let states = model.object(record.object)?.states,
            case .tags(let tags) = shown(states.field, of: record)
        else { return [] }
        return tags
    }

    // MARK: Tables

    /// A table of records that stand somewhere on a page, without orders to choose from.
    func table(_ rows: [RecordView], columns: [String], of object: String, label: String) -> DataTable {
        let shown = columns.filter { isReadable($0, of: object) }
        let heads = shown.map { path in
            DataTable.Column(
                id: path, label: self.label(path, of: object),
                isNumber: field(path, of: object).map { isNumber($0.type) } ?? false)
        }
        return DataTable(label: label, columns: heads, rows: rows.map { row($0, columns: shown) })
    }

    func row(_ record: RecordView, columns: [String], action: Button? = nil) -> DataTable.Row {
        var cells = columns.map { shown($0, of: record) }
        if let first = cells.first, first.isNothing || first.plain.isEmpty {
            cells[0] = .text(record.title.isEmpty ? record.id.description : record.title)
        }
        return DataTable.Row(
            id: record.id.description, url: Paths.record(record.object, record.id.description), cells: cells,
            version: record.version, action: action)
    }
}
