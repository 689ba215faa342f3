import Definitions
import Flow

/// What is said about the parts of a BPMN file.
enum BPMNNotes {
    /// Elements that decide nothing here: drawings, remarks, data and what other programs added.
    static let keptElements: Set<String> = [
        "documentation", "extensionElements", "textAnnotation", "association", "group", "category", "dataObject",
        "dataObjectReference", "dataStoreReference", "dataStore", "property", "ioSpecification", "ioBinding",
        "dataInputAssociation", "dataOutputAssociation", "auditing", "monitoring", "resourceRole", "performer",
        "humanPerformer", "potentialOwner", "rendering", "laneSet", "lane", "flowNodeRef", "partitionElement",
        "incoming", "outgoing", "artifact", "correlationSubscription", "supports",
    ]

    static func executed(_ element: XMLElement, _ zh: String, _ en: String) -> InterchangeNote {
        InterchangeNote(
            .executed, element: element.name.local, id: element.id, code: "executed", message: Label(zh: zh, en: en))
    }

    static func kept(_ element: XMLElement, inside id: String? = nil) -> InterchangeNote {
        InterchangeNote(
            .kept, element: element.name.local, id: element.id ?? id, code: "kept",
            message: Label(zh: "原样保留，不执行", en: "Kept as it is, not executed"))
    }

    static func foreignAttributes(_ element: XMLElement) -> InterchangeNote? {
        let names = element.attributes.map(\.name).filter {
            $0.contains(":") && !$0.hasPrefix("xmlns:") && !$0.hasPrefix("xsi:")
        }
        guard !names.isEmpty else { return nil }
        let list = names.joined(separator: ", ")
        return InterchangeNote(
            .kept, element: element.name.local, id: element.id, code: "foreign_attributes",
            message: Label(zh: "其他程序的属性原样保留：\(list)", en: "Attributes of another program are kept: \(list)"))
    }

    static func refused(_ element: XMLElement, inside id: String? = nil, _ code: String, _ zh: String, _ en: String)
        -> InterchangeNote
    {
        InterchangeNote(
            .refused, element: element.name.local, id: element.id ?? id, code: code, message: Label(zh: zh, en: en))
    }

    /// An element of the flow that is not executed: its absence would change what happens.
    static func notSupported(_ element: XMLElement) -> InterchangeNote {
        let reason =
            switch element.name.local {
            case "scriptTask": Label(zh: "不执行文件里的脚本", en: "Scripts of a file are not run")
            case "callActivity": Label(zh: "不支持调用别的流程", en: "Calling another process is not supported")
            case "businessRuleTask": Label(zh: "请把决策表用在条件里", en: "Use the decision table in a condition instead")
            case "eventBasedGateway", "complexGateway": Label(zh: "不支持这种网关", en: "This gateway is not supported")
            case "transaction", "adHocSubProcess": Label(zh: "只支持普通子流程", en: "Only plain sub-processes are supported")
            default: Label(zh: "不支持这种流程元素", en: "This element of a process is not supported")
            }
        return InterchangeNote(
            .refused, element: element.name.local, id: element.id, code: "not_supported", message: reason)
    }

    static func problem(_ problem: ProcessProblem) -> InterchangeNote {
        InterchangeNote(.refused, element: "process", id: problem.place, code: problem.code, message: problem.message)
    }
}
