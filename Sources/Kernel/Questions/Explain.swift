package import Definitions
package import Values

/// Why an actor can or can't see a record or a field.
package struct Explain: Question {
    package var object: String
    package var id: RecordID?
    package var field: String?
    /// Whose access; nil: the actor's own. Others only with the privilege `users`.
    package var user: RecordID?

    package init(object: String, id: RecordID? = nil, field: String? = nil, user: RecordID? = nil) {
        self.object = object
        self.id = id
        self.field = field
        self.user = user
    }
}

package struct AccessExplanation: Sendable {
    package let allowed: Bool
    /// In reading order.
    package let reasons: [Label]
}
