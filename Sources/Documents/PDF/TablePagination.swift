/// Divides the measured rows of a table among pages. No row is cut.
package struct TablePagination {
    /// Height of each row, in order; none is higher than a page.
    package var rows: [Double]
    /// Room for rows on the page on which the table begins, and on each further one; the heading is taken off already.
    package var firstSpace: Double
    package var nextSpace: Double
    /// Height of the row that names the sum carried over or brought forward; 0 when there is none.
    package var carriedRow: Double
    /// Height of the totals, which don't stand on a page without a row of goods if that can be helped.
    package var tail: Double

    package init(rows: [Double], firstSpace: Double, nextSpace: Double, carriedRow: Double, tail: Double) {
        self.rows = rows
        self.firstSpace = firstSpace
        self.nextSpace = nextSpace
        self.carriedRow = carriedRow
        self.tail = tail
    }

    /// One range of row indices per page, in order. The first is empty when not even one row fits below what is on the
    /// first page already.
    package func pages() -> [Range<Int>] {
        guard !rows.isEmpty else { return [0..<0] }
        var pages: [Range<Int>] = []
        var start = 0
        while start < rows.count {
            let space = (pages.isEmpty ? firstSpace : nextSpace) - (start > 0 ? carriedRow : 0)
            let end = end(from: start, space: space, mayBeEmpty: pages.isEmpty)
            pages.append(start..<end)
            start = end
        }
        return withCompanyForTheTail(pages)
    }

    private func end(from start: Int, space: Double, mayBeEmpty: Bool) -> Int {
        var used = 0.0
        var end = start
        var lastWithCarry = start
        while end < rows.count, used + rows[end] <= space {
            used += rows[end]
            end += 1
            if used + carriedRow <= space { lastWithCarry = end }
        }
        if end == rows.count { return end }
        return max(lastWithCarry, mayBeEmpty ? start : start + 1)
    }

    private func withCompanyForTheTail(_ pages: [Range<Int>]) -> [Range<Int>] {
        guard let last = pages.last, last.count > 1 else { return pages }
        let space = (pages.count == 1 ? firstSpace : nextSpace) - (last.lowerBound > 0 ? carriedRow : 0)
        let used = rows[last].reduce(0, +)
        guard used + tail > space else { return pages }
        let cut = last.upperBound - 1
        return pages.dropLast() + [last.lowerBound..<cut, cut..<last.upperBound]
    }
}
