/// What people write beside a deed: a reason, a note, what is still owed.
package enum Remark {
    /// The longest, in characters as Unicode counts them.
    package static let longest = 2_000

    package enum Flaw: Sendable, Hashable {
        case tooLong
        /// Holds a character that isn't shown and changes how others are: a control, or a turn of the writing direction.
        case unprintable
    }

    /// Whether it says nothing: only blanks and characters that nobody sees.
    package static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            let properties = scalar.properties
            // The braille cell without a dot counts as a sign, and looks like a blank.
            if properties.isWhitespace || properties.isDefaultIgnorableCodePoint || scalar.value == 0x2800 {
                return true
            }
            return switch properties.generalCategory {
            case .control, .format: true
            default: false
            }
        }
    }

    /// What is wrong with it; nil when it may be kept. Lines may break.
    package static func flaw(of text: String) -> Flaw? {
        var count = 0
        for scalar in text.unicodeScalars {
            count += 1
            if count > longest { return .tooLong }
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: continue
            case 0...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: return .unprintable
            default: continue
            }
        }
        return nil
    }
}
