import Testing

@testable import Web

@Suite("Two who change the same lines")
struct LineMergeTests {
    private func line(_ id: String, _ texts: [String: String]) -> FormValues.Line {
        var line = FormValues.Line(id: id)
        line.texts = texts
        return line
    }

    private func merge(
        _ before: [FormValues.Line], mine: [FormValues.Line], now: [FormValues.Line]
    ) -> LineMerge {
        LineMerge(before: before, mine: mine, now: now) { _, text in text.trimmingSpaces }
    }

    private var before: [FormValues.Line] {
        [line("1", ["qty": "10", "price": "5"]), line("2", ["qty": "20", "price": "6"])]
    }

    @Test("Different cells of one line and different lines are both kept")
    func apart() {
        let merged = merge(
            before, mine: [line("1", ["qty": "11", "price": "5"]), before[1]],
            now: [line("1", ["qty": "10", "price": "4"]), line("2", ["qty": "20", "price": "7"])])
        #expect(merged.isSettled && merged.hasOurs && merged.hasTheirs)
        #expect(merged.rows.map(\.texts) == [["qty": "11", "price": "4"], ["qty": "20", "price": "7"]])
        #expect(merged.rows.map(\.written) == [["qty": "11"], [:]])
    }

    @Test("The same cell waits for a choice, the rest does not")
    func together() {
        let merged = merge(
            before, mine: [line("1", ["qty": "11", "price": "3"]), before[1]],
            now: [line("1", ["qty": "12", "price": "5"]), before[1]])
        #expect(merged.clashes == [.init(id: "1", place: 0, cell: "qty", theirs: "12", mine: "11")])
        #expect(merged.rows[0].texts == ["qty": "11", "price": "3"])
        let same = merge(
            before, mine: [line("1", ["qty": "12", "price": "5"]), before[1]],
            now: [line("1", ["qty": "12", "price": "5"]), before[1]])
        #expect(same.isSettled && !same.hasOurs)
    }

    @Test("A line that one side took out goes, unless the other changed it: then it stays and both are told")
    func takenOut() {
        let gone = merge(before, mine: [before[0]], now: [line("1", ["qty": "10", "price": "4"]), before[1]])
        #expect(gone.isSettled && gone.rows.map(\.id) == ["1"] && gone.rows[0].texts["price"] == "4")
        let changed = merge(before, mine: [before[0]], now: [before[0], line("2", ["qty": "21", "price": "6"])])
        #expect(changed.kept == [.init(place: 1, isOutByAuthor: true)] && changed.rows.map(\.id) == ["1", "2"])
        let lost = merge(before, mine: [before[0], line("2", ["qty": "21", "price": "6"])], now: [before[0]])
        #expect(lost.kept == [.init(place: 1, isOutByAuthor: false)])
        #expect(lost.rows.map(\.id) == ["1", ""] && lost.rows[1].texts == ["qty": "21", "price": "6"])
        #expect(merge(before, mine: before, now: [before[0]]).rows.map(\.id) == ["1"])
    }

    @Test("New lines of both stand behind the line they were added to, the first saved first; a moved line stays moved")
    func order() {
        let mine = [before[0], line("", ["qty": "1"]), before[1], line("", ["qty": "2"]), line("", ["qty": " "])]
        let now = [before[0], line("8", ["qty": "3"]), before[1], line("9", ["qty": "4"])]
        let merged = merge(before, mine: mine, now: now)
        #expect(merged.rows.map { $0.texts["qty"] } == ["10", "3", "1", "20", "4", "2"])
        let moved = merge(before, mine: [before[1], before[0]], now: now)
        #expect(moved.hasOurs && moved.rows.map(\.id) == ["2", "9", "1", "8"])
    }

    /// A sheet as one person leaves it who changes the cells and lines that fall to them.
    private func edited(_ before: [FormValues.Line], _ own: [[Bool]], _ word: String, _ dice: inout Dice) -> [FormValues
        .Line]
    {
        var out: [FormValues.Line] = []
        for (place, line) in before.enumerated() {
            var line = line
            if own[place].allSatisfy(\.self), dice.roll(4) == 0 { continue }
            for (cell, isOwn) in zip(["a", "b", "c"], own[place]) where isOwn && dice.roll(2) == 0 {
                line.texts[cell] = word + String(dice.roll(9))
            }
            out.append(line)
            if dice.roll(5) == 0 { out.append(self.line("", ["a": "new " + word + String(place)])) }
        }
        return out
    }

    private func stored(_ lines: [FormValues.Line], _ prefix: String) -> [FormValues.Line] {
        lines.enumerated().map { place, line in
            var line = line
            if line.id.isEmpty { line.id = prefix + String(place) }
            return line
        }
    }

    @Test("Two edits that touch different cells give the same sheet whichever is saved first", arguments: 0..<300)
    func anyOrder(seed: Int) {
        var dice = Dice(seed: UInt64(seed) + 1)
        let before = (0..<(2 + dice.roll(4))).map { line(String($0), ["a": "x", "b": "y", "c": String($0)]) }
        // Each cell falls to one of the two; whole lines, too.
        let own = before.map { _ in
            let whole = dice.roll(3)
            return (0..<3).map { _ in whole == 0 ? true : whole == 1 ? false : dice.roll(2) == 0 }
        }
        let other = own.map { $0.map { !$0 } }
        let ann = edited(before, own, "ann", &dice)
        let bob = edited(before, other, "bob", &dice)
        let annLast = merge(before, mine: ann, now: stored(bob, "b"))
        let bobLast = merge(before, mine: bob, now: stored(ann, "a"))
        #expect(annLast.isSettled && bobLast.isSettled)
        func told(_ merge: LineMerge) -> [[String: String]] {
            merge.rows.map(\.texts).sorted { $0.description < $1.description }
        }
        func known(_ merge: LineMerge) -> [String] { merge.rows.map(\.id).filter { Int($0) != nil } }
        #expect(Set(told(annLast)) == Set(told(bobLast)) && annLast.rows.count == bobLast.rows.count)
        #expect(known(annLast) == known(bobLast))
    }
}

/// Throws that are the same in every run.
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    /// 0 up to, not including, `sides`.
    mutating func roll(_ sides: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(sides))
    }
}
