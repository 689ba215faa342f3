import Store

/// When notices of a kind are mailed to their person, if they don't leave it to how urgent each of them is.
package enum NoticePace: String, Sendable, Hashable, CaseIterable {
    /// As soon as the quiet hours let them.
    case now
    /// At the next of the digest times, in one mail with the others.
    case daily
    /// At the first digest time of one day of the week.
    case weekly
    /// Not at all: they stand in the program alone.
    case app
}

/// The paces that a person chose, as their record keeps them: `approval=daily mention=now`.
enum NoticePaces {
    /// What is no longer known is left out.
    static func read(_ text: String) -> [NoticeKind: NoticePace] {
        var paces: [NoticeKind: NoticePace] = [:]
        for part in text.split(separator: " ") {
            let halves = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard halves.count == 2, let kind = NoticeKind(rawValue: halves[0]),
                let pace = NoticePace(rawValue: halves[1])
            else { continue }
            paces[kind] = pace
        }
        return paces
    }

    static func text(_ paces: [NoticeKind: NoticePace]) -> String {
        NoticeKind.allCases.compactMap { kind in paces[kind].map { "\(kind.rawValue)=\($0.rawValue)" } }
            .joined(separator: " ")
    }
}

extension NotificationEntry {
    /// `clock:first_reply` is of the kind `clock`; nil for one that is no longer known.
    var subjectKind: NoticeKind? { NoticeKind(rawValue: String(kind.prefix { $0 != ":" })) }
}
