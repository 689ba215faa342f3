import Documents

/// Fuzz target: any bytes as a workbook, or as one part of a workbook that is otherwise sound. Run it by
/// `scripts/fuzz-tables.sh`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWorkbook(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let choice = bytes.first else { return 0 }
    let rest = Array(bytes.dropFirst())
    switch choice % 6 {
    case 0: read(rest)
    case 1: read(SoundWorkbook(sheet: rest).packed)
    case 2: read(SoundWorkbook(strings: rest).packed)
    case 3: read(SoundWorkbook(styles: rest).packed)
    case 4: read(SoundWorkbook(workbook: rest).packed)
    default: read(SoundWorkbook(relations: rest).packed)
    }
    return 0
}

private func read(_ bytes: [UInt8]) {
    var options = TableOptions()
    options.limits.unpackedBytes = 8 << 20
    do {
        var reader = try TableSource.open(bytes: bytes, options: options)
        while let row = try reader.next() {
            precondition(row.cells.count <= options.limits.columns, "rows are inside the limits")
            for cell in row.cells.prefix(8) {
                _ = CellParsing.number(cell)
                _ = CellParsing.date(cell)
            }
        }
    } catch {
        precondition((error as? TableError)?.code.isEmpty == false, "every error is one of ours")
    }
}

/// A small workbook; each part can be replaced.
private struct SoundWorkbook {
    var sheet = Array(
        """
        <worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46348.5</v></c>\
        <c r="C1" t="inlineStr"><is><t>x</t></is></c></row><row r="2"><c r="B2"><f>1</f></c></row></sheetData>\
        <mergeCells><mergeCell ref="A1:A9"/></mergeCells></worksheet>
        """.utf8)
    var strings = Array("<sst><si><r><t>a_x000A_</t></r><rPh><t>b</t></rPh></si></sst>".utf8)
    var styles = Array(
        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\"/></numFmts><cellXfs><xf/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
            .utf8)
    var workbook = Array(
        "<workbook><workbookPr date1904=\"0\"/><sheets><sheet name=\"a\" id=\"r1\" state=\"visible\"/></sheets></workbook>"
            .utf8)
    var relations = Array(
        """
        <R><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/>\
        <Relationship Id="r2" Type="x/styles" Target="styles.xml"/>\
        <Relationship Id="r3" Type="x/sharedStrings" Target="../xl/strings.xml"/></R>
        """.utf8)

    var packed: [UInt8] {
        StoredArchive.pack([
            ("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relations), ("xl/worksheets/s.xml", sheet),
            ("xl/styles.xml", styles), ("xl/strings.xml", strings),
        ])
    }
}

/// An archive whose parts are stored as they are, so that the fuzzer's bytes reach the reader unchanged
/// (PKWARE APPNOTE 4.3).
private enum StoredArchive {
    static func pack(_ parts: [(name: String, content: [UInt8])]) -> [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let name = Array(part.name.utf8)
            var common = little(20, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(Int(crc(part.content)), 4)
            common +=
                little(part.content.count, 4) + little(part.content.count, 4) + little(name.count, 2) + little(0, 2)
            directory +=
                little(0x0201_4B50, 4) + little(20, 2) + common + little(0, 6) + little(0, 4) + little(out.count, 4)
                + name
            out += little(0x0403_4B50, 4) + common + name + part.content
        }
        let end = little(0x0605_4B50, 4) + little(0, 4) + little(parts.count, 2) + little(parts.count, 2)
        return out + directory + end + little(directory.count, 4) + little(out.count, 4) + little(0, 2)
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
    }
}
