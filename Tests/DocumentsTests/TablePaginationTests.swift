import Documents
import Testing

@Suite("Rows on pages")
struct TablePaginationTests {
    private func pages(_ count: Int, first: Double = 100, next: Double = 100, carried: Double = 10, tail: Double = 0)
        -> [Range<Int>]
    {
        TablePagination(
            rows: Array(repeating: 20, count: count), firstSpace: first, nextSpace: next, carriedRow: carried,
            tail: tail
        ).pages()
    }

    @Test("Rows that fit stay on one page, without room for a carried sum")
    func onePage() { #expect(pages(5) == [0..<5]) }

    @Test("Pages that go on keep room for the sums carried over and brought forward")
    func carriedSums() { #expect(pages(9) == [0..<4, 4..<8, 8..<9]) }

    @Test("The totals take the last row with them")
    func tailWithCompany() { #expect(pages(5, tail: 30) == [0..<4, 4..<5]) }

    @Test("A table that doesn't fit below the head begins on the next page")
    func noRoomOnFirst() { #expect(pages(3, first: 15) == [0..<0, 0..<3]) }

    @Test("Every row stands on exactly one page", arguments: 1...60)
    func completeness(count: Int) {
        let heights = (0..<count).map { Double(5 + ($0 * 37) % 90) }
        let pages = TablePagination(rows: heights, firstSpace: 60, nextSpace: 110, carriedRow: 10, tail: 25).pages()
        #expect(pages.flatMap { Array($0) } == Array(0..<count))
    }
}
