/// Renders documents as PDF on one thread.
///
/// It must stay on the thread that made it; use `PDFWorker` from anywhere else. The first document of a thread costs
/// about a third of a second for loading fonts, a page after that a few milliseconds.
final class PDFRenderer {
    static let maximumLines = 5000
    static let maximumPages = 300
    /// UTF-8 bytes of all cells together.
    static let maximumText = 2 << 20

    private let type = Typesetter()

    func render(_ document: TradeDocument) throws(PDFError) -> PDFResult {
        try Self.checkSize(document)
        let hash = document.contentHash
        let plan = try DocumentComposer.plan(document, type)
        let canvas = Canvas(
            title: title(document), author: PrintableText.clean(document.seller.name.en, limit: 200),
            created: document.date)
        let ornaments = PageOrnaments(document, type, pages: plan.pages.count, hash: hash)
        for (index, page) in plan.pages.enumerated() {
            ornaments.drawBelow(canvas)
            for draw in page { draw(canvas) }
            ornaments.drawAround(canvas, page: index + 1)
            canvas.endPage()
        }
        return PDFResult(bytes: try canvas.finish(), pages: plan.pages.count, hash: hash)
    }

    private static func checkSize(_ document: TradeDocument) throws(PDFError) {
        guard document.lines.count <= maximumLines else { throw .tooLong }
        var bytes = 0
        for line in document.lines {
            for cell in line.cells { bytes += min(cell.utf8.count, 3 * PrintableText.maximumLength) }
        }
        guard bytes <= maximumText else { throw .tooLong }
    }

    private func title(_ document: TradeDocument) -> String {
        let title = document.title ?? document.kind.title
        return PrintableText.clean("\(title.en) \(title.zh) \(document.number)", limit: 300)
    }
}

/// What stands on every page around its content: running head, foot, watermark.
private struct PageOrnaments {
    private let type: Typesetter
    private let pages: Int
    private let language: DocumentLanguage
    private let seller: TextBlock
    private let heading: TextBlock
    private let mark: TextBlock
    private let watermark: TextBlock?

    init(_ document: TradeDocument, _ type: Typesetter, pages: Int, hash: String) {
        self.type = type
        self.pages = pages
        language = document.language
        let half = PageFrame.width / 2 - 8
        let name = document.language == .chinese ? document.seller.name.zh : document.seller.name.en
        seller = type.block(PrintableText.clean(name, limit: 80), .beside, width: half)
        let number = PrintableText.clean(document.number, limit: 60)
        let version = document.version > 0 ? "  V\(document.version)" : ""
        let title = document.title ?? document.kind.title
        let words = document.language == .chinese ? title.zh : title.en
        heading = type.block(
            PrintableText.clean(words, limit: 60) + "  " + number + version, .beside, width: half, alignment: .right)
        mark = type.block("\(number)\(version)  ·  \(hash.prefix(12))", .footer)
        watermark = document.isDraft ? Self.watermark(document.language, type) : nil
    }

    func drawBelow(_ canvas: Canvas) {
        if let watermark { canvas.drawAcross(watermark) }
    }

    func drawAround(_ canvas: Canvas, page: Int) {
        if page > 1 {
            seller.draw(canvas, x: PageFrame.left, y: PageFrame.runningHead)
            heading.draw(canvas, x: PageFrame.left + PageFrame.width / 2 + 8, y: PageFrame.runningHead)
            canvas.rule(
                from: PageFrame.left, to: PageFrame.right, y: PageFrame.runningHead + 15, .strongLine)
        }
        canvas.rule(from: PageFrame.left, to: PageFrame.right, y: PageFrame.foot, .line)
        mark.draw(canvas, x: PageFrame.left, y: PageFrame.foot + 5)
        let count = type.block(pageText(page), .footer, width: 200, alignment: .right)
        count.draw(canvas, x: PageFrame.right - 200, y: PageFrame.foot + 5)
    }

    private func pageText(_ page: Int) -> String {
        let en = "Page \(page) / \(pages)"
        let zh = "第 \(page) 页 共 \(pages) 页"
        switch language {
        case .english: return en
        case .chinese: return zh
        case .bilingual: return en + "  ·  " + zh
        }
    }

    private static func watermark(_ language: DocumentLanguage, _ type: Typesetter) -> TextBlock {
        let text = language == .english ? "DRAFT" : language == .chinese ? "草稿" : "DRAFT 草稿"
        return type.block(text, .watermark)
    }
}
