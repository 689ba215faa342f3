import Values

extension DocumentComposer {
    private static var logoHeight: Double { 44 }

    /// The letterhead with the title at its right, closed by a rule.
    func composeHead() {
        let titleWidth = 210.0
        let logo = picture(document.seller.logo)
        let logoWidth = logo.map { min(Self.logoHeight * $0.width / $0.height, 96) + 12 } ?? 0
        let sellerWidth = PageFrame.width - titleWidth - 16 - logoWidth
        var seller = stack(
            party: document.seller, x: PageFrame.left + logoWidth, width: sellerWidth, asLetterhead: true)
        if let logo {
            let mark = Piece(height: Self.logoHeight) { canvas, y in
                logo.draw(canvas, x: PageFrame.left, y: y, width: logoWidth - 12, height: Self.logoHeight)
            }
            seller = [.row([mark, .stack(seller)])]
        }
        let right = PageFrame.right - titleWidth
        var titles: [Piece] = []
        for (text, style) in titleTexts {
            let block = type.block(text, style, width: titleWidth, alignment: .right)
            titles.append(piece(block, x: right))
        }
        plan.place(.row([.stack(seller), .stack(titles)]))
        plan.place(
            Piece(height: 19) { canvas, y in
                canvas.rule(from: PageFrame.left, to: PageFrame.right, y: y + 8.5, .strongLine)
                canvas.rule(from: PageFrame.left, to: PageFrame.left + 44, y: y + 8.5, .accent, width: 2)
            })
    }

    private var titleTexts: [(String, TextStyle)] {
        let en = PrintableText.clean(title.en, limit: 120).uppercased()
        let zh = PrintableText.clean(title.zh, limit: 120)
        switch language {
        case .english: return [(en, .title)]
        case .chinese: return [(zh, .title)]
        case .bilingual: return [(en, .title), (zh, .titleBeside)]
        }
    }

    /// Buyer and further parties at the left, number, dates and references at the right.
    func composeParties() {
        let gutter = 22.0
        let leftWidth = (PageFrame.width - gutter) * 0.46
        let rightX = PageFrame.left + leftWidth + gutter
        var left: [Piece] = []
        let parties =
            [LabelledParty(label: document.kind.counterparty, party: document.buyer)]
            + document.furtherParties.prefix(4)
        for labelled in parties {
            if !left.isEmpty { left.append(.space(gap(6))) }
            left.append(piece(label(labelled.label, width: leftWidth), x: PageFrame.left, below: 1.5))
            left += stack(party: labelled.party, x: PageFrame.left, width: leftWidth, asLetterhead: false)
        }
        let right = pairs(
            identity + document.references.prefix(16), x: rightX, width: PageFrame.right - rightX, labelWidth: 86)
        let columns = Piece.row([.stack(left), .stack(right)])
        if columns.height <= plan.remaining {
            plan.place(columns)
        } else {
            for piece in left + right { plan.flow(piece) }
        }
    }

    private var identity: [LabelledText] {
        let number = document.version > 0 ? "\(document.number)  V\(document.version)" : document.number
        var rows = [
            LabelledText(zh: "编号", en: "No.", number), LabelledText(zh: "日期", en: "Date", document.date.description),
        ]
        if let until = document.validUntil {
            rows.append(LabelledText(zh: "有效期至", en: "Valid until", until.description))
        }
        return rows
    }

    /// Labels with their texts to the right of them, the first text being strong.
    private func pairs(_ items: [LabelledText], x: Double, width: Double, labelWidth: Double) -> [Piece] {
        items.enumerated().map { index, item in
            let name = label(item.label, width: labelWidth - 6)
            let text = type.block(
                PrintableText.clean(item.text, limit: 600), index == 0 ? .strong : .body, width: width - labelWidth)
            return Piece(height: max(name.height, text.height) + gap(2.4)) { canvas, y in
                name.draw(canvas, x: x, y: y + 1.4)
                text.draw(canvas, x: x + labelWidth, y: y)
            }
        }
    }

    private func stack(party: DocumentParty, x: Double, width: Double, asLetterhead: Bool) -> [Piece] {
        var pieces: [Piece] = []
        func add(_ text: String, _ style: TextStyle, limit: Int = 300) {
            let clean = PrintableText.clean(text, limit: limit)
            if !clean.isEmpty { pieces.append(piece(type.block(clean, style, width: width), x: x)) }
        }
        let hasBoth = !party.name.en.isEmpty && !party.name.zh.isEmpty && language == .bilingual
        let main =
            language == .chinese && !party.name.zh.isEmpty || party.name.en.isEmpty ? party.name.zh : party.name.en
        add(main, asLetterhead ? .company : .strong)
        if hasBoth, party.name.zh != party.name.en { add(party.name.zh, asLetterhead ? .companyBeside : .body) }
        if asLetterhead { pieces.append(.space(gap(3))) }
        for line in party.address.prefix(6) { add(line, asLetterhead ? .beside : .body) }
        let contacts = party.contacts.prefix(6).joined(separator: "  ·  ")
        add(contacts, .beside, limit: 600)
        return pieces
    }

    /// Ports, vessel and dates in a strip of up to four columns.
    func composeTransport() {
        guard !document.transport.isEmpty else { return }
        let rows = strip(Array(document.transport.prefix(16)))
        flow([hairline()] + rows, gap: gap(6))
    }

    /// Labels above their texts, side by side, four in a row.
    func strip(_ items: [LabelledText]) -> [Piece] {
        let columns = items.count <= 3 || items.count == 5 || items.count == 6 || items.count == 9 ? 3 : 4
        let gutter = 14.0
        let width = (PageFrame.width - gutter * Double(columns - 1)) / Double(columns)
        return stride(from: 0, to: items.count, by: columns).map { start in
            let cells = items[start..<min(start + columns, items.count)].enumerated().map { index, item in
                let x = PageFrame.left + Double(index) * (width + gutter)
                let text = type.block(PrintableText.clean(item.text, limit: 300), .body, width: width)
                return Piece.stack([
                    piece(label(item.label, width: width), x: x, below: 0.5), piece(text, x: x, below: gap(4)),
                ])
            }
            return .row(cells)
        }
    }
}
