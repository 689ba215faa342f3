/// The languages of the interface.
package enum Language: String, Sendable, CaseIterable {
    case zh
    case en
}

/// A name for people, in both languages. Ids are permanent, labels may change at any time.
package struct Label: Sendable, Hashable {
    package let zh: String
    package let en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    package subscript(language: Language) -> String { language == .zh ? zh : en }
}

/// Which layer a definition comes from. The overlay is the customer's and survives every upgrade of a pack.
package enum Layer: Sendable, Hashable {
    case kernel
    case pack(String)
    case overlay
}
