import Definitions

/// The codes of a list by everything people call them: code, labels, further codes, the company's own words.
struct CodeNames: Sendable {
    /// Folded name → code; nil for a name of several codes.
    private var codes: [String: String?] = [:]
    /// Codes and labels exactly as they are written in the list, where they mean but one code: most cells are like that.
    private var exact: [String: String] = [:]

    init(_ list: CodeList, own: [String: String]) {
        for code in list.codes where !code.retired { add(HeadingMatch.folded(code.code), code.code) }
        for code in list.codes where !code.retired {
            add(HeadingMatch.folded(code.label.zh), code.code)
            add(HeadingMatch.folded(code.label.en), code.code)
            for name in ["alpha3", "symbol", "alpha_3"] {
                if let other = code.extra[name] { add(HeadingMatch.folded(other), code.code) }
            }
        }
        for (name, code) in own where list.code(code) != nil { codes[name] = code }
        for code in list.codes where !code.retired {
            for text in [code.code, code.label.zh, code.label.en] {
                if let known = codes[HeadingMatch.folded(text)] ?? nil { exact[text] = known }
            }
        }
    }

    private mutating func add(_ name: String, _ code: String) {
        guard !name.isEmpty else { return }
        if let known = codes[name] {
            // A code itself outdoes another code's label.
            if let known, known != code, HeadingMatch.folded(known) != name { codes[name] = .some(nil) }
            return
        }
        codes[name] = code
    }

    func code(_ text: String) -> String? { exact[text] ?? codes[HeadingMatch.folded(text)] ?? nil }
}
