/// Who is behind a session or API token; nil when it is unknown, expired or revoked, or the account is disabled.
package struct IdentifyActor: Question {
    package var token: String
    package var origin: Origin

    package static var isOfTheHouse: Bool { true }

    package init(token: String, origin: Origin) {
        self.token = token
        self.origin = origin
    }
}
