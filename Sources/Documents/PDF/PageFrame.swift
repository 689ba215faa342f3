/// Where things stand on an A4 page, in points: margins of 14 mm at the sides, a running head from the second page on and a foot.
enum PageFrame {
    static let left = 40.0
    static let right = Canvas.pageWidth - 40
    static let width = right - left
    static let top = 34.0
    /// The last point that content may use.
    static let bottom = Canvas.pageHeight - 46
    static let foot = Canvas.pageHeight - 36
    static let runningHead = 34.0
    /// Where content begins from the second page on.
    static let topBelowHead = 60.0
    /// A row of goods or a paragraph higher than this is cut into several.
    static let tallest = 260.0
}

/// A part of the document with a known height that stands on one page.
struct Piece {
    let height: Double
    /// Draws it with its top edge at the given y.
    let draw: (Canvas, Double) -> Void

    static func space(_ height: Double) -> Piece { Piece(height: height) { _, _ in } }

    /// Pieces below one another that are never parted.
    static func stack(_ pieces: [Piece]) -> Piece {
        Piece(height: pieces.reduce(0) { $0 + $1.height }) { canvas, top in
            var y = top
            for piece in pieces {
                piece.draw(canvas, y)
                y += piece.height
            }
        }
    }

    /// Pieces side by side.
    static func row(_ pieces: [Piece]) -> Piece {
        Piece(height: pieces.reduce(0) { max($0, $1.height) }) { canvas, top in
            for piece in pieces { piece.draw(canvas, top) }
        }
    }
}

/// The pages of a document while they are being filled from top to bottom.
struct PagePlan {
    /// What is drawn on each page.
    private(set) var pages: [[(Canvas) -> Void]] = [[]]
    private(set) var y = PageFrame.top

    var remaining: Double { PageFrame.bottom - y }
    var isAtTop: Bool { y <= (pages.count == 1 ? PageFrame.top : PageFrame.topBelowHead) }
    var space: Double { PageFrame.bottom - PageFrame.topBelowHead }

    mutating func place(_ piece: Piece) {
        let top = y
        pages[pages.count - 1].append { canvas in piece.draw(canvas, top) }
        y += piece.height
    }

    mutating func breakPage() {
        pages.append([])
        y = PageFrame.topBelowHead
    }

    /// Places `piece` on this page, or on the next if it doesn't fit; a leading gap is left out at the top of a page.
    mutating func flow(_ piece: Piece, gap: Double = 0) {
        if !isAtTop {
            if piece.height + gap > remaining { breakPage() } else { y += gap }
        }
        place(piece)
    }
}
