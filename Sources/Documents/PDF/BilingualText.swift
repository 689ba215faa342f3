/// A text in Chinese and English, as it is printed side by side on a trade document.
package struct BilingualText: Sendable, Hashable {
    package let zh: String
    package let en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}

/// The language or languages a document is printed in.
package enum DocumentLanguage: String, Sendable, Hashable, CaseIterable {
    /// English first, Chinese beside it: what a foreign buyer and a Chinese customs officer can both read.
    case bilingual
    case english
    case chinese
}
