package import Values

/// Steps with saved views of lists.
package enum ViewCommand: Sendable {
    /// Keeps a view under a name, a new one without an id; the outcome's `created` names it.
    ///
    /// Refused as `invalid` without a name, with one over 60 characters, over 8,000 characters of content, or when
    /// somebody has a hundred views of the object, or is in no department and keeps one for it; as `not_allowed` when it is somebody else's, or for everybody without
    /// the privilege `define`.
    case keep(id: RecordID?, object: String, name: String, audience: ViewAudience, content: String)
    /// Keeps a template of a sheet like a view, refused like one. `heads`, path → heading, that nobody has given a meaning
    /// yet are remembered for imports when the author may import.
    case keepSheet(
        id: RecordID?, object: String, name: String, audience: ViewAudience, content: String, heads: [String: String])
    /// Keeps how this person has arranged a view: one arrangement for each view, blank content forgets it.
    case arrange(object: String, view: String, content: String)
    /// Removes an own view or template; somebody else's is `not_found`.
    case remove(RecordID)
}

/// Who has a saved view among theirs.
package enum ViewAudience: String, Sendable, CaseIterable {
    case mine
    /// Those of the author's department and of the departments above it.
    case team
    case all
}
