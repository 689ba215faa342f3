package import Values

/// Somebody who is to get an account.
package struct NewPerson: Sendable {
    /// Who they answer to.
    package enum Manager: Sendable, Hashable {
        case person(RecordID)
        /// Somebody of the same list, by place.
        case listed(Int)
    }

    /// The fields of the user's record but `manager`.
    package var fields: [String: Input]
    package var manager: Manager?

    package init(_ fields: [String: Input], manager: Manager? = nil) {
        self.fields = fields
        self.manager = manager
    }

    /// Most people that are added at once.
    package static let most = 200

    /// The record as it is made first: a superior of the same list is not there yet.
    package var draft: Draft {
        var draft = Draft(fields)
        if case .person(let id)? = manager { draft.fields["manager"] = .value(.record(id)) }
        return draft
    }
}
