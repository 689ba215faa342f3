import Flow

extension Remark {
    /// The words without blanks around them.
    ///
    /// - Throws: what is wrong with them, at `field`.
    static func kept(_ text: String, at field: String) throws(Rejection) -> String {
        let problem: Problem
        switch flaw(of: text) {
        case nil: return isBlank(text) ? "" : text.trimmed
        case .tooLong: problem = .unreadable(field, .tooLong(longest))
        case .unprintable: problem = .unreadable(field, .controlCharacter)
        }
        throw Rejection(.invalid, code: problem.code, message: problem.message, problems: [problem])
    }
}
