package import Values

/// Giving what somebody holds to others: planned, looked at, then done by the house in its own time.
///
/// For who manages accounts, for those above the person, and for the person. Records go by the rights of who ordered it.
package enum HandOverCommand: Sendable, Hashable {
    /// Keeps a draft; the outcome's `created` names it. Nothing is handed over yet.
    case plan(HandOverWish)
    /// Changes a draft, or one that waits for its day.
    case change(RecordID, HandOverWish)
    /// Begins, at once or on its day.
    case start(RecordID)
    /// Takes back a draft or one that waits for its day; stops one that is under way: what has gone over stays so. One that
    /// goes on with what comes later ends there.
    case cancel(RecordID)
    /// Goes on with one that was stopped or failed.
    case resume(RecordID)
    /// Gives back within thirty days what nobody has changed since; the rest is named.
    case undo(RecordID)
    /// Says that one has taken over what came to one.
    case accept(RecordID)
}

/// Who gets what of somebody's work.
package struct HandOverWish: Sendable, Hashable {
    package enum Target: Sendable, Hashable {
        case person(RecordID)
        case stays

        package init?(_ text: String) {
            if text == "-" { self = .stays } else if let id = RecordID(text) { self = .person(id) } else { return nil }
        }

        package var text: String { if case .person(let id) = self { id.description } else { "-" } }
        package var person: RecordID? { if case .person(let id) = self { id } else { nil } }
    }

    /// Records of an object that meet a condition go to one person. The first rule that fits counts.
    package struct Rule: Sendable, Hashable {
        package var object: String
        /// In the expression language; nothing is every record.
        package var condition: String
        package var to: RecordID

        package init(object: String, condition: String, to: RecordID) {
            self.object = object
            self.condition = condition
            self.to = to
        }
    }

    /// The most rules and exceptions of one hand-over.
    package static let mostRules = 20
    package static let mostExceptions = 2000

    package var person: RecordID
    /// Who gets what nothing else says; nil: it stays.
    package var usual: RecordID?
    /// `company.owner`, or `leg`, `approval`, `task`, `delegation`, `view` → who gets these.
    package var groups: [String: Target]
    package var rules: [Rule]
    /// `company.owner/…` with a record's id → who gets this one.
    package var exceptions: [String: Target]
    /// When it is to be done; nil for at once.
    package var fireAt: Instant?
    /// The account is switched off at the end, its sessions and tokens end.
    package var endsAccount: Bool
    /// What comes to the person after it was done goes the same way, until their account is off or somebody ends it.
    package var follows: Bool
    package var note: String

    package init(
        person: RecordID, usual: RecordID? = nil, groups: [String: Target] = [:], rules: [Rule] = [],
        exceptions: [String: Target] = [:], fireAt: Instant? = nil, endsAccount: Bool = false, follows: Bool = false,
        note: String = ""
    ) {
        self.person = person
        self.usual = usual
        self.groups = groups
        self.rules = rules
        self.exceptions = exceptions
        self.fireAt = fireAt
        self.endsAccount = endsAccount
        self.follows = follows
        self.note = note
    }

    /// Everybody who is named as a receiver.
    package var receivers: Set<RecordID> {
        Set(
            [usual].compactMap { $0 } + groups.values.compactMap(\.person) + rules.map(\.to)
                + exceptions.values.compactMap(\.person))
    }
}

extension HandOverCommand {
    var words: String {
        switch self {
        case .plan(let wish): "plan hand-over " + wish.text
        case .change(let id, let wish): "change hand-over \(id) " + wish.text
        case .start(let id): "start hand-over \(id)"
        case .cancel(let id): "cancel hand-over \(id)"
        case .resume(let id): "resume hand-over \(id)"
        case .undo(let id): "undo hand-over \(id)"
        case .accept(let id): "accept hand-over \(id)"
        }
    }
}
