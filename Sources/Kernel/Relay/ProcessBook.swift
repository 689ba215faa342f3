import Definitions
import Expressions
import Store
import Synchronization
import Values

/// The relays in force, and the versions of them that records still run by.
final class ProcessBook: Sendable {
    /// A process with the digest of what it says.
    struct Version: Sendable {
        let process: ProcessDefinition
        let digest: String
    }

    private let model: Model
    private let functions: [ExternalFunction]
    private let byObject: [String: Version]
    private let older = Mutex<[String: Version]>([:])
    private let replaced = Mutex<[String: Replaced]>([:])

    private struct Replaced {
        let object: String
        var isTold: Bool
    }

    init(model: Model, functions: [ExternalFunction]) {
        self.model = model
        self.functions = functions
        var byObject: [String: Version] = [:]
        for process in model.processes {
            let version = Version(process: process, digest: Self.digest(of: process))
            for object in process.objects where byObject[object] == nil { byObject[object] = version }
        }
        self.byObject = byObject
    }

    private static func digest(of process: ProcessDefinition) -> String {
        Secrets.hex(Secrets.digest(Array(process.document.utf8)))
    }

    /// The relay that records of the object run now; nil for most objects.
    func current(of object: String) -> Version? { byObject[object] }

    /// The version that a leg is bound to. When its document no longer fits the model, the one in force stands in.
    ///
    /// One statement at the first use of an older version.
    func version(_ digest: String, of object: String, on connection: any Connection) throws -> Version? {
        if let current = byObject[object], current.digest == digest { return current }
        if let known = older.withLock({ $0[digest] }) { return known }
        guard let document = try ProcessVersions(connection).document(digest),
            let process = ProcessLinker.read(document, model: model, functions: functions)
        else {
            // Asked for with every look at the record, said once.
            replaced.withLock { if $0[digest] == nil { $0[digest] = Replaced(object: object, isTold: false) } }
            return byObject[object]
        }
        let version = Version(process: process, digest: digest)
        older.withLock { $0[digest] = version }
        return version
    }

    /// The versions in whose place the one in force stands, each once.
    func takeReplaced() -> [(object: String, digest: String)] {
        replaced.withLock { all in
            let news = all.filter { !$0.value.isTold }
            for digest in news.keys { all[digest]?.isTold = true }
            return news.map { ($0.value.object, $0.key) }.sorted { $0.digest < $1.digest }
        }
    }
}
