/// Reads JSON (RFC 8259) without passing numbers through a float.
///
/// Stricter than most readers, on purpose: numbers keep their digits, a repeated key is an error (not "last wins"),
/// unpaired surrogates and invalid UTF-8 are errors, depth is limited.
package struct JSONReader {
    let bytes: [UInt8]
    var position = 0
    private let maximumDepth: Int
    private var depth = 0
    /// Where every key and every value begins, in reading order; nil when nobody asked.
    private var starts: [Int]?

    init(bytes: [UInt8], maximumDepth: Int = 64, keepsStarts: Bool = false) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
        if keepsStarts { starts = [] }
    }

    /// Reads one value with nothing but white space around it.
    ///
    /// - Parameter maximumDepth: arrays and objects inside one another at most.
    package static func read(_ bytes: [UInt8], maximumDepth: Int = 64) throws(JSONError) -> JSONValue {
        // A repeated key means different things to different readers, and so do bytes that are no text.
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        var reader = JSONReader(bytes: bytes, maximumDepth: maximumDepth)
        return try reader.document()
    }

    /// Reads one value from a text.
    package static func read(_ text: String, maximumDepth: Int = 64) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes: Array(text.utf8), maximumDepth: maximumDepth)
        return try reader.document()
    }

    /// Reads one value from a text and tells where its parts stand.
    ///
    /// - Parameter starts: is given the byte offset of every key and every value, in the order written; after an error
    ///   those read so far, so that the last one is a repeated key.
    package static func read(
        _ text: String, maximumDepth: Int = 64, starts: inout [Int]
    ) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes: Array(text.utf8), maximumDepth: maximumDepth, keepsStarts: true)
        defer { starts = reader.starts ?? [] }
        return try reader.document()
    }

    /// Whether `text` is the whole of a JSON number.
    package static func isNumber(_ text: String) -> Bool {
        var reader = JSONReader(bytes: Array(text.utf8))
        // Why it is no number does not matter here.
        return (try? reader.number()) != nil && reader.position == reader.bytes.count
    }

    private mutating func document() throws(JSONError) -> JSONValue {
        let value = try value()
        skipBlanks()
        guard position == bytes.count else { throw .trailing(offset: position) }
        return value
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipBlanks()
        starts?.append(position)
        switch next {
        case UInt8(ascii: "{"): return .object(try members())
        case UInt8(ascii: "["): return .array(try elements())
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func members() throws(JSONError) -> [JSONValue.Member] {
        try enter()
        var members: [JSONValue.Member] = []
        skipBlanks()
        if take(UInt8(ascii: "}")) { return leave(members) }
        var names: Set<String> = []
        repeat {
            skipBlanks()
            starts?.append(position)
            let name = try string()
            if Self.repeats(name, members, &names) { throw .duplicateKey(name) }
            skipBlanks()
            try expect(UInt8(ascii: ":"))
            members.append(JSONValue.Member(name: name, value: try value()))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        return leave(members)
    }

    private mutating func elements() throws(JSONError) -> [JSONValue] {
        try enter()
        var elements: [JSONValue] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return leave(elements) }
        repeat {
            elements.append(try value())
            skipBlanks()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return leave(elements)
    }

    /// Most objects are small, and then looking along them is cheaper than a set.
    private static func repeats(_ name: String, _ members: [JSONValue.Member], _ names: inout Set<String>) -> Bool {
        if members.count < 8 { return members.contains { $0.name == name } }
        if names.isEmpty { names = Set(members.map(\.name)) }
        return !names.insert(name).inserted
    }

    private mutating func enter() throws(JSONError) {
        guard depth < maximumDepth else { throw .tooDeep }
        depth += 1
        position += 1
    }

    private mutating func leave<Parts>(_ parts: Parts) -> Parts {
        depth -= 1
        return parts
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count,
            (0..<count).allSatisfy({ bytes[position + $0] == word.utf8Start[$0] })
        else { throw .syntax(offset: position) }
        position += count
        return value
    }
}

/// Bytes and numbers.
extension JSONReader {
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws(JSONError) {
        if !take(byte) { throw .syntax(offset: position) }
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func number() throws(JSONError) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            if let byte = next, (0x30...0x39).contains(byte) { throw .syntax(offset: position) }
        } else {
            try digits()
        }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        if position == start { throw .syntax(offset: position) }
    }
}
