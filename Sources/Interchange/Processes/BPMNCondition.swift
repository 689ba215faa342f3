/// Conditions and figures as the programs of several makers write them, read as FEEL.
package enum BPMNCondition {
    /// The FEEL text inside `${…}`, `#{…}` or after `=`; other texts as they are.
    package static func plain(_ text: String) -> String {
        let text = Blanks.trimmed(text)
        if (text.hasPrefix("${") || text.hasPrefix("#{")) && text.hasSuffix("}") {
            return Blanks.trimmed(String(text.dropFirst(2).dropLast()))
        }
        if text.hasPrefix("="), !text.hasPrefix("==") { return Blanks.trimmed(String(text.dropFirst())) }
        return text
    }

    /// The expression of a text in any of these forms.
    package static func expression(_ text: String) throws(FEELError) -> FEELExpression {
        try FEELExpression(plain(text))
    }
}
