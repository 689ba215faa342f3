/// Moves an expression over a linked object to the object that holds the link: `owner = ME()` becomes
/// `company.owner = ME()`.
enum PathPrefix {
    private static let words: Set<String> = ["TRUE", "FALSE", "NULL", "AND", "OR", "NOT", "IN"]

    /// - Parameter source: an expression that was checked, so that its texts end and its brackets close.
    static func adding(_ prefix: String, to source: String) -> String {
        var out = ""
        var rest = Substring(source)
        while let character = rest.first {
            switch character {
            case "\"": out += take(&rest) { $0 == "\"" }
            case "“", "”": out += take(&rest) { $0 == "“" || $0 == "”" }
            case _ where character.isASCII && (character.isLetter || character == "_"):
                out += path(&rest, prefix)
            case _ where character.isASCII && character.isNumber:
                let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
                out += number
                rest = rest.dropFirst(number.count)
            default:
                out.append(character)
                rest = rest.dropFirst()
            }
        }
        return out
    }

    /// A text with its quotes. A doubled quote reads as two texts, which comes to the same.
    private static func take(_ rest: inout Substring, until isQuote: (Character) -> Bool) -> String {
        var out = String(rest.removeFirst())
        while let character = rest.popFirst() {
            out.append(character)
            if isQuote(character) { break }
        }
        return out
    }

    private static func path(_ rest: inout Substring, _ prefix: String) -> String {
        let isWord: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
        let path = String(rest.prefix(while: isWord))
        rest = rest.dropFirst(path.count)
        let next = rest.first { !$0.isWhitespace }
        if next == "(" || next == "\u{FF08}" || words.contains(path.uppercased()) { return path }
        return prefix + "." + path
    }
}
