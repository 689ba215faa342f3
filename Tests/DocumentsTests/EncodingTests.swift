import Documents
import Foundation
import Testing

@Suite("Text encodings")
struct EncodingTests {
    private static let text = "客户编号,公司名称,城市\nA1,宁波海纳进出口有限公司,宁波\nA2,上海晨光文具股份有限公司,上海\n"
    private static let gbk: [UInt8] = [
        0xBF, 0xCD, 0xBB, 0xA7, 0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xB3, 0xC7, 0xCA, 0xD0, 0x0A, 0x41, 0x31, 0x2C, 0xC4,
        0xFE, 0xB2,
        0xA8, 0x0A,
    ]

    private static func wide(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
        let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
        return units.flatMap { unit in
            bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
    }

    @Test("UTF-8 is read with and without its mark")
    func utf8() throws {
        let plain = try Fixture.texts(Array(Self.text.utf8))
        let marked = try Fixture.texts([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8))
        #expect(plain[1] == ["A1", "宁波海纳进出口有限公司", "宁波"])
        #expect(marked == plain)
    }

    @Test("UTF-16 is read in both byte orders, with and without a mark", arguments: [true, false], [true, false])
    func utf16(bigEndian: Bool, mark: Bool) throws {
        let text = "id,name,note\n1,杯子,abc def\n2,😀,xyz abc\n"
        let rows = try Fixture.texts(Self.wide(text, bigEndian: bigEndian, mark: mark))
        #expect(rows == [["id", "name", "note"], ["1", "杯子", "abc def"], ["2", "😀", "xyz abc"]])
    }

    @Test("GBK without a mark is recognised, and reported as an estimate")
    func simplifiedChinese() throws {
        let reader = try TableSource.open(bytes: Self.gbk)
        #expect(reader.facts.encoding == .gb18030)
        #expect(reader.facts.encodingIsGuessed)
        #expect(try Fixture.texts(Self.gbk) == [["客户编号", "城市"], ["A1", "宁波"]])
    }

    @Test("Big5 is told from GBK by how ordinary its characters are")
    func traditionalChinese() throws {
        // 景點編號,景點中文名稱 in Big5.
        let bytes: [UInt8] = [
            0xB4, 0xBA, 0xC2, 0x49, 0xBD, 0x73, 0xB8, 0xB9, 0x2C, 0xB4, 0xBA, 0xC2, 0x49, 0xA4, 0xA4, 0xA4, 0xE5, 0xA6,
            0x57, 0xBA,
            0xD9, 0x0A,
        ]
        #expect(try Fixture.texts(bytes) == [["景點編號", "景點中文名稱"]])
    }

    @Test("Western text of Windows is not taken for Chinese")
    func western() throws {
        let bytes = Array("name;city\nM".utf8) + [0xFC] + Array("ller;K".utf8) + [0xF6] + Array("ln\n".utf8)
        #expect(try Fixture.texts(bytes) == [["name", "city"], ["Müller", "Köln"]])
    }

    @Test("Bytes that don't belong to a declared encoding are an error with their line")
    func strictness() {
        var options = TableOptions()
        options.encoding = .utf8
        #expect(Fixture.error(Array("a,b\n1,".utf8) + [0xC4, 0xFE] + [0x0A], options) == .badEncoding(.utf8, line: 2))
        options.encoding = .gb18030
        #expect(Fixture.error(Array("a,b\n1,".utf8) + [0xFF, 0xFF, 0x0A], options) == .badEncoding(.gb18030, line: 2))
    }

    @Test("Bytes that fit no encoding are refused rather than shown as rubbish")
    func noEncoding() {
        #expect(Fixture.error([0x61, 0x2C, 0xFF, 0xFF, 0x81, 0x8D, 0x0A]) == .unknownEncoding)
    }

    @Test("Chinese that begins late in a long file is still recognised")
    func lateBytes() throws {
        var bytes = Array("id,name\n".utf8)
        for index in 0..<80_000 { bytes += Array("\(index),abc\n".utf8) }
        bytes += Self.gbk.suffix(8)
        let rows = try Fixture.texts(bytes)
        #expect(rows.last == ["A1", "宁波"])
    }
}
