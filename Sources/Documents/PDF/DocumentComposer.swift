/// Lays a document out on pages: head, parties and references, goods, totals, packing, terms, bank, signatures.
///
/// Everything is measured before anything is drawn, so page counts and carried sums are known.
final class DocumentComposer {
    let document: TradeDocument
    let type: Typesetter
    let language: DocumentLanguage
    var plan = PagePlan()
    /// 1 as designed; less draws everything closer together.
    private let spacing: Double
    private let pictures: PictureShelf

    private init(_ document: TradeDocument, _ type: Typesetter, _ pictures: PictureShelf, spacing: Double = 1) {
        self.document = document
        self.type = type
        self.spacing = spacing
        self.pictures = pictures
        language = document.language
    }

    /// Lays the document out; if its last page would hold little more than a signature, tries once more with less space
    /// between things.
    static func plan(_ document: TradeDocument, _ type: Typesetter) throws(PDFError) -> PagePlan {
        let pictures = PictureShelf()
        let plan = try DocumentComposer(document, type, pictures).compose()
        guard plan.pages.count > 1, plan.y < PageFrame.topBelowHead + 110 else { return plan }
        let closer = try DocumentComposer(document, type, pictures, spacing: 0.7).compose()
        return closer.pages.count < plan.pages.count ? closer : plan
    }

    private func compose() throws(PDFError) -> PagePlan {
        composeHead()
        composeParties()
        composeTransport()
        try composeGoods()
        composeClosing()
        guard plan.pages.count <= PDFRenderer.maximumPages else { throw .tooLong }
        return plan
    }

    /// A designed distance at this document's spacing.
    func gap(_ points: Double) -> Double { points * spacing }

    func picture(_ picture: DocumentPicture?) -> Picture? { picture.flatMap { pictures.picture($0) } }

    func hairline() -> Piece {
        Piece(height: gap(6)) { canvas, y in canvas.rule(from: PageFrame.left, to: PageFrame.right, y: y, .line) }
    }

    var title: BilingualText { document.title ?? document.kind.title }

    /// The label in the document's languages: English first, Chinese beside it.
    func runs(_ label: BilingualText, _ main: TextStyle, _ beside: TextStyle) -> [TextRun] {
        let en = PrintableText.clean(label.en, limit: 300)
        let zh = PrintableText.clean(label.zh, limit: 300)
        switch language {
        case .english: return [TextRun(en.isEmpty ? zh : en, main)]
        case .chinese: return [TextRun(zh.isEmpty ? en : zh, main)]
        case .bilingual:
            if en.isEmpty || zh.isEmpty || en == zh { return [TextRun(en.isEmpty ? zh : en, main)] }
            return [TextRun(en + "  ", main), TextRun(zh, beside)]
        }
    }

    func label(_ label: BilingualText, width: Double? = nil) -> TextBlock {
        type.block(runs(label, .label, .label), width: width)
    }

    func piece(_ block: TextBlock, x: Double, below: Double = 0) -> Piece {
        Piece(height: block.height + below) { canvas, y in block.draw(canvas, x: x, y: y) }
    }

    /// A paragraph as one piece, or as several when it is too tall to keep together.
    func paragraph(_ text: String, _ style: TextStyle, x: Double, width: Double) -> [Piece] {
        let clean = PrintableText.clean(text)
        guard !clean.isEmpty else { return [] }
        let block = type.block(clean, style, width: width)
        let cuts = block.cuts(limit: PageFrame.tallest)
        if cuts.isEmpty { return [piece(block, x: x)] }
        return pieces(of: clean, at: cuts).map { piece(type.block($0, style, width: width), x: x) }
    }

    /// `text` cut at the UTF-8 offsets `cuts`, without the line ends there.
    func pieces(of text: String, at cuts: [Int]) -> [String] {
        let bytes = Array(text.utf8)
        let bounds = [0] + cuts + [bytes.count]
        return zip(bounds, bounds.dropFirst()).map { start, end in
            var slice = bytes[start..<end]
            if slice.last == 0x0A { slice = slice.dropLast() }
            return String(decoding: slice, as: UTF8.self)
        }
    }

    /// A small heading over a section with a hairline above it.
    func heading(_ label: BilingualText) -> Piece {
        let above = gap(4)
        let block = type.block(runs(label, .head, .headBeside), width: PageFrame.width)
        return Piece(height: block.height + gap(7)) { canvas, y in
            canvas.rule(from: PageFrame.left, to: PageFrame.right, y: y, .line)
            block.draw(canvas, x: PageFrame.left, y: y + above)
        }
    }

    /// Places pieces one after another; the first stays with the second, if there is one.
    func flow(_ pieces: [Piece], gap: Double) {
        guard let first = pieces.first else { return }
        let head = pieces.count > 1 ? Piece.stack([first, pieces[1]]) : first
        plan.flow(head, gap: gap)
        for piece in pieces.dropFirst(2) { plan.flow(piece) }
    }
}

/// The pictures of one document, each decoded once.
private final class PictureShelf {
    private var known: [DocumentPicture: Picture?] = [:]
    private var bytes = 0

    /// Bytes of all pictures of a document together; further ones are left out.
    private static let maximumBytes = 24 << 20

    func picture(_ picture: DocumentPicture) -> Picture? {
        if let found = known[picture] { return found }
        bytes += picture.bytes.count
        let made = bytes <= Self.maximumBytes ? Picture(picture) : nil
        known[picture] = .some(made)
        return made
    }
}
