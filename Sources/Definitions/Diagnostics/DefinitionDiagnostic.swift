/// Where a definition stands: a file of a pack, relative to the pack's folder, or `overlay`.
package struct SourceLocation: Sendable, Hashable, Comparable {
    package let file: String
    /// From 1; 0 when the whole file is meant.
    package let line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// For what was not read from a file.
    package static let memory = SourceLocation(file: "overlay", line: 0)

    package static func < (left: Self, right: Self) -> Bool {
        left.file == right.file ? left.line < right.line : left.file < right.file
    }
}

/// One thing wrong, or doubtful, in packs or overlay. All are collected; reading never stops at the first.
package struct DefinitionDiagnostic: Sendable, Hashable {
    package enum Severity: String, Sendable, Hashable {
        /// No model is built.
        case error
        case warning
    }

    package let location: SourceLocation
    package let severity: Severity
    /// Stable and documented, such as `unknown_field`.
    package let code: String
    package let message: Label
    /// What to do, when that can be said.
    package let hint: Label?

    package init(
        _ code: String, at location: SourceLocation, zh: String, en: String, hint: Label? = nil,
        severity: Severity = .error
    ) {
        self.location = location
        self.severity = severity
        self.code = code
        self.message = Label(zh: zh, en: en)
        self.hint = hint
    }

    package var isError: Bool { severity == .error }
}
