/// Lines for people and for editors that jump to `file:line`.
package enum DefinitionPrinter {
    /// `objects/quotation.yaml:12: error unknown_field: 没有字段 “x” / There is no field “x” (…)`
    package static func line(_ diagnostic: DefinitionDiagnostic) -> String {
        let place = diagnostic.location
        var text = place.file + ":"
        if place.line > 0 { text += String(place.line) + ":" }
        text += " " + diagnostic.severity.rawValue + " " + diagnostic.code + ": "
        text += diagnostic.message.zh + " / " + diagnostic.message.en
        if let hint = diagnostic.hint { text += " (" + hint.zh + " / " + hint.en + ")" }
        return text
    }

    /// One line each, by file and line, then a sum.
    package static func report(_ diagnostics: [DefinitionDiagnostic]) -> String {
        let lines = diagnostics.sorted { $0.location < $1.location }.map(line)
        let errors = diagnostics.count(where: \.isError)
        let sum =
            "\(errors) 个错误，\(diagnostics.count - errors) 个提醒 / "
            + "\(errors) errors, \(diagnostics.count - errors) warnings"
        return (lines + [sum]).joined(separator: "\n")
    }
}
