/// Two people's changes to the same lines, laid upon one another by line and cell.
///
/// Cells that only one side changed stand as that side left them; the same cell changed differently waits for a choice,
/// with the author's text in it meanwhile. Lines that only one side added stay, lines that only one side took out go,
/// unless the other side changed them.
struct LineMerge {
    struct Row: Hashable {
        var id: String
        /// All that the form shows of it.
        var texts: [String: String]
        /// What the author changed of it: what has to be sent.
        var written: [String: String] = [:]
    }

    /// A cell that both changed differently.
    struct Clash: Hashable {
        let id: String
        let place: Int
        let cell: String
        let theirs: String
        let mine: String
    }

    /// A line that one side took out and the other changed: it stays, and the author hears of it.
    struct Kept: Hashable {
        let place: Int
        /// The author took it out, not the others.
        let isOutByAuthor: Bool
    }

    private(set) var rows: [Row] = []
    private(set) var clashes: [Clash] = []
    private(set) var kept: [Kept] = []
    /// The author changed something.
    private(set) var hasOurs = false
    /// Others changed something.
    private(set) var hasTheirs = false

    var isSettled: Bool { clashes.isEmpty && kept.isEmpty }

    private let before: [String: FormValues.Line]
    private let now: [String: FormValues.Line]
    private let plain: (String, String) -> String

    /// - Parameters:
    ///   - before: the lines as the author's form held them when it was opened.
    ///   - mine: as the author sent them; lines without an id are new, cells without a control are not there.
    ///   - now: as they are stored.
    ///   - plain: cell and text → the text that two sides are compared by.
    init(
        before: [FormValues.Line], mine: [FormValues.Line], now: [FormValues.Line],
        plain: @escaping (_ cell: String, _ text: String) -> String
    ) {
        func byID(_ lines: [FormValues.Line]) -> [String: FormValues.Line] {
            Dictionary(lines.filter { !$0.id.isEmpty }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        self.before = byID(before)
        self.now = byID(now)
        self.plain = plain
        let sent = mine.filter { line in !line.id.isEmpty || line.texts.contains { !plain($0, $1).isEmpty } }
        let order = Self.order(before: before.map(\.id), mine: sent, now: now.map(\.id))
        let own = byID(sent)
        var clashing: [(row: Int, cell: String, theirs: String, mine: String)] = []
        for step in order {
            switch step {
            case .added(let place):
                let texts = sent[place].texts
                rows.append(Row(id: "", texts: texts, written: texts))
                hasOurs = true
            case .line(let id): take(id, own[id], &clashing)
            }
        }
        if order.isMoved { hasOurs = true }
        clashes = clashing.map {
            Clash(id: rows[$0.row].id, place: $0.row, cell: $0.cell, theirs: $0.theirs, mine: $0.mine)
        }
    }

    // MARK: A line

    private mutating func take(
        _ id: String, _ own: FormValues.Line?,
        _ clashing: inout [(row: Int, cell: String, theirs: String, mine: String)]
    ) {
        switch (before[id], own, now[id]) {
        case (let old?, let own?, let stored?): merge(old, own, stored, &clashing)
        case (let old?, let own?, nil):
            hasTheirs = true
            guard isChanged(own, since: old) else { return }
            kept.append(Kept(place: rows.count, isOutByAuthor: false))
            rows.append(Row(id: "", texts: old.texts.merging(own.texts) { $1 }, written: own.texts))
            hasOurs = true
        case (let old?, nil, let stored?):
            guard isChanged(stored, since: old) else {
                hasOurs = true
                return
            }
            hasTheirs = true
            kept.append(Kept(place: rows.count, isOutByAuthor: true))
            rows.append(Row(id: id, texts: stored.texts))
        case (nil, _, let stored?):
            hasTheirs = true
            rows.append(Row(id: id, texts: stored.texts))
        default: break
        }
    }

    private mutating func merge(
        _ old: FormValues.Line, _ own: FormValues.Line, _ stored: FormValues.Line,
        _ clashing: inout [(row: Int, cell: String, theirs: String, mine: String)]
    ) {
        var row = Row(id: stored.id, texts: stored.texts)
        if isChanged(stored, since: old) { hasTheirs = true }
        for (cell, text) in own.texts.sorted(by: { $0.key < $1.key }) where !cell.hasSuffix(".q") {
            let wish = plain(cell, text)
            let was = plain(cell, old.texts[cell] ?? "")
            let current = plain(cell, stored.texts[cell] ?? "")
            guard wish != was, wish != current else { continue }
            row.texts[cell] = text
            row.written[cell] = text
            hasOurs = true
            if current != was { clashing.append((rows.count, cell, stored.texts[cell] ?? "", text)) }
        }
        rows.append(row)
    }

    private func isChanged(_ line: FormValues.Line, since old: FormValues.Line) -> Bool {
        line.texts.contains { cell, text in
            !cell.hasSuffix(".q") && plain(cell, text) != plain(cell, old.texts[cell] ?? "")
        }
    }

    // MARK: The order

    private enum Step {
        case line(String)
        /// The place among what the author sent.
        case added(Int)
    }

    private struct Order: Sequence {
        var steps: [Step]
        let isMoved: Bool
        func makeIterator() -> IndexingIterator<[Step]> { steps.makeIterator() }
    }

    /// The order of now with the author's new lines behind those they were added to; the author's order when they moved
    /// lines, with the new lines of others behind theirs.
    private static func order(before: [String], mine: [FormValues.Line], now: [String]) -> Order {
        let own = mine.map(\.id).filter { !$0.isEmpty }
        let ownSet = Set(own)
        let isMoved = own != before.filter(ownSet.contains)
        let known = Set(before)
        let trunk = isMoved ? own + before.filter { !ownSet.contains($0) } : now + before.filter { !now.contains($0) }
        var steps: [Step] = trunk.filter { !isMoved || known.contains($0) }.map { .line($0) }
        func place(of id: String) -> Int? {
            steps.firstIndex { if case .line(id) = $0 { true } else { false } }
        }
        if isMoved {
            for (index, id) in now.enumerated() where !known.contains(id) {
                let leader = now[..<index].last { place(of: $0) != nil }
                steps.insert(.line(id), at: leader.flatMap(place).map { $0 + 1 } ?? 0)
            }
        }
        var last: Int?
        for (index, line) in mine.enumerated() {
            if !line.id.isEmpty {
                last = place(of: line.id) ?? last
                continue
            }
            var spot = last.map { $0 + 1 } ?? 0
            // What others added at the same place came first.
            while spot < steps.count, case .line(let id) = steps[spot], !known.contains(id) { spot += 1 }
            steps.insert(.added(index), at: spot)
            last = spot
        }
        return Order(steps: steps, isMoved: isMoved)
    }
}
