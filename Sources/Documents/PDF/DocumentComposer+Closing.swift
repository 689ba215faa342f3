extension DocumentComposer {
    /// Charges and totals at the right, below the goods.
    func totalsPiece() -> Piece {
        let rows = document.charges.prefix(12) + document.totals.prefix(8)
        guard !rows.isEmpty else { return .space(0) }
        let width = 250.0
        let x = PageFrame.right - width
        var pieces: [Piece] = [.space(gap(4))]
        for (index, row) in rows.enumerated() {
            let isGrand = index == rows.count - 1 && !document.totals.isEmpty
            pieces.append(amountRow(row, x: x, width: width, isGrand: isGrand))
        }
        return .stack(pieces)
    }

    private func amountRow(_ row: AmountRow, x: Double, width: Double, isGrand: Bool) -> Piece {
        let amountWidth = width * 0.56
        let name = type.block(
            isGrand ? runs(row.label, .strong, .body) : runs(row.label, .beside, .beside),
            width: width - amountWidth - 8)
        let amount = type.block(
            PrintableText.clean(row.amount, limit: 80), isGrand ? .total : .body, width: amountWidth, alignment: .right)
        let padding = gap(isGrand ? 4.0 : 1.4)
        let height = max(name.height, amount.height) + 2 * padding
        return Piece(height: height) { canvas, y in
            if isGrand {
                canvas.rule(from: x, to: PageFrame.right, y: y, .accent, width: 1)
            }
            name.draw(canvas, x: x + 4, y: y + padding + (amount.height - min(name.height, amount.height)) / 2)
            amount.draw(canvas, x: PageFrame.right - amountWidth - 4, y: y + padding)
        }
    }

    /// Words, packing, terms, bank, remarks and signatures.
    func composeClosing() {
        composeWords()
        if !document.packing.isEmpty { flow([hairline()] + strip(Array(document.packing.prefix(24))), gap: gap(7)) }
        composeTerms()
        composeBank()
        composeSignatures()
    }

    private func composeWords() {
        var pieces: [Piece] = []
        let words = document.amountInWords
        if language != .chinese {
            pieces += paragraph(words.en, .strong, x: PageFrame.left + 10, width: PageFrame.width - 20)
        }
        if language != .english {
            let style = language == .chinese ? TextStyle.strong : .body
            pieces += paragraph(words.zh, style, x: PageFrame.left + 10, width: PageFrame.width - 20)
        }
        guard !pieces.isEmpty else { return }
        let inner = Piece.stack(pieces)
        let padding = gap(4.5)
        let height = inner.height + 2 * padding
        let box = Piece(height: height) { canvas, y in
            canvas.fill(PageFrame.left, y, PageFrame.width, height, .fill)
            inner.draw(canvas, y + padding)
        }
        plan.flow(box, gap: gap(6))
    }

    private var remarks: [LabelledText] {
        document.remarks.isEmpty ? [] : [LabelledText(zh: "备注", en: "Remarks", document.remarks)]
    }

    /// Each term as a paragraph beside its label.
    private func composeTerms() {
        let labelWidth = 118.0
        var pieces: [Piece] = []
        for term in document.terms.prefix(60) + remarks {
            let name = label(term.label, width: labelWidth - 10)
            let text = paragraph(term.text, .body, x: PageFrame.left + labelWidth, width: PageFrame.width - labelWidth)
            let first = text.first ?? .space(0)
            let named = Piece(height: max(name.height + 1.4, first.height)) { canvas, y in
                name.draw(canvas, x: PageFrame.left, y: y + 1.4)
                first.draw(canvas, y)
            }
            pieces.append(.stack([named, .space(text.count > 1 ? 0 : gap(2))]))
            pieces += text.dropFirst()
        }
        guard !pieces.isEmpty else { return }
        flow([heading(BilingualText(zh: "条款", en: "Terms"))] + pieces, gap: gap(6))
    }

    /// The account to pay to, in a box that stands out, since a payment hangs on every character of it.
    private func composeBank() {
        guard !document.bank.isEmpty else { return }
        let inset = 10.0
        let gutter = 18.0
        let width = (PageFrame.width - 2 * inset - gutter) / 2
        let labelWidth = 86.0
        let rows = document.bank.prefix(16).map { item in
            (label(item.label, width: labelWidth - 6), PrintableText.clean(item.text, limit: 400))
        }
        var pieces: [Piece] = []
        for start in stride(from: 0, to: rows.count, by: 2) {
            let cells = rows[start..<min(start + 2, rows.count)].enumerated().map { index, row in
                let x = PageFrame.left + inset + Double(index) * (width + gutter)
                let text = type.block(row.1, .body, width: width - labelWidth)
                return Piece(height: max(row.0.height + 1.4, text.height) + 2) { canvas, y in
                    row.0.draw(canvas, x: x, y: y + 1.4)
                    text.draw(canvas, x: x + labelWidth, y: y)
                }
            }
            pieces.append(.row(cells))
        }
        let title = type.block(runs(BilingualText(zh: "收款银行", en: "Bank details"), .head, .headBeside))
        let inner = Piece.stack([piece(title, x: PageFrame.left + inset, below: 4)] + pieces)
        let height = inner.height + 11
        plan.flow(
            Piece(height: height) { canvas, y in
                canvas.fill(PageFrame.left, y, PageFrame.width, height, .fill)
                canvas.fill(PageFrame.left, y, 2, height, .accent)
                inner.draw(canvas, y + 6)
            }, gap: gap(6))
    }

    /// Side by side, each with room for a signature and a stamp; never parted.
    private func composeSignatures() {
        let signatures = document.signatures.prefix(3)
        guard !signatures.isEmpty else { return }
        let count = max(2, signatures.count)
        let gutter = 36.0
        let width = (PageFrame.width - gutter * Double(count - 1)) / Double(count)
        let offset = signatures.count == 1 ? 1 : 0
        let places = signatures.enumerated().map { index, signature in
            signaturePiece(signature, x: PageFrame.left + Double(index + offset) * (width + gutter), width: width)
        }
        plan.flow(.row(places), gap: gap(10))
    }

    private func signaturePiece(_ signature: SignatureBlock, x: Double, width: Double) -> Piece {
        let name = label(signature.label, width: width)
        let company = type.block(PrintableText.clean(signature.company, limit: 200), .strong, width: width)
        let hint = label(BilingualText(zh: "授权签字及盖章", en: "Authorised signature and stamp"), width: width)
        let note = type.block(PrintableText.clean(signature.note, limit: 200), .beside, width: width)
        let line = name.height + company.height + 44
        return Piece(height: line + 4 + hint.height + note.height) { canvas, y in
            name.draw(canvas, x: x, y: y)
            company.draw(canvas, x: x, y: y + name.height + 1)
            canvas.rule(from: x, to: x + width, y: y + line, .strongLine, width: 0.7)
            hint.draw(canvas, x: x, y: y + line + 3)
            note.draw(canvas, x: x, y: y + line + 4 + hint.height)
        }
    }
}
