import Foundation
import Values

/// The canaries of the matrix: for each field and relation a value that stands nowhere else, and what finds them again
/// in the bytes of an answer.
///
/// Texts are `zq` and six letters, numbers have six digits before the point and begin with 739, percentages too as
/// they are read (739,012 %), days lie in the year 7390: so one pass over the bytes finds them in JSON, on a page with
/// grouped thousands, in a table and in a workbook.
struct CanaryNet: Sendable {
    /// A field of `MatrixField.all` in one relation.
    struct Cell: Hashable, Sendable {
        let field: Int
        let relation: Relation
    }

    /// What is written into the field, as it stands in an expression without quotes.
    let values: [Cell: String]
    private let cells: [String: Cell]

    init() {
        var values: [Cell: String] = [:]
        var cells: [String: Cell] = [:]
        var word = 0
        var number = 739_000
        var day = Day("7390-01-01") ?? Day(number: 0)
        for relation in Relation.allCases {
            for (index, field) in MatrixField.all.enumerated() {
                let cell = Cell(field: index, relation: relation)
                let key: String
                switch field.kind {
                case .link: continue
                case .text, .choice:
                    word += 1
                    key = Self.word(word)
                    values[cell] = field.kind == .choice || field.id == "swift" ? key.uppercased() : key
                case .number, .percent:
                    number += number % 10 == 9 ? 2 : 1
                    key = String(number)
                    values[cell] = field.kind == .number ? key + ".25" : key.prefix(4) + "." + key.suffix(2)
                case .day:
                    // With room for days that follow by a few.
                    day = day.adding(days: 5)
                    key = day.description
                    values[cell] = key
                }
                cells[key] = cell
            }
        }
        self.values = values
        self.cells = cells
    }

    /// Six letters that differ from those of the neighbours in several places.
    private static func word(_ number: Int) -> String {
        var rest = (number * 7_919_101) % 308_915_776
        var letters = "zq"
        for _ in 0..<6 {
            letters.append(Character(UnicodeScalar(UInt8(97 + rest % 26))))
            rest /= 26
        }
        return letters
    }

    /// As it is written into a draft.
    func value(_ object: String, _ id: String, _ relation: Relation) -> String {
        guard let field = MatrixField.all.firstIndex(where: { $0.object == object && $0.id == id }) else { return "" }
        return written(Cell(field: field, relation: relation))
    }

    /// What stands in the field as a whole: some canaries need something around them.
    func written(_ cell: Cell) -> String {
        let value = values[cell] ?? ""
        return switch MatrixField.all[cell.field].name {
        case "company.website": "https://" + value + ".example"
        case "contact.email": value + "@example.com"
        case "followup.summary": value + " said on the phone"
        default: value
        }
    }

    // MARK: Finding

    /// The canaries that stand in the bytes.
    func caught(in bytes: [UInt8]) -> Set<Cell> {
        var found: Set<Cell> = []
        let data = Data(bytes)
        for marker in ["zq", "ZQ", "739"] {
            var rest = data.startIndex..<data.endIndex
            while let hit = data.range(of: Data(marker.utf8), in: rest) {
                rest = hit.lowerBound + 2..<data.endIndex
                if let key = marker == "739" ? Self.figure(bytes, hit.lowerBound) : Self.word(bytes, hit.lowerBound),
                    let cell = cells[key]
                {
                    found.insert(cell)
                }
            }
        }
        return found
    }

    func caught(in text: String) -> Set<Cell> { caught(in: Array(text.utf8)) }

    private static func word(_ buffer: [UInt8], _ place: Int) -> String? {
        guard place + 8 <= buffer.count else { return nil }
        return String(decoding: buffer[place..<place + 8], as: UTF8.self).lowercased()
    }

    /// Six digits, `,` and `.` between them passed over, or a day; nil for a part of something longer, such as an id.
    private static func figure(_ bytes: [UInt8], _ place: Int) -> String? {
        let before = place > 0 ? bytes[place - 1] : 0x20
        guard !isPart(before) else { return nil }
        if place + 10 <= bytes.count, bytes[place + 4] == 0x2D {
            return String(decoding: bytes[place..<place + 10], as: UTF8.self)
        }
        var digits: [UInt8] = []
        var (isGrouped, isPointed) = (false, false)
        var index = place
        while digits.count < 6, index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x30, byte <= 0x39 {
                digits.append(byte)
            } else if byte == 0x2C {
                isGrouped = true
            } else if byte == 0x2E {
                isPointed = true
            } else {
                return nil
            }
            index += 1
        }
        // 1,739,012 is another number; in a table a comma stands before 739012 as well.
        if isGrouped, before == 0x2C, place > 1, isPart(bytes[place - 2]) { return nil }
        if index < bytes.count, isPart(bytes[index]), bytes[index] > 0x39 { return nil }
        // The token of a form is random digits and letters: more digits without a point are not an amount either.
        if index < bytes.count, !isPointed, (0x30...0x39).contains(bytes[index]) { return nil }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Whether a byte is a letter, a digit or the hyphen of an id.
    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
        default: false
        }
    }
}
