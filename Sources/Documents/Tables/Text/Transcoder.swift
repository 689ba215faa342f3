import Glibc

/// Gives a text file as UTF-8 bytes in chunks, strictly: bytes that don't belong to the encoding are an error.
final class Transcoder {
    private let source: ByteSource
    private let encoding: TextEncoding
    private var converter: iconv_t?
    private var check = UTF8Check()
    private var raw: [UInt8] = []
    private var line = 1
    private var isAtEnd = false

    /// - Parameter markLength: bytes to leave out at the beginning.
    init(_ source: ByteSource, _ encoding: TextEncoding, markLength: Int) throws(TableError) {
        self.source = source
        self.encoding = encoding
        source.rewind(to: markLength)
        if encoding != .utf8 {
            converter = iconv_open("UTF-8", encoding.rawValue)
            guard converter != iconv_t(bitPattern: -1) else {
                converter = nil
                throw .unknownEncoding
            }
        }
    }

    deinit { if let converter { iconv_close(converter) } }

    /// Appends the next chunk to `buffer`; false at the end.
    func read(into buffer: inout [UInt8]) throws(TableError) -> Bool {
        guard !isAtEnd else { return false }
        let start = buffer.count
        if let converter {
            isAtEnd = !(try source.read(into: &raw))
            let problem = convert(converter, into: &buffer)
            line += Self.lines(in: buffer[start...])
            if problem == EILSEQ || isAtEnd && !raw.isEmpty { throw .badEncoding(encoding, line: line) }
        } else {
            isAtEnd = !(try source.read(into: &buffer))
            let isSound = buffer.withUnsafeBytes { check.accepts(UnsafeRawBufferPointer(rebasing: $0[start...])) }
            guard isSound, !isAtEnd || check.isComplete else { throw .badEncoding(encoding, line: try faultLine()) }
        }
        return !isAtEnd || buffer.count > start
    }

    /// Moves what can be converted from `raw` to `buffer`; gives the last error number of iconv, or 0.
    private func convert(_ converter: iconv_t, into buffer: inout [UInt8]) -> Int32 {
        var problem: Int32 = 0
        let consumed = raw.withUnsafeMutableBytes { input -> Int in
            var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
            var left = input.count
            while left > 0 {
                let before = left
                problem = Self.step(converter, &from, &left, into: &buffer)
                if problem == EILSEQ || problem == EINVAL || left == before { break }
            }
            return input.count - left
        }
        raw.removeFirst(consumed)
        return problem
    }

    /// One call of iconv; gives its error number, or 0.
    private static func step(
        _ converter: iconv_t, _ from: inout UnsafeMutablePointer<CChar>?, _ left: inout Int, into buffer: inout [UInt8]
    ) -> Int32 {
        let room = left * 2 + 64
        let start = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: room))
        var free = room
        var problem: Int32 = 0
        buffer.withUnsafeMutableBytes { output in
            var to = output.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
            if iconv(converter, &from, &left, &to, &free) == Int(bitPattern: UInt.max) { problem = errno }
        }
        buffer.removeLast(free)
        return problem
    }

    private static func lines(in bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
    }

    /// The line of the first byte that isn't UTF-8, found by reading the source again.
    private func faultLine() throws(TableError) -> Int {
        source.rewind()
        var fresh = UTF8Check()
        var line = 1
        var buffer: [UInt8] = []
        while try source.read(into: &buffer) {
            for byte in buffer {
                guard fresh.accepts(byte) else { return line }
                if byte == 0x0A { line += 1 }
            }
            buffer.removeAll(keepingCapacity: true)
        }
        return line
    }
}
