import Foundation

/// How a name is typed by ear: 钱卫东 as `qianweidong` and `qwd`, so that a picker finds it without an input method.
struct SpokenName: Sendable, Hashable {
    /// Lower case, without tones and spaces.
    let full: String
    let initials: String

    init(_ name: String) {
        // The one name that can't be written in Latin letters is found as it is written.
        let latin = name.applyingTransform(.toLatin, reverse: false) ?? name
        let plain = (latin.applyingTransform(.stripDiacritics, reverse: false) ?? latin).lowercased()
        let parts = plain.split { !$0.isLetter && !$0.isNumber }
        full = parts.joined()
        initials = String(parts.compactMap(\.first))
    }

    /// What was typed, as it is compared: lower case, without the marks and spaces of an input method. Empty for what no
    /// sound is written with.
    static func typed(_ text: String) -> String {
        let letters = text.lowercased().filter { !$0.isWhitespace && $0 != "'" && $0 != "’" }
        return letters.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } ? letters : ""
    }

    /// Whether the name begins with what `typed` gave, written out or by initials.
    func begins(with typed: String) -> Bool {
        !typed.isEmpty && (full.hasPrefix(typed) || initials.hasPrefix(typed))
    }
}
