/// The form of ids: permanent, and safe as a physical name.
enum Identifier {
    /// Longest id, so that physical names with prefixes stay within the 63 bytes of PostgreSQL.
    static let maximumLength = 40

    /// Lower-case letters, digits and single underscores, beginning with a letter.
    static func isValid(_ id: String) -> Bool {
        let bytes = id.utf8
        guard bytes.count <= maximumLength, let first = bytes.first, isLetter(first) else { return false }
        var previous = first
        for byte in bytes.dropFirst() {
            switch byte {
            case underscore where previous == underscore: return false
            case underscore,
                _ where isLetter(byte) || isDigit(byte):
                previous = byte
            default: return false
            }
        }
        return previous != underscore
    }

    private static let underscore = UInt8(ascii: "_")
    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    static func finding(_ id: Located<String>) -> DefinitionDiagnostic? {
        if isValid(id.value) { return nil }
        return DefinitionDiagnostic(
            "bad_id", at: id.place, zh: "标识 “\(id.value)” 不合规", en: "“\(id.value)” can't be an id",
            hint: Label(
                zh: "用小写字母、数字和单个下划线，字母开头，最长 \(maximumLength)",
                en: "Use lower-case letters, digits and single underscores, a letter first, at most \(maximumLength)"))
    }
}
