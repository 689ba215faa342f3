/// Something wrong with an expression, said to its author.
package struct Diagnostic: Error, Sendable, Hashable {
    /// Permanent and machine-readable, such as `unknown_field`; listed in the documentation.
    package let code: String
    package let zh: String
    package let en: String
    /// UTF-8 offset in the source.
    package let offset: Int
    /// UTF-8 bytes concerned, 0 at the end of the source.
    package let length: Int
    /// What to write instead, if that can be guessed.
    package let hint: Hint?

    package struct Hint: Sendable, Hashable {
        package let zh: String
        package let en: String

        package init(zh: String, en: String) {
            self.zh = zh
            self.en = en
        }

        /// "Did you mean …?"
        package static func meant(_ name: String) -> Hint { Hint(zh: "是否想写 \(name)？", en: "Did you mean \(name)?") }
        /// "Write …"
        package static func write(_ text: String) -> Hint { Hint(zh: "请写 \(text)", en: "Write \(text)") }
    }

    package init(code: String, zh: String, en: String, offset: Int, length: Int, hint: Hint? = nil) {
        self.code = code
        self.zh = zh
        self.en = en
        self.offset = offset
        self.length = length
        self.hint = hint
    }
}

/// Everything found wrong with one expression, in the order of the source; never empty.
package struct Diagnostics: Error, Sendable, Hashable {
    package let items: [Diagnostic]

    package init(_ items: [Diagnostic]) { self.items = items }

    /// One line for each, in English, with hints.
    package var summary: String {
        items.map { item in item.en + (item.hint.map { " " + $0.en } ?? "") + " (at \(item.offset))" }
            .joined(separator: "\n")
    }
}
