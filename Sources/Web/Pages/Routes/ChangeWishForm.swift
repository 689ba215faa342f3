import Definitions
import Kernel
import Values

/// The wish of a change as a form: a control for each field that may change, with what stands there now; what is left
/// blank stays as it is. The server makes one structured value of it.
struct ChangeWishForm {
    static let prefix = "after."

    let eyes: Presentation
    let desk: ChangeDefinition
    /// The record that is to change; nil while none is chosen, or when it is out of sight.
    let record: RecordView?
    /// What the request asks for so far.
    let wish: [String: Input]
    /// Names of records that the wish links to.
    var titles: [String: String] = [:]

    // MARK: The controls

    func section() -> FormPage.Section {
        let title = eyes.say(Label(zh: "改什么（只填要改的）", en: "What changes (fill in only that)"))
        guard let record, let definition = eyes.model.object(desk.object) else {
            return FormPage.Section(title: title, fields: [source(nil)])
        }
        var (days, rows, controls): ([FieldControl], [FieldControl], [FieldControl]) = ([], [], [])
        for id in desk.fields {
            guard let field = definition.field(id), !field.retired, eyes.isReadable(id, of: desk.object) else {
                continue
            }
            if case .lines(let child) = field.type {
                rows += lines(field, child, record)
            } else if let control = control(field, definition, record) {
                if case .day = field.type { days.append(control) } else { controls.append(control) }
            }
        }
        // Days and quantities are what changes most.
        return FormPage.Section(title: title, fields: [source(record)] + days + rows + controls)
    }

    /// Where the values shown come from; another choice of it asks for the form again.
    private func source(_ record: RecordView?) -> FieldControl {
        let text =
            record.map { $0.title }
            ?? eyes.say(
                Label(zh: "先选订单，这里列出可以改的字段和现值", en: "Choose the order first: its fields and values are listed here"))
        return FieldControl(
            name: Self.prefix + "of." + desk.target, label: eyes.say(Label(zh: "现值取自", en: "Values of")),
            kind: .fixed(.text(text)))
    }

    private func control(_ field: FieldDefinition, _ definition: ObjectDefinition, _ record: RecordView)
        -> FieldControl?
    {
        var values = FormValues()
        values.texts[field.id] = text(wish[field.id])
        values.titles = titles
        var control = FieldControls(eyes: eyes, definition: definition, values: values).control(field)
        control?.isRequired = false
        control?.help = now(eyes.shown(field.id, of: record))
        return control.map { named($0, field.id) }
    }

    /// Quantities, prices, days and words of each line.
    private func lines(_ field: FieldDefinition, _ child: String, _ record: RecordView) -> [FieldControl] {
        guard let definition = eyes.model.object(child) else { return [] }
        let fields = definition.liveFields.filter { Self.isOffered($0) && eyes.isReadable($0.id, of: child) }
        var typed: [String: [String: Input]] = [:]
        if case .list(let items)? = wish[field.id] {
            for case .object(let parts) in items { typed[text(parts["line"])] = parts }
        }
        return (record.lines[field.id] ?? []).prefix(40).enumerated().flatMap { place, line -> [FieldControl] in
            let number = String(place + 1)
            return fields.compactMap { part in
                var values = FormValues()
                values.texts[part.id] = text(typed[number]?[part.id])
                guard var control = FieldControls(eyes: eyes, definition: definition, values: values).control(part)
                else { return nil }
                control.isRequired = false
                control.help = now(eyes.shown(part.id, of: line, parent: record))
                control.label = number + " · " + line.title + " · " + eyes.say(part.label)
                return named(control, field.id + "." + number + "." + part.id)
            }
        }
    }

    private static func isOffered(_ field: FieldDefinition) -> Bool {
        guard !field.readOnly, field.formula == nil, field.rollup == nil else { return false }
        switch field.type {
        case .integer, .decimal: return field.required
        case .day, .longText: return true
        default: return false
        }
    }

    private func now(_ shown: Shown) -> String {
        let plain = shown.plain.isEmpty ? "–" : shown.plain
        return eyes.say(Label(zh: "现为 " + plain, en: "now " + plain))
    }

    private func named(_ control: FieldControl, _ name: String) -> FieldControl {
        // A box for each line's words would hide the rest of the form.
        var kind = control.kind
        if case .longText(let limit) = kind, name.contains(".") { kind = .text(limit: limit, format: .plain) }
        var out = FieldControl(name: Self.prefix + name, label: control.label, kind: kind)
        out.value = control.value
        out.help = control.help
        out.origin = control.origin
        out.placeholder = eyes.say(Label(zh: "不变", en: "unchanged"))
        return out
    }

    private func text(_ input: Input?) -> String {
        switch input {
        case .text(let text)?, .number(let text)?: text
        case .bool(let flag)?: flag ? "true" : "false"
        case .list(let items)?: items.map { text($0) }.joined(separator: ",")
        default: ""
        }
    }

    // MARK: What was typed

    /// The content of a form with its wish as one value; as it is for a form without one.
    static func gathered(
        _ content: [(name: String, value: String)], _ definition: ObjectDefinition, _ model: Model
    ) -> [(name: String, value: String)] {
        guard let desk = definition.change, let target = model.object(desk.object),
            content.contains(where: { $0.name.hasPrefix(prefix) })
        else { return content }
        var wish: [String: Input] = [:]
        var lines: [String: [Int: [String: Input]]] = [:]
        for id in desk.fields {
            guard let field = target.field(id) else { continue }
            if case .lines(let child) = field.type, let line = model.object(child) {
                for (name, value) in content where name.hasPrefix(prefix + id + ".") {
                    let parts = name.dropFirst(prefix.count).split(separator: ".").map(String.init)
                    guard parts.count == 3, let number = Int(parts[1]), number > 0, let part = line.field(parts[2]),
                        let input = input(part, [value])
                    else { continue }
                    lines[id, default: [:]][number, default: ["line": .number(String(number))]][part.id] = input
                }
            } else if let input = input(field, content.filter { $0.name == prefix + id }.map(\.value)) {
                wish[id] = input
            }
        }
        for (id, found) in lines {
            wish[id] = .list(found.sorted { $0.key < $1.key }.map { .object($0.value) })
        }
        let rest = content.filter { !$0.name.hasPrefix(prefix) && $0.name != desk.after }
        return wish.isEmpty ? rest : rest + [(desk.after, JSONText.write(.object(wish)))]
    }

    /// Nil for what was left blank.
    private static func input(_ field: FieldDefinition, _ typed: [String]) -> Input? {
        let values = typed.map(\.trimmingSpaces).filter { !$0.isEmpty }
        guard let value = values.last else { return nil }
        switch field.type {
        case .choices, .links: return .list(values.flatMap { $0.split(separator: ",") }.map { .text(String($0)) })
        case .integer, .decimal, .money: return .text(NumberText.plain(value))
        case .percent: return .text(NumberText.plain(value) + "%")
        default: return .text(value)
        }
    }
}

extension Desk {
    /// 紧急通道：本月 1 / 14，上限 10 %. Nil for objects without such a lane.
    func emergencyUse(_ definition: ObjectDefinition) async throws -> String? {
        guard definition.change?.emergency != nil,
            let use = try await kernel.answer(EmergencyUse(object: definition.id), as: actor)
        else { return nil }
        // A share has four digits: a hundred times of it overflows nothing.
        let limit = ((try? use.share * ExactDecimal(100)) ?? use.share).shortest
        return context[
            Label(
                zh: "紧急通道：先裁决后补审，本月已用 \(use.urgent) / \(use.all)，上限 \(limit)%",
                en:
                    "Emergency lane: decided first, reviewed after; \(use.urgent) of \(use.all) this month, cap \(limit) %"
            )]
    }

    /// The section of a request's form that says what changes; nil for objects that are no such requests.
    func wishSection(_ definition: ObjectDefinition, _ values: FormValues, _ eyes: Presentation) async throws
        -> FormPage.Section?
    {
        guard let desk = definition.change, let target = eyes.model.object(desk.object) else { return nil }
        var wish: [String: Input] = [:]
        // What is no JSON was never a wish.
        if let text = values.texts[desk.after], case .object(let parts)? = try? JSONText.read(Array(text.utf8)) {
            wish = parts
        }
        var form = ChangeWishForm(eyes: eyes, desk: desk, record: nil, wish: wish)
        if let id = RecordID(values.texts[desk.target] ?? "") {
            do {
                let record = try await kernel.answer(ShowRecord(object: desk.object, id: id), as: actor)
                form = ChangeWishForm(eyes: eyes, desk: desk, record: record, wish: wish)
            } catch let rejection as Rejection where rejection.kind == .missing {
                return form.section()  // the order is out of sight: nothing of it is told
            }
        }
        var wanted: [String: [RecordID]] = [:]
        for (name, input) in wish {
            guard let object = target.field(name)?.type.linkTarget, case .text(let text) = input,
                let id = RecordID(text)
            else { continue }
            wanted[object, default: []].append(id)
        }
        if !wanted.isEmpty { form.titles = try await kernel.answer(NamesOf(wanted: wanted), as: actor) }
        return form.section()
    }
}
