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
}
