import Synchronization
import Values

/// Who has which record open, and what each is changing: in memory alone, gone when a window closes or falls silent.
final class Presence: Sendable {
    /// What somebody does with a record.
    enum Doing: Sendable, Hashable {
        case looking
        /// One field, or the whole form.
        case editing(field: String?)
    }

    /// Somebody who has a record open, as another may know of it.
    struct Mark: Sendable, Hashable {
        let user: RecordID
        let name: String
        var doing: Doing
    }

    /// One window with one record. Whoever reports it has just been found to see the record.
    struct Window: Sendable {
        /// The session; its stream tells its windows.
        let token: String
        /// Chosen by the window, the same as long as it is open.
        let id: String
        let user: RecordID
        let name: String
        let record: RecordID
        /// Fields of the record that its person may read: of others nobody hears what they change.
        let readable: Set<String>
        var doing: Doing
        var until = Instant(milliseconds: 0)
    }

    /// Seconds after which a silent window is taken as closed.
    static let silence = 20
    /// Windows of one person, and of all people.
    static let mostOfOne = 30
    static let most = 20_000

    private let open = Mutex<[RecordID: [String: Window]]>([:])

    /// Notes a window that is open now.
    ///
    /// - Returns: whom its person sees beside themself, and what the other sessions at the record are to be told; nothing
    ///   when nothing has changed for them.
    func report(_ window: Window, at now: Instant) -> (seen: [Mark], told: [(token: String, marks: [Mark])]) {
        open.withLock { open in
            var here = open[window.record] ?? [:]
            let alive = here.filter { $0.value.until > now }
            var changed = alive.count != here.count
            here = alive
            let key = window.token + window.id
            let known = here[key]
            let count = open.values.reduce(0) { $0 + $1.count }
            if known == nil,
                count >= Self.most || here.values.filter({ $0.user == window.user }).count >= Self.mostOfOne
            {
                return (Self.marks(here, for: window), [])
            }
            changed = changed || known?.doing != window.doing
            var fresh = window
            fresh.until = now.adding(seconds: Self.silence)
            here[key] = fresh
            open[window.record] = here
            return (Self.marks(here, for: fresh), changed ? Self.news(here, besides: window.token) : [])
        }
    }

    /// Takes a window away.
    ///
    /// - Returns: what the other sessions at the record are to be told.
    func leave(_ token: String, _ id: String, _ record: RecordID, at now: Instant) -> [(token: String, marks: [Mark])] {
        open.withLock { open in
            guard var here = open[record], here.removeValue(forKey: token + id) != nil else { return [] }
            here = here.filter { $0.value.until > now }
            open[record] = here.isEmpty ? nil : here
            return Self.news(here, besides: token)
        }
    }

    /// Forgets whoever fell silent anywhere: records that nobody opens again.
    func sweep(at now: Instant) {
        open.withLock { open in
            open = open.compactMapValues { here in
                let alive = here.filter { $0.value.until > now }
                return alive.isEmpty ? nil : alive
            }
        }
    }

    private static func news(_ here: [String: Window], besides token: String) -> [(token: String, marks: [Mark])] {
        var told: [String: [Mark]] = [:]
        for window in here.values where window.token != token { told[window.token] = marks(here, for: window) }
        return told.map { ($0.key, $0.value) }
    }

    /// The others, each once, whoever changes something before who looks.
    private static func marks(_ here: [String: Window], for viewer: Window) -> [Mark] {
        var out: [RecordID: Mark] = [:]
        for window in here.values where window.user != viewer.user {
            var mark = Mark(user: window.user, name: window.name, doing: window.doing)
            if case .editing(let field?) = window.doing, !viewer.readable.contains(field) {
                mark.doing = .editing(field: nil)
            }
            if out[window.user]?.doing ?? .looking == .looking { out[window.user] = mark }
        }
        return out.values.sorted { ($0.doing == .looking ? 1 : 0, $0.name) < ($1.doing == .looking ? 1 : 0, $1.name) }
    }
}
