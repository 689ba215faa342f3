import Foundation
import Synchronization

/// How a name is typed by ear: 钱卫东 as `qianweidong` and `qwd`, so that it is found without an input method.
package struct SpokenName: Sendable, Hashable {
    /// Lower case, without tones and spaces.
    package let full: String
    package let initials: String

    package init(_ name: String) {
        var parts: [String] = []
        var other = ""
        for scalar in name.unicodeScalars {
            guard Self.isHan(scalar) else {
                other.unicodeScalars.append(scalar)
                continue
            }
            parts += Self.latin(other)
            other = ""
            parts.append(Syllables.shared.syllable(of: scalar))
        }
        parts += Self.latin(other)
        full = parts.joined()
        initials = String(parts.compactMap(\.first))
    }

    /// What was typed, as it is compared: lower case, without the marks and spaces of an input method. Empty for what no
    /// sound is written with.
    package static func typed(_ text: String) -> String {
        let letters = text.lowercased().filter { !$0.isWhitespace && $0 != "'" && $0 != "’" }
        return letters.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } ? letters : ""
    }

    /// Whether the name begins with what `typed` gave, written out or by initials.
    package func begins(with typed: String) -> Bool {
        !typed.isEmpty && (full.hasPrefix(typed) || initials.hasPrefix(typed))
    }

    /// Chinese characters, whose sound a name in letters does not show.
    package static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        (0x3400...0x9FFF).contains(scalar.value) || (0x20000...0x3FFFF).contains(scalar.value)
    }

    /// The words of a text in plain small letters.
    fileprivate static func latin(_ text: String) -> [String] {
        if text.isEmpty { return [] }
        var plain = text
        if !text.utf8.allSatisfy({ $0 < 0x80 }) {
            // What can't be written in Latin letters is found as it is written.
            let latin = text.applyingTransform(.toLatin, reverse: false) ?? text
            plain = latin.applyingTransform(.stripDiacritics, reverse: false) ?? latin
        }
        return plain.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// The sound of each character that was asked for; a character costs its transliteration once.
    private final class Syllables: Sendable {
        static let shared = Syllables()
        private let known = Mutex<[Unicode.Scalar: String]>([:])

        func syllable(of scalar: Unicode.Scalar) -> String {
            if let found = known.withLock({ $0[scalar] }) { return found }
            let made = SpokenName.latin(String(scalar)).joined()
            return known.withLock { known in
                known[scalar] = made
                return made
            }
        }
    }
}
