/// How deeply a fragment nests, in the measure of a parser's stack.
///
/// SQLite before 3.46 has a fixed stack of 100 symbols; a statement beyond it is refused. The weights are those of its
/// grammar, a little rounded up: 1 for a bracket, 3 to 5 inside a call or CASE, 5 to 7 inside a subquery, 2 more
/// behind an operator.
extension SQLFragment {
    /// Characters of text, with 8 for a binding: what it costs to repeat the fragment.
    var weight: Int {
        segments.reduce(0) { sum, segment in
            switch segment {
            case .sql(let text): sum + text.utf8.count
            case .identifier(let name): sum + name.utf8.count + 2
            case .binding, .rendered: sum + 8
            }
        }
    }

    package var nesting: Int {
        var scan = NestingScan()
        for segment in segments {
            switch segment {
            case .sql(let text): scan.read(text)
            case .identifier, .binding, .rendered: scan.operand()
            }
        }
        return scan.deepest
    }
}

private struct NestingScan {
    private enum Previous { case nothing, operand, call, operation }

    private var frames: [Int] = [0]
    private var total = 0
    private var previous = Previous.nothing
    private(set) var deepest = 0

    mutating func operand() { previous = .operand }

    mutating func read(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.first {
            if Self.isWord(byte) {
                let word = bytes.prefix { Self.isWord($0) }
                bytes = bytes.dropFirst(word.count)
                read(word: String(decoding: word, as: UTF8.self))
                continue
            }
            bytes = bytes.dropFirst()
            switch byte {
            case 0x27:
                bytes = bytes.drop { $0 != 0x27 }.dropFirst()
                previous = .operand
            case 0x28: open(previous == .call ? 3 : 1)
            case 0x29: close()
            case 0x2C:
                raise(to: 5)
                previous = .nothing
            case 0x20, 0x0A, 0x2E: break
            default: previous = .operation
            }
        }
    }

    private mutating func read(word: String) {
        switch word {
        case "SELECT": add(4)
        case "FROM": add(2)
        case "CASE": open(3)
        case "THEN": raise(to: 5)
        case "WHEN", "ELSE": raise(to: 4)
        case "END": close()
        case "AND", "OR", "NOT", "IN", "BETWEEN": previous = .operation
        default: previous = .call
        }
    }

    private mutating func open(_ weight: Int) {
        frames.append(0)
        add(weight + (previous == .operation ? 2 : 0))
        previous = .nothing
    }

    private mutating func close() {
        if frames.count > 1 { total -= frames.removeLast() }
        previous = .operand
    }

    private mutating func raise(to weight: Int) {
        if frames.count > 1, frames[frames.count - 1] < weight { add(weight - frames[frames.count - 1]) }
        previous = .nothing
    }

    private mutating func add(_ weight: Int) {
        frames[frames.count - 1] += weight
        total += weight
        deepest = max(deepest, total)
        previous = .nothing
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }
}
