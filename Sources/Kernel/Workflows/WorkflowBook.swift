import Definitions
import Flow
import Interchange
import Store
import Synchronization
import Values

/// A version of a workflow, read: what its file says and who does what.
struct LoadedWorkflow: Sendable {
    let entry: WorkflowEntry
    let process: BPMNProcess
    let picture: BPMNPicture
    /// Lane → who does what is in it.
    let lanes: [String: String]

    var graph: ProcessGraph { process.graph }

    var label: String { entry.name }

    /// The node's name as people know it.
    func name(of node: String) -> String {
        let name = graph.node(node)?.name?.trimmed ?? ""
        return name.isEmpty ? node : name
    }

    /// The words that conditions and figures of the graph read of the record.
    var names: Set<String> { WorkflowExpressions(graph).names }
}

/// Versions of workflows that were read already; their bytes never change.
final class WorkflowBook: Sendable {
    private let known = Mutex<[RecordID: LoadedWorkflow]>([:])
    private static let most = 200

    /// The version with what its file says. One statement at its first use.
    func load(_ entry: WorkflowEntry, on connection: any Connection) throws -> LoadedWorkflow {
        if let loaded = known.withLock({ $0[entry.id] }) { return loaded }
        guard let bytes = try Workflows(connection).file(entry.id), let settings = WorkflowSettings(entry.settings)
        else { throw Self.broken(entry) }
        let document: BPMNDocument
        do { document = try BPMNDocument(bytes) } catch { throw Self.broken(entry) }
        guard let process = document.processes.first(where: { $0.id == settings.process }) else {
            throw Self.broken(entry)
        }
        let loaded = LoadedWorkflow(
            entry: entry, process: process, picture: BPMNPicture(of: process, in: document), lanes: settings.lanes)
        known.withLock { known in
            if known.count >= Self.most { known = [:] }
            known[entry.id] = loaded
        }
        return loaded
    }

    private static func broken(_ entry: WorkflowEntry) -> Fault {
        Fault(code: "workflow_unreadable", detail: "the file of workflow \(entry.key) \(entry.number) can't be read")
    }
}

/// What is kept beside the file.
struct WorkflowSettings: Sendable, Hashable {
    /// The id of the process in the file.
    let process: String
    let lanes: [String: String]

    init(process: String, lanes: [String: String]) {
        self.process = process
        self.lanes = lanes
    }

    /// Nil for what is none.
    init?(_ text: String) {
        // What does not read as JSON is none either.
        guard let json = try? JSONReader.read(text), case .text(let process)? = json["process"],
            case .object(let members)? = json["lanes"]
        else { return nil }
        var lanes: [String: String] = [:]
        for member in members { if case .text(let holder) = member.value { lanes[member.name] = holder } }
        self.init(process: process, lanes: lanes)
    }

    var text: String {
        var json = JSONBuilder(escaping: .minimal)
        json.object { json in
            json.field("process", process)
            json.key("lanes")
            json.object { json in
                for (lane, holder) in lanes.sorted(by: { $0.key < $1.key }) { json.field(lane, holder) }
            }
        }
        return json.text
    }
}
