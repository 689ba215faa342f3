package import Definitions

/// The request can't be done, with what a person needs to go on. A value, shown as it is on every surface.
package struct Rejection: Error, Sendable, Hashable {
    /// The class of refusal; decides the HTTP status.
    package enum Kind: String, Sendable, Hashable {
        case malformed  // 400
        case unauthenticated  // 401
        case forbidden  // 403
        case missing  // 404: absent and unseen look the same
        case conflict  // 409
        case stale  // 412
        case tooLarge  // 413
        case unsupportedMedia  // 415
        case invalid  // 422
        case preconditionRequired  // 428
        case tooMany  // 429
        case unavailable  // 503
        case noRoom  // 507
    }

    package let kind: Kind
    /// Stable and documented, such as `stale_version`.
    package let code: String
    package let message: Label
    package let problems: [Problem]
    /// For `tooMany`, `unavailable` and `noRoom`: seconds to wait.
    package let retryAfter: Int?

    package init(_ kind: Kind, code: String, message: Label, problems: [Problem] = [], retryAfter: Int? = nil) {
        self.kind = kind
        self.code = code
        self.message = message
        self.problems = problems
        self.retryAfter = retryAfter
    }
}

/// One thing wrong (or doubtful) at one place.
package struct Problem: Error, Sendable, Hashable {
    /// Field id, or `lines[2].price`; nil for the whole record.
    package let field: String?
    package let code: String
    package let message: Label

    package init(field: String?, code: String, message: Label) {
        self.field = field
        self.code = code
        self.message = message
    }
}

/// Our defect, or the machine's. Logged with the code that the answer shows.
package struct Fault: Error, Sendable {
    package let code: String
    package let detail: String

    package init(code: String, detail: String) {
        self.code = code
        self.detail = detail
    }
}
