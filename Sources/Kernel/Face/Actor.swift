package import Definitions
package import Values

/// Who asks, with everything access needs. A privileged act is another actor, never a flag.
package struct Actor: Sendable {
    package enum Identity: Sendable, Hashable {
        case user(RecordID)
        /// The house itself, with the reason that goes to the log: `import of the trade pack`.
        case system(reason: String)
        /// Before sign-in.
        case nobody
    }

    package let identity: Identity
    package let login: String
    package let name: String
    package let roles: [String]
    package let department: RecordID?
    /// The own departments with everything below them.
    package let departments: [RecordID]
    package let region: RecordID?
    /// The own regions with everything below them.
    package let regions: [RecordID]
    /// What the house says to them is in this; a page sets the one it is read in.
    package var language: Language
    /// IANA name; decides what "today" is.
    package let timeZone: String
    package let origin: Origin
    /// The session or token, for sign-out and for the CSRF check.
    package let session: SessionInfo?
    /// When the session or token behind this actor was last noted as used; nil for everybody else.
    package var use: KeyUse?

    package init(
        identity: Identity, login: String, name: String, roles: [String], department: RecordID?,
        departments: [RecordID], region: RecordID?, regions: [RecordID], language: Language, timeZone: String,
        origin: Origin, session: SessionInfo?
    ) {
        self.identity = identity
        self.login = login
        self.name = name
        self.roles = roles
        self.department = department
        self.departments = departments
        self.region = region
        self.regions = regions
        self.language = language
        self.timeZone = timeZone
        self.origin = origin
        self.session = session
    }

    package var userID: RecordID? { if case .user(let id) = identity { id } else { nil } }

    package var isSystem: Bool { if case .system = identity { true } else { false } }

    /// The house acting for a stated reason; may do everything, and every event says so.
    package static func system(_ reason: String, origin: Origin = .system) -> Actor {
        Actor(
            identity: .system(reason: reason), login: "system", name: "Baton", roles: [], department: nil,
            departments: [], region: nil, regions: [], language: .zh, timeZone: "Asia/Shanghai", origin: origin,
            session: nil)
    }

    package static let nobody = Actor(
        identity: .nobody, login: "", name: "", roles: [], department: nil, departments: [], region: nil, regions: [],
        language: .zh, timeZone: "Asia/Shanghai", origin: .page, session: nil)
}

/// Through which surface a command came; stamped on its events.
package enum Origin: String, Sendable, Hashable {
    case page
    case api
    case importing = "import"
    case rule
    case sync
    case system
}

package struct SessionInfo: Sendable, Hashable {
    package let id: String
    /// What form posts must carry.
    package let csrf: String
    /// It was opened by a password that works once: nothing is open to it but choosing another.
    package let mustRenew: Bool

    package init(id: String, csrf: String, mustRenew: Bool = false) {
        self.id = id
        self.csrf = csrf
        self.mustRenew = mustRenew
    }
}

/// A session or token, and when it was last noted as used.
package struct KeyUse: Sendable, Hashable {
    package enum Key: Sendable, Hashable {
        /// Hash of the session.
        case session([UInt8])
        case token(RecordID)
    }

    package let key: Key
    package let notedAt: Instant?
}
