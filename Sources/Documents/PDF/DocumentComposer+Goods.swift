import Values

extension DocumentComposer {
    /// Where a column of the goods table stands.
    struct ColumnPlace {
        let column: LineColumn
        let x: Double
        let width: Double
    }

    /// The table of goods over as many pages as it needs, with its heading on each and sums carried over.
    func composeGoods() throws(PDFError) {
        guard !document.columns.isEmpty else { return }
        let places = columnPlaces
        let head = tableHead(places)
        let rows = try allRows(places)
        let totals = totalsPiece()
        let sums = carriedSums(rows.map(\.amount))
        let gap = self.gap(7)
        let pagination = TablePagination(
            rows: rows.map(\.piece.height), firstSpace: plan.remaining - gap - head.height,
            nextSpace: plan.space - head.height, carriedRow: sums == nil ? 0 : 18, tail: totals.height)
        for (index, range) in pagination.pages().enumerated() {
            if index > 0 { plan.breakPage() }
            if range.isEmpty, !rows.isEmpty { continue }
            if index == 0 { plan.place(.space(gap)) }
            plan.place(head)
            if range.lowerBound > 0, let sums { plan.place(carried(forward: true, sums[range.lowerBound - 1])) }
            for row in rows[range] { plan.place(row.piece) }
            if range.upperBound < rows.count, let sums {
                plan.place(carried(forward: false, sums[range.upperBound - 1]))
            }
            guard plan.pages.count <= PDFRenderer.maximumPages else { throw .tooLong }
        }
        plan.flow(totals)
    }

    /// The rows of all lines; stops as soon as they are sure not to fit the pages that a document may have.
    private func allRows(_ places: [ColumnPlace]) throws(PDFError) -> [(piece: Piece, amount: ExactDecimal?)] {
        var rows: [(piece: Piece, amount: ExactDecimal?)] = []
        var height = 0.0
        for line in document.lines {
            for row in tableRows(line, places) {
                height += row.piece.height
                rows.append(row)
            }
            guard height <= plan.space * Double(PDFRenderer.maximumPages) else { throw .tooLong }
        }
        return rows
    }

    private var columnPlaces: [ColumnPlace] {
        let columns = document.columns.prefix(12)
        let shares = Double(columns.reduce(0) { $0 + max(1, $1.share) })
        var x = PageFrame.left
        return columns.map { column in
            let width = PageFrame.width * Double(max(1, column.share)) / shares
            defer { x += width }
            return ColumnPlace(column: column, x: x, width: width)
        }
    }

    private static var padding: Double { 4 }

    private func tableHead(_ places: [ColumnPlace]) -> Piece {
        let blocks = places.map { place in
            let runs: [TextRun]
            let label = place.column.label
            if language == .bilingual, !label.en.isEmpty, !label.zh.isEmpty {
                runs = [
                    TextRun(PrintableText.clean(label.en, limit: 80) + "\n", .head),
                    TextRun(PrintableText.clean(label.zh, limit: 80), .headBeside),
                ]
            } else {
                runs = self.runs(label, .head, .headBeside)
            }
            return type.block(runs, width: place.width - 2 * Self.padding, alignment: place.column.alignment)
        }
        let padding = gap(4)
        let height = (blocks.map(\.height).max() ?? 0) + 2 * padding
        return Piece(height: height) { canvas, y in
            canvas.fill(PageFrame.left, y, PageFrame.width, height, .fill)
            canvas.rule(from: PageFrame.left, to: PageFrame.right, y: y + height, .strongLine)
            for (place, block) in zip(places, blocks) { block.draw(canvas, x: place.x + Self.padding, y: y + padding) }
        }
    }

    /// One piece for a line of goods, or several when its texts are too tall to stay together.
    private func tableRows(_ line: DocumentLine, _ places: [ColumnPlace]) -> [(piece: Piece, amount: ExactDecimal?)] {
        let texts = places.indices.map { index in
            let isText = line.cells.indices.contains(index) && !places[index].column.showsPicture
            return PrintableText.clean(isText ? line.cells[index] : "")
        }
        let blocks = zip(texts, places).map { text, place in cell(text, place, isContinued: false) }
        let picture = places.contains { $0.column.showsPicture } ? picture(line.picture) : nil
        let cuts = blocks.map { $0.cuts(limit: PageFrame.tallest) }
        guard cuts.contains(where: { !$0.isEmpty }) else {
            return [(row(blocks, places, picture, isLast: true), line.amount)]
        }
        let parts = zip(texts, cuts).map { text, cuts in pieces(of: text, at: cuts) }
        let count = parts.map(\.count).max() ?? 1
        return (0..<count).map { index in
            let blocks = zip(parts, places).map { part, place in
                cell(part.indices.contains(index) ? part[index] : "", place, isContinued: index > 0)
            }
            let isFirst = index == 0
            let piece = row(blocks, places, isFirst ? picture : nil, isLast: index == count - 1)
            return (piece, isFirst ? line.amount : nil)
        }
    }

    /// The first line of a cell is set as the name of the thing, further ones smaller as its details.
    private func cell(_ text: String, _ place: ColumnPlace, isContinued: Bool) -> TextBlock {
        let width = place.width - 2 * Self.padding
        let alignment = place.column.alignment
        if isContinued { return type.block(text, .cell, width: width, alignment: alignment) }
        guard let end = text.firstIndex(of: "\n") else {
            return type.block(text, .cell, width: width, alignment: alignment)
        }
        let name = TextRun(String(text[...end]), .cell)
        let details = TextRun(String(text[text.index(after: end)...]), .beside)
        return type.block([name, details], width: width, alignment: alignment)
    }

    private static var pictureHeight: Double { 44 }

    private func row(_ blocks: [TextBlock], _ places: [ColumnPlace], _ picture: Picture?, isLast: Bool) -> Piece {
        let padding = gap(3.6)
        let tallest = max(blocks.map(\.height).max() ?? 0, picture == nil ? 0 : Self.pictureHeight)
        let height = tallest + (isLast ? 2 * padding : padding)
        return Piece(height: height) { canvas, y in
            for place in places where place.column.showsPicture {
                let width = place.width - 2 * Self.padding
                picture?.draw(
                    canvas, x: place.x + Self.padding, y: y + padding, width: width, height: Self.pictureHeight)
            }
            for (place, block) in zip(places, blocks) { block.draw(canvas, x: place.x + Self.padding, y: y + padding) }
            if isLast { canvas.rule(from: PageFrame.left, to: PageFrame.right, y: y + height, .line) }
        }
    }

    /// The running sum after each row; nil when the lines have no amounts or the sum overflows.
    private func carriedSums(_ amounts: [ExactDecimal?]) -> [String]? {
        guard amounts.contains(where: { $0 != nil }) else { return nil }
        var sum = ExactDecimal.zero
        var texts: [String] = []
        texts.reserveCapacity(amounts.count)
        for amount in amounts {
            do {
                if let amount { sum = try sum + amount }
                texts.append(document.currency + " " + GroupedNumber.text(try sum.rounded(to: document.amountScale)))
            } catch {
                return nil
            }
        }
        return texts
    }

    private func carried(forward: Bool, _ sum: String) -> Piece {
        let text =
            forward
            ? BilingualText(zh: "承前页", en: "Brought forward") : BilingualText(zh: "过次页", en: "Carried over")
        let name = type.block(runs(text, .beside, .beside))
        let amount = type.block(PrintableText.clean(sum, limit: 60), .beside, width: 200, alignment: .right)
        return Piece(height: 18) { canvas, y in
            name.draw(canvas, x: PageFrame.left + Self.padding, y: y + 3.8)
            amount.draw(canvas, x: PageFrame.right - 200 - Self.padding, y: y + 3.8)
            canvas.rule(from: PageFrame.left, to: PageFrame.right, y: y + 18, forward ? .line : .strongLine)
        }
    }
}

/// Numbers as documents show them.
enum GroupedNumber {
    /// `-1234567.5` as `-1,234,567.5`.
    static func text(_ number: ExactDecimal) -> String {
        let plain = number.magnitude.description
        let whole = plain.prefix { $0 != "." }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        return (number.isNegative ? "-" : "") + grouped + plain.dropFirst(whole.count)
    }
}
