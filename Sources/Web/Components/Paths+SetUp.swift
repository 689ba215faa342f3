extension Paths {
    static let security = "/settings/security"
    static let people = "/settings/people"
    static let newPerson = people + "/new"
    static let access = "/settings/access"
    static let roles = "/settings/roles"
    static let audit = "/settings/audit"
    static let backup = "/settings/backup"
    static let mail = "/settings/mail"
    static let numbers = "/settings/numbers"
    static let tokens = "/settings/tokens"

    /// Where the pattern of a number series is changed.
    static func pattern(_ object: String, _ field: String) -> String {
        numbers + "?series=" + encoded(object + "." + field) + "#change"
    }
    static func role(_ id: String) -> String { roles + "/" + id }
    /// A role with the fields of one object.
    static func role(_ id: String, fieldsOf object: String) -> String {
        role(id) + "?object=" + encoded(object) + "#" + object
    }
    static func person(_ id: String) -> String { people + "/" + id }
}
