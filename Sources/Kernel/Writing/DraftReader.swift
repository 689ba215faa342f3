import Access
import Definitions
import Flow
import Values

/// Reads a draft for one object: which fields the actor may set, and what the inputs mean.
struct DraftReader {
    let context: ReadContext
    let definition: ObjectDefinition
    let ids: IDSource
    /// Field ids that may be set; nil for the house.
    let writable: Set<String>?

    private var decoder: FieldDecoder { FieldDecoder(model: context.model) }

    /// - Parameter stored: lines field → stored lines, so that a changed line keeps what the draft does not name.
    func change(_ draft: Draft, stored: [String: [LineState]], _ problems: inout [Problem]) -> RecordChange {
        var change = RecordChange()
        for (name, input) in draft.fields.sorted(by: { $0.key < $1.key }) {
            guard let field = settable(name, &problems) else { continue }
            do throws(Problem) {
                change.values.merge(try decoder.decode(input, as: field, at: name)) { _, new in new }
            } catch {
                problems.append(error)
            }
        }
        for (name, lines) in draft.lines.sorted(by: { $0.key < $1.key }) {
            guard let field = settable(name, &problems), case .lines(let child) = field.type,
                let object = context.model.object(child)
            else { continue }
            change.lines[name] = self.lines(lines, name: name, object: object, stored: stored[name] ?? [], &problems)
        }
        return change
    }

    private func settable(_ name: String, _ problems: inout [Problem]) -> FieldDefinition? {
        guard let field = definition.field(name), !field.retired,
            context.access.grant(definition.id).readable.contains(name) || writable == nil
                || writable?.contains(name) == true
        else {
            problems.append(.unknownField(name))
            return nil
        }
        let isState = definition.states?.field == name
        if writable != nil, field.readOnly || field.formula != nil || field.series != nil || isState {
            problems.append(.readOnly(name, isState: isState))
            return nil
        }
        if let writable, !writable.contains(name) {
            problems.append(.notWritable(name))
            return nil
        }
        return field
    }

    private func lines(
        _ drafts: [LineDraft], name: String, object: ObjectDefinition, stored: [LineState], _ problems: inout [Problem]
    ) -> [LineState] {
        let known = Dictionary(stored.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let allowed = writable == nil ? nil : context.access.grant(object.id).creatable
        var out: [LineState] = []
        for (index, draft) in drafts.prefix(2000).enumerated() {
            var line: LineState
            if let id = draft.id, let old = known[id] {
                line = old
            } else if draft.id != nil {
                problems.append(.unknownLine("\(name)[\(index)]"))
                continue
            } else {
                line = LineState(id: ids.next(context.now), isNew: true, values: [:])
            }
            for (key, input) in draft.fields {
                let place = "\(name)[\(index)].\(key)"
                guard let field = object.field(key), !field.retired,
                    context.access.grant(object.id).readable.contains(key) || allowed == nil
                else {
                    problems.append(.unknownField(place))
                    continue
                }
                if allowed != nil, field.isSystem || field.readOnly || field.formula != nil {
                    problems.append(.readOnly(place, isState: false))
                    continue
                }
                if let allowed, !allowed.contains(key) {
                    problems.append(.notWritable(place))
                    continue
                }
                do throws(Problem) {
                    line.values.merge(try decoder.decode(input, as: field, at: place)) { _, new in new }
                } catch {
                    problems.append(error)
                }
            }
            out.append(line)
        }
        if drafts.count > 2000 { problems.append(.tooManyLines(name)) }
        return out
    }
}

extension Problem {
    static func readOnly(_ field: String, isState: Bool) -> Problem {
        let message =
            isState
            ? Label(zh: "状态只能通过操作改变", en: "The state changes only by an action")
            : Label(zh: "由系统维护，不能直接填写", en: "Kept by the system; it can't be set")
        return Problem(field: field, code: "read_only", message: message)
    }

    static func notWritable(_ field: String) -> Problem {
        Problem(
            field: field, code: "not_writable",
            message: Label(zh: "当前角色不能修改这个字段", en: "Your role can't change this field"))
    }

    static func unknownLine(_ place: String) -> Problem {
        Problem(field: place, code: "unknown_line", message: Label(zh: "这一行已不存在，请刷新", en: "This line is gone; reload"))
    }

    static func tooManyLines(_ field: String) -> Problem {
        Problem(field: field, code: "too_many_lines", message: Label(zh: "最多 2000 行", en: "At most 2,000 lines"))
    }

    static func notFound(_ field: String) -> Problem {
        Problem(
            field: field, code: "not_found",
            message: Label(zh: "没有这条记录，或不能选它", en: "There is no such record, or it can't be chosen"))
    }
}
