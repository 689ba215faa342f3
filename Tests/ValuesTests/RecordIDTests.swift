import Testing
import Values

@Suite("Record ids")
struct RecordIDTests {
    @Test("An id carries its instant, its version and its variant")
    func form() {
        let id = RecordID(at: Instant(milliseconds: 0x0123_4567_89AB), random: (.max, .max))
        #expect(id.description == "01234567-89ab-7fff-bfff-ffffffffffff")
        let empty = RecordID(at: Instant(milliseconds: 0), random: (0, 0))
        #expect(empty.description == "00000000-0000-7000-8000-000000000000")
    }

    @Test("Ids sort by creation, and so do their bytes")
    func order() {
        var generator = SeededGenerator(seed: 3)
        var earlier = RecordID(at: Instant(milliseconds: 0), random: (0, 0))
        for step in 1...2000 {
            let random = (generator.next(), generator.next())
            let later = RecordID(at: Instant(milliseconds: Int64(step) * 977), random: random)
            #expect(earlier < later)
            #expect(earlier.bytes.lexicographicallyPrecedes(later.bytes))
            earlier = later
        }
    }

    @Test("Text and bytes read back as the id")
    func reading() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<2000 {
            let id = RecordID(high: generator.next(), low: generator.next())
            #expect(RecordID(id.description) == id)
            #expect(RecordID(id.description.uppercased()) == id)
            #expect(RecordID(bytes: id.bytes) == id)
        }
    }

    @Test(
        "What is no id is refused",
        arguments: [
            "", "0123456789ab7fffbfffffffffffffff", "01234567-89ab-7fff-bfff-fffffffffffg",
            "01234567+89ab-7fff-bfff-ffffffffffff",
            "{1234567-89ab-7fff-bfff-ffffffffffff", "01234567-89ab-7fff-bfff-ffffffffffff0",
        ])
    func refusing(text: String) {
        #expect(RecordID(text) == nil)
    }

    @Test("Another count of bytes is refused", arguments: [0, 15, 17])
    func bytes(count: Int) {
        #expect(RecordID(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }
}
