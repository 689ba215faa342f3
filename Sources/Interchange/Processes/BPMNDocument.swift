package import Flow

/// A BPMN 2.0 file: its processes as far as they are executed, and all else untouched.
package struct BPMNDocument: Sendable, Hashable {
    package internal(set) var xml: XMLDocument

    /// The namespace of BPMN 2.0.
    package static let namespace = "http://www.omg.org/spec/BPMN/20100524/MODEL"

    package init(_ xml: XMLDocument) throws(InterchangeError) {
        guard xml.root.name.namespace == Self.namespace, xml.root.name.local == "definitions" else {
            throw .otherFormat(xml.root.name.qualified)
        }
        self.xml = xml
    }

    package init(_ bytes: [UInt8]) throws(InterchangeError) { try self.init(XMLDocument(bytes)) }

    /// The file in UTF-8. What was not changed is equal to what was read.
    package var written: String { xml.written }

    /// The processes of the file with what becomes of each part.
    package var processes: [BPMNProcess] {
        xml.root.all("process").map { BPMNReader($0).process() }
    }

    /// What becomes of each part of the file.
    package var report: [InterchangeNote] {
        xml.root.elements.flatMap { element -> [InterchangeNote] in
            if element.isNamed("process", like: xml.root) { return BPMNReader(element).process().notes }
            return [BPMNNotes.kept(element)]
        }
    }
}

/// A process of a file.
package struct BPMNProcess: Sendable, Hashable {
    package let id: String
    package let name: String?
    /// Who does what, from top to bottom.
    package let lanes: [Lane]
    /// What is executed. Parts that are refused are missing in it.
    package let graph: ProcessGraph
    /// Service task → what the file says about who does it.
    package let services: [String: Service]
    /// Task for somebody → the fields that it asks for.
    package let forms: [String: [BPMNFormField]]
    /// What is executed, kept and refused.
    package let notes: [InterchangeNote]

    /// What a service task asks for.
    package struct Service: Sendable, Hashable {
        /// The attribute `action` of any prefix: something that the house does.
        package let action: String?
        /// The attribute `implementation`, or the topic or type by which other programs fetch the task.
        package let topic: String?

        package init(action: String?, topic: String?) {
            self.action = action
            self.topic = topic
        }
    }

    package struct Lane: Sendable, Hashable {
        package let id: String
        package let name: String
        /// The nodes in it, those of lanes inside it too.
        package let nodes: [String]

        package init(id: String, name: String, nodes: [String]) {
            self.id = id
            self.name = name
            self.nodes = nodes
        }
    }

    /// Whether the process can run: nothing is refused.
    package var isExecutable: Bool { !notes.contains { $0.treatment == .refused } }

    package init(
        id: String, name: String?, lanes: [Lane], graph: ProcessGraph, services: [String: Service] = [:],
        forms: [String: [BPMNFormField]] = [:], notes: [InterchangeNote] = []
    ) {
        self.id = id
        self.name = name
        self.lanes = lanes
        self.graph = graph
        self.services = services
        self.forms = forms
        self.notes = notes
    }
}
