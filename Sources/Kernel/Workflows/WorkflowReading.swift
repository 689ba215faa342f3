import Definitions
import Expressions
import Flow
import Interchange
import Store
import Values

/// Reads a file that is to become a workflow, and says what becomes of each part of it here.
struct WorkflowReading {
    let context: ReadContext
    let file: WorkflowFile
    let document: BPMNDocument
    /// The process to run; nil when the file does not say which.
    let process: BPMNProcess?
    /// Lane → who does what is in it.
    let lanes: [String: String]
    private let words: WorkflowLanes
    private var problems: [Problem] = []

    /// - Throws: the rejection of what is no BPMN file, or of an object that is not there.
    init(_ file: WorkflowFile, _ context: ReadContext) throws {
        self.file = file
        self.context = context
        do throws(InterchangeError) {
            document = try BPMNDocument(file.bytes)
        } catch {
            throw Rejection(.invalid, code: error.code, message: error.message)
        }
        if let object = file.object {
            guard let definition = context.model.object(object), !definition.retired, definition.parent == nil else {
                throw Rejection.invalid([.noSuchObject])
            }
        }
        let processes = document.processes
        guard !processes.isEmpty else { throw Rejection.noProcess }
        let process =
            file.process.map { wanted in processes.first { $0.id == wanted } }
            ?? (processes.count == 1 && file.process == nil ? processes[0] : nil)
        let words = try WorkflowLanes(context, object: file.object, words: file.lanes.values)
        self.process = process
        self.words = words
        lanes = process.map { words.holders(of: $0, as: file.lanes) } ?? [:]
        problems = check()
    }

    var key: String { file.key?.trimmed ?? process?.id ?? "" }

    var settings: WorkflowSettings { WorkflowSettings(process: process?.id ?? "", lanes: lanes) }

    var name: String {
        let name = process?.name?.trimmed ?? ""
        return name.isEmpty ? key : String(name.prefix(200))
    }

    func report(number: Int) -> WorkflowReport {
        WorkflowReport(
            key: key, number: number, name: name, object: file.object, processes: document.processes.map(\.id),
            notes: notes, lanes: process.map(reportedLanes) ?? [], problems: problems)
    }

    // MARK: The report

    private var notes: [WorkflowReport.Note] {
        let read = process.map(\.notes) ?? document.report
        let outside = process == nil ? [] : document.notesOutside
        let done = (process?.services ?? [:]).sorted { $0.key < $1.key }.compactMap { node, service in
            houseAction(service).map { action in
                InterchangeNote(
                    .executed, element: "serviceTask", id: node, code: "house_action",
                    message: Label(
                        zh: "由系统执行“\(action.label.zh)”", en: "The house does “\(action.label.en)”"))
            }
        }
        return (read + done + formNotes + outside).map { note in
            WorkflowReport.Note(
                treatment: note.treatment.rawValue, element: note.element, place: note.id, code: note.code,
                message: note.message)
        }
    }

    /// Fields of a task's form that are fields of the record are asked for; others, of another program, are kept.
    private var formNotes: [InterchangeNote] {
        (process?.forms ?? [:]).sorted { $0.key < $1.key }.flatMap { node, fields in
            fields.map { field in
                let known = file.object.flatMap(context.model.object).flatMap { WorkflowForm.field(field.id, of: $0) }
                let said =
                    known.map {
                        Label(zh: "任务上填写“\($0.label.zh)”", en: "“\($0.label.en)” is asked for in the task")
                    }
                    ?? Label(
                        zh: "“\(field.id)”不是记录上可填的字段，不显示",
                        en: "“\(field.id)” is no field of the record; it is not shown")
                return InterchangeNote(
                    known == nil ? .kept : .executed, element: "formField", id: node,
                    code: known == nil ? "form_field_unknown" : "form_field", message: said)
            }
        }
    }

    private func reportedLanes(_ process: BPMNProcess) -> [WorkflowReport.Lane] {
        return process.lanes.map { lane in
            let holder = lanes[lane.id]
            return WorkflowReport.Lane(
                id: lane.id, name: lane.name, holder: holder, who: holder.map(words.words),
                tasks: process.graph.nodes.count { $0.kind == .userTask && $0.lane == lane.id })
        }
    }

    // MARK: What stands in the way

    private func check() -> [Problem] {
        guard let process else { return [.whichProcess(document.processes.map(\.id))] }
        var problems = process.notes.filter { $0.treatment == .refused }.map { note in
            Problem(field: note.id ?? note.element, code: note.code, message: note.message)
        }
        if !WorkflowLanes.isKey(key) { problems.append(.badKey) }
        for (lane, holder) in file.lanes.sorted(by: { $0.key < $1.key }) {
            if !process.lanes.contains(where: { $0.id == lane || $0.name.trimmed == lane }) {
                problems.append(.noSuchLane(lane))
            } else if !words.isKnown(holder) {
                problems.append(.unknownHolder(lane, holder))
            }
        }
        for lane in process.lanes where lanes[lane.id] == nil && file.lanes[lane.id] == nil {
            let isNeeded = process.graph.nodes.contains { $0.kind == .userTask && $0.lane == lane.id }
            if isNeeded, file.lanes[lane.name.trimmed] == nil { problems.append(.laneWithoutHolder(lane)) }
        }
        problems += unknownNames(process) + unknownActions(process)
        if let hook = file.hook, !hook.hasPrefix("https://") && !hook.hasPrefix("http://") {
            problems.append(.badHook)
        }
        return problems
    }

    /// A condition that names a field which is not there would never be answered.
    private func unknownNames(_ process: BPMNProcess) -> [Problem] {
        WorkflowExpressions(process.graph).items.flatMap { item in
            WorkflowExpressions.names(in: item.text).subtracting(item.given).sorted()
                .filter { !WorkflowFields(context.model).has($0, on: file.object) }
                .map { .unknownName($0, at: item.place, object: file.object) }
        }
    }

    private func unknownActions(_ process: BPMNProcess) -> [Problem] {
        process.services.sorted { $0.key < $1.key }.compactMap { node, service in
            guard let action = service.action, houseAction(service) == nil else { return nil }
            return .unknownAction(action, at: node)
        }
    }

    private func houseAction(_ service: BPMNProcess.Service) -> ActionDefinition? {
        WorkflowFields(context.model).action(of: service, on: file.object)
    }
}

extension BPMNDocument {
    /// What becomes of the parts beside the processes.
    fileprivate var notesOutside: [InterchangeNote] {
        let inside = Set(processes.flatMap(\.notes))
        return report.filter { !inside.contains($0) }
    }
}

/// What the texts of a file mean among an object's fields and actions.
struct WorkflowFields {
    private let model: Model

    init(_ model: Model) { self.model = model }

    /// Whether a name with its dots leads over links to a field that an expression can read.
    func has(_ name: String, on object: String?) -> Bool {
        var object = object.flatMap(model.object)
        let steps = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard (1...4).contains(steps.count) else { return false }
        for (place, step) in steps.enumerated() {
            guard let field = object?.field(step), !field.retired, field.type.valueType != nil else { return false }
            if place == steps.count - 1 { return true }
            guard case .link(let target) = field.type else { return false }
            object = model.object(target)
        }
        return false
    }

    /// The action of the record that the house does for a service task; nil when a program outside does it.
    func action(of service: BPMNProcess.Service, on object: String?) -> ActionDefinition? {
        guard let definition = object.flatMap(model.object) else { return nil }
        let wanted = service.action ?? service.topic
        return definition.actions.first { $0.id == wanted && $0.input.isEmpty }
    }
}

extension Problem {
    fileprivate static let noSuchObject = Problem(
        field: "object", code: "unknown_object",
        message: Label(zh: "没有这个对象，或它是单据的明细", en: "There is no such object, or it is lines of another"))
    fileprivate static let badKey = Problem(
        field: "key", code: "bad_key",
        message: Label(
            zh: "流程图的标识须为 1 到 80 个字母、数字、点、连字符或下划线",
            en: "The key of a workflow has 1 to 80 letters, digits, dots, hyphens or underscores"))
    fileprivate static let badHook = Problem(
        field: "hook", code: "bad_url", message: Label(zh: "须为 http(s) 地址", en: "It must be an http(s) address"))

    fileprivate static func whichProcess(_ ids: [String]) -> Problem {
        let list = ids.joined(separator: ", ")
        return Problem(
            field: "process", code: "which_process",
            message: Label(zh: "文件里有多个流程，请选一个：\(list)", en: "The file holds several processes; choose one: \(list)"))
    }

    fileprivate static func noSuchLane(_ lane: String) -> Problem {
        Problem(
            field: String(lane.prefix(80)), code: "unknown_lane",
            message: Label(zh: "文件里没有这条泳道", en: "The file has no such lane"))
    }

    fileprivate static func unknownHolder(_ lane: String, _ holder: String) -> Problem {
        let holder = String(holder.prefix(80))
        return Problem(
            field: lane, code: "unknown_holder",
            message: Label(
                zh: "“\(holder)”不是角色、岗位、人员字段或 user:登录名",
                en: "“\(holder)” is no role, position, field of a colleague or user:login"))
    }

    fileprivate static func laneWithoutHolder(_ lane: BPMNProcess.Lane) -> Problem {
        Problem(
            field: lane.id, code: "lane_without_holder",
            message: Label(zh: "泳道“\(lane.name)”还没有指定由谁做", en: "Nobody is named for the lane “\(lane.name)”"))
    }

    fileprivate static func unknownName(_ name: String, at place: String, object: String?) -> Problem {
        let object = object ?? "—"
        return Problem(
            field: place, code: "unknown_field",
            message: Label(zh: "条件里的“\(name)”不是“\(object)”的字段", en: "“\(name)” is no field of “\(object)”"))
    }

    fileprivate static func unknownAction(_ action: String, at place: String) -> Problem {
        Problem(
            field: place, code: "unknown_action",
            message: Label(
                zh: "对象没有不需填写的动作“\(action)”", en: "The object has no action “\(action)” that asks for nothing"))
    }
}

extension Rejection {
    fileprivate static let noProcess = Rejection(
        .invalid, code: "no_process", message: Label(zh: "文件里没有流程", en: "The file holds no process"))
}
