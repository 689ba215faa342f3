/// A document's layout as written.
struct RawPrint {
    struct Text {
        let place: SourceLocation
        var label: Label?
        var text: Located<String>?
        var share: Int?
        var align: Located<String>?
    }

    struct Party {
        var object: Located<String>?
        var zh: Located<String>?
        var en: Located<String>?
        var address: [Located<String>] = []
        var contacts: [Located<String>] = []
        /// A files field.
        var logo: Located<String>?
    }

    let place: SourceLocation
    var kind: Located<String>?
    /// Key → expression: number, version, date, ….
    var single: [String: Located<String>] = [:]
    var seller = Party()
    var buyer = Party()
    var lines: Located<String>?
    /// Key → texts: references, columns, terms, ….
    var texts: [String: [Text]] = [:]

    static let singleKeys = [
        "number", "version", "date", "valid_until", "draft", "currency", "line_amount", "words", "remarks",
    ]
    static let textKeys = ["references", "transport", "columns", "charges", "totals", "packing", "terms", "bank"]
}

extension ObjectReader {
    mutating func print(_ node: SourceNode) -> RawPrint {
        var reader = MapReader(node)
        var raw = RawPrint(place: node.place)
        raw.kind = reader.required("kind")
        for key in RawPrint.singleKeys { raw.single[key] = reader.text(key) }
        raw.lines = reader.text("lines")
        if let node = reader.node("seller") { raw.seller = party(node) }
        if let node = reader.node("buyer") { raw.buyer = party(node) }
        for key in RawPrint.textKeys { raw.texts[key] = (reader.items(key) ?? []).map { printText($0) } }
        reader.finish(into: &findings)
        return raw
    }

    private mutating func party(_ node: SourceNode) -> RawPrint.Party {
        var reader = MapReader(node)
        var raw = RawPrint.Party()
        raw.object = reader.text("object")
        raw.zh = reader.text("zh")
        raw.en = reader.text("en")
        raw.address = reader.words("address") ?? []
        raw.contacts = reader.words("contacts") ?? []
        raw.logo = reader.text("logo")
        reader.finish(into: &findings)
        return raw
    }

    private mutating func printText(_ node: SourceNode) -> RawPrint.Text {
        var reader = MapReader(node)
        var raw = RawPrint.Text(place: node.place)
        raw.label = reader.label("label")
        raw.text = reader.required("text")
        raw.share = reader.whole("share")
        raw.align = reader.text("align")
        reader.finish(into: &findings)
        return raw
    }
}
