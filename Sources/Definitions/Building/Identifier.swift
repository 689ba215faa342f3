/// The form of ids: permanent, and safe as a physical name.
enum Identifier {
    /// Longest id, so that physical names with prefixes stay within the 63 bytes of PostgreSQL.
    static let maximumLength = 40

    /// Lower-case letters, digits and single underscores, beginning with a letter.
    static func isValid(_ id: String) -> Bool {
        id.utf8.count <= maximumLength && id.wholeMatch(of: /[a-z][a-z0-9]*(_[a-z0-9]+)*/) != nil
    }

    static func finding(_ id: Located<String>) -> DefinitionDiagnostic? {
        if isValid(id.value) { return nil }
        return DefinitionDiagnostic(
            "bad_id", at: id.place, zh: "标识 “\(id.value)” 不合规", en: "“\(id.value)” can't be an id",
            hint: Label(
                zh: "用小写字母、数字和单个下划线，字母开头，最长 \(maximumLength)",
                en: "Use lower-case letters, digits and single underscores, a letter first, at most \(maximumLength)"))
    }
}
