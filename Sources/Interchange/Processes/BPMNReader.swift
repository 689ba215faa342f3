import Definitions
import Flow

/// Reads a process element into a graph, and notes what becomes of everything in it.
struct BPMNReader {
    private let element: XMLElement
    private var nodes: [ProcessGraph.Node] = []
    private var flows: [ProcessGraph.Flow] = []
    private var timers: [ProcessGraph.Timer] = []
    private var lanes: [BPMNProcess.Lane] = []
    private var laneOf: [String: String] = [:]
    private var services: [String: BPMNProcess.Service] = [:]
    private var forms: [String: [BPMNFormField]] = [:]
    private var notes: [InterchangeNote] = []

    init(_ element: XMLElement) { self.element = element }

    func process() -> BPMNProcess {
        var work = self
        return work.run()
    }

    private mutating func run() -> BPMNProcess {
        let id = element.id ?? ""
        readLanes(of: element)
        notes.append(BPMNNotes.executed(element, "流程", "A process"))
        readScope(element, parent: nil)
        let graph = ProcessGraph(id: id, nodes: nodes, flows: flows, timers: timers)
        // What is missing because it was refused would only be complained of twice.
        if !notes.contains(where: { $0.treatment == .refused }) { notes += graph.problems.map(BPMNNotes.problem) }
        return BPMNProcess(
            id: id, name: element["name"], lanes: lanes, graph: graph, services: services, forms: forms,
            notes: notes)
    }

    private mutating func readLanes(of scope: XMLElement) {
        for set in scope.all("laneSet") {
            for lane in set.all("lane") { readLane(lane) }
        }
    }

    private mutating func readLane(_ lane: XMLElement) {
        let id = lane.id ?? lane["name"] ?? ""
        let own = lane.all("flowNodeRef").compactMap(\.trimmedText)
        for node in own { laneOf[node] = id }
        let before = lanes.count
        for set in lane.all("childLaneSet") {
            for inner in set.all("lane") { readLane(inner) }
        }
        let inner = lanes[before...].flatMap(\.nodes)
        lanes.insert(
            BPMNProcess.Lane(id: id, name: lane["name"] ?? id, nodes: own + inner.filter { !own.contains($0) }),
            at: before)
        notes.append(BPMNNotes.executed(lane, "泳道：由谁做", "A lane: who does it"))
    }

    private mutating func readScope(_ scope: XMLElement, parent: String?) {
        for child in scope.elements {
            guard child.name.namespace == BPMNDocument.namespace else {
                notes.append(BPMNNotes.kept(child, inside: scope.id))
                continue
            }
            if let note = BPMNNotes.foreignAttributes(child) { notes.append(note) }
            read(child, parent: parent, scope: scope)
        }
    }

    private mutating func read(_ child: XMLElement, parent: String?, scope: XMLElement) {
        switch child.name.local {
        case "startEvent": event(child, .start, parent, "开始", "The start")
        case "endEvent": event(child, .end, parent, "结束", "An end")
        case "userTask": activity(child, .userTask, parent, "人工任务", "A task for somebody")
        case "manualTask", "task": activity(child, .userTask, parent, "按人工任务执行", "Done as a task for somebody")
        case "serviceTask":
            activity(child, .serviceTask, parent, "由程序完成的任务", "A task for a program")
            services[child.id ?? ""] = BPMNProcess.Service(child)
        case "subProcess" where child["triggeredByEvent"] == "true":
            notes.append(
                BPMNNotes.refused(child, "event_subprocess", "不支持事件子流程", "Event sub-processes are not supported"))
        case "subProcess":
            activity(child, .subprocess, parent, "子流程", "A sub-process")
            readLanes(of: child)
            readScope(child, parent: child.id ?? "")
        case "exclusiveGateway": node(child, .exclusive, parent, "排他网关：走一条", "An exclusive gateway: one way on")
        case "parallelGateway": node(child, .parallel, parent, "并行网关：全部走", "A parallel gateway: every way on")
        case "inclusiveGateway":
            node(child, .inclusive, parent, "包容网关：满足的都走", "An inclusive gateway: every way that holds")
        case "sequenceFlow": flow(child)
        case "boundaryEvent": boundary(child)
        case "multiInstanceLoopCharacteristics", "standardLoopCharacteristics": break
        case let name where BPMNNotes.keptElements.contains(name):
            // Lanes were read before; arrows repeat themselves at their nodes.
            if !["laneSet", "incoming", "outgoing"].contains(name) {
                notes.append(BPMNNotes.kept(child, inside: scope.id))
            }
        default: notes.append(BPMNNotes.notSupported(child))
        }
    }

    // MARK: Nodes

    private mutating func node(
        _ element: XMLElement, _ kind: ProcessGraph.Kind, _ parent: String?, _ zh: String, _ en: String,
        repetition: ProcessGraph.Repetition? = nil
    ) {
        let id = element.id ?? ""
        nodes.append(
            ProcessGraph.Node(
                id: id, kind: kind, name: element["name"], parent: parent, lane: laneOf[id], repetition: repetition,
                fallback: element["default"]))
        notes.append(BPMNNotes.executed(element, zh, en))
        if kind != .subprocess { keepInside(element) }
    }

    private mutating func keepInside(_ element: XMLElement, except: Set<String> = []) {
        let quiet = except.union(["incoming", "outgoing", "multiInstanceLoopCharacteristics"])
        for child in element.elements
        where !(child.name.namespace == BPMNDocument.namespace && quiet.contains(child.name.local)) {
            if child.name.local == "standardLoopCharacteristics" { continue }
            notes.append(BPMNNotes.kept(child, inside: element.id))
        }
    }

    private mutating func event(
        _ element: XMLElement, _ kind: ProcessGraph.Kind, _ parent: String?, _ zh: String, _ en: String
    ) {
        let triggers = element.elements.filter {
            $0.name.local.hasSuffix("EventDefinition") || $0.name.local == "eventDefinitionRef"
        }
        if let trigger = triggers.first {
            notes.append(
                BPMNNotes.refused(
                    element, trigger.name.local, "只支持不带触发条件的开始和结束", "Only a plain start and a plain end are supported"))
            return
        }
        node(element, kind, parent, zh, en)
    }

    private mutating func activity(
        _ element: XMLElement, _ kind: ProcessGraph.Kind, _ parent: String?, _ zh: String, _ en: String
    ) {
        if element.first("standardLoopCharacteristics") != nil {
            notes.append(
                BPMNNotes.refused(
                    element, "standard_loop", "不支持循环标记，请画成回退的连线", "Loop marks are not supported; draw a flow back"))
        }
        if element["isForCompensation"] == "true" {
            notes.append(BPMNNotes.refused(element, "compensation", "不支持补偿", "Compensation is not supported"))
        }
        node(element, kind, parent, zh, en, repetition: repetition(of: element))
        let form = kind == .userTask ? BPMNFormField.all(of: element) : []
        if !form.isEmpty { forms[element.id ?? ""] = form }
    }

    private mutating func repetition(of element: XMLElement) -> ProcessGraph.Repetition? {
        guard let loop = element.first("multiInstanceLoopCharacteristics") else { return nil }
        let vendor = loop.first("extensionElements")?.elements.first { $0.name.local == "loopCharacteristics" }
        let count =
            loop.first("loopCardinality")?.trimmedText
            ?? loop.attribute(local: "collection") ?? loop.first("loopDataInputRef")?.trimmedText
            ?? vendor?["inputCollection"]
        guard let count else {
            notes.append(
                BPMNNotes.refused(loop, inside: element.id, "no_count", "没有说明执行几次", "It does not say how often"))
            return nil
        }
        let completion = loop.first("completionCondition")?.trimmedText ?? vendor?["completionCondition"]
        for text in [count, completion].compactMap({ $0 }) { check(text, of: loop, inside: element.id) }
        notes.append(BPMNNotes.executed(loop, "多实例：每项一次", "Several times, once for each"))
        return ProcessGraph.Repetition(
            isSequential: loop["isSequential"] == "true", count: BPMNCondition.plain(count),
            completion: completion.map(BPMNCondition.plain))
    }

    /// Notes an expression that can't be read.
    private mutating func check(_ text: String, of element: XMLElement, inside id: String?) {
        do { _ = try BPMNCondition.expression(text) } catch {
            notes.append(
                BPMNNotes.refused(element, inside: id, error.code, error.message.zh, error.message.en))
        }
    }

    // MARK: Flows and timers

    private mutating func flow(_ element: XMLElement) {
        let condition = element.first("conditionExpression")?.trimmedText
        if let condition { check(condition, of: element, inside: nil) }
        flows.append(
            ProcessGraph.Flow(
                id: element.id ?? "", from: element["sourceRef"] ?? "", to: element["targetRef"] ?? "",
                condition: condition.map(BPMNCondition.plain)))
        notes.append(BPMNNotes.executed(element, "连线", "A flow"))
        keepInside(element, except: ["conditionExpression"])
    }

    private mutating func boundary(_ element: XMLElement) {
        guard let timer = element.first("timerEventDefinition"),
            element.elements.count(where: { $0.name.local.hasSuffix("EventDefinition") }) == 1
        else {
            notes.append(
                BPMNNotes.refused(element, "boundary", "任务边上只支持定时器", "Only timers are supported at an activity"))
            return
        }
        guard let text = timer.first("timeDuration")?.trimmedText else {
            notes.append(
                BPMNNotes.refused(
                    element, "timer_kind", "定时器只支持时长（timeDuration）", "A timer is a duration (timeDuration) only"))
            return
        }
        guard let span = ISOSpan(Self.unquoted(text)) else {
            notes.append(
                BPMNNotes.refused(
                    element, "timer_duration", "读不懂时长：\(text)，例如 P2D、PT4H",
                    "The duration can't be read: \(text); write P2D or PT4H"))
            return
        }
        timers.append(
            ProcessGraph.Timer(
                id: element.id ?? "", activity: element["attachedToRef"] ?? "",
                interrupts: element["cancelActivity"] != "false", span: span))
        notes.append(BPMNNotes.executed(element, "任务上的时限", "A time limit at an activity"))
        keepInside(element, except: ["timerEventDefinition"])
    }

    /// Some programs write a duration as an expression: `="PT4H"`.
    private static func unquoted(_ text: String) -> String {
        let plain = BPMNCondition.plain(text)
        guard plain.count >= 2, plain.hasPrefix("\""), plain.hasSuffix("\"") else { return plain }
        return String(plain.dropFirst().dropLast())
    }
}

extension BPMNProcess.Service {
    fileprivate init(_ task: XMLElement) {
        let vendor = task.first("extensionElements")?.elements.first { $0.name.local == "taskDefinition" }
        self.init(
            action: task.attribute(local: "action"),
            topic: task["implementation"] ?? task.attribute(local: "topic") ?? vendor?["type"])
    }
}
