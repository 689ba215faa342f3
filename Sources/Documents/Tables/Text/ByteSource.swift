import Glibc

/// The bytes of a file or of memory, read in chunks and as often as needed.
final class ByteSource {
    static let chunk = 256 << 10

    private let descriptor: Int32
    private let memory: [UInt8]
    private var offset = 0

    init(bytes: [UInt8]) {
        descriptor = -1
        memory = bytes
    }

    init(path: String) throws(TableError) {
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        memory = []
        guard descriptor >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            Glibc.close(descriptor)
            throw .unreadable("not a file")
        }
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    /// Appends the next chunk to `buffer`; false at the end.
    func read(into buffer: inout [UInt8]) throws(TableError) -> Bool {
        if descriptor < 0 {
            guard offset < memory.count else { return false }
            let end = min(offset + Self.chunk, memory.count)
            buffer.append(contentsOf: memory[offset..<end])
            offset = end
            return true
        }
        let start = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: Self.chunk))
        let count = buffer.withUnsafeMutableBytes { bytes in
            pread(descriptor, bytes.baseAddress?.advanced(by: start), Self.chunk, off_t(offset))
        }
        buffer.removeLast(Self.chunk - max(count, 0))
        guard count >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
        offset += count
        return count > 0
    }

    func rewind(to position: Int = 0) { offset = position }

    /// The first `count` bytes, or fewer if there aren't more.
    func prefix(_ count: Int) throws(TableError) -> [UInt8] {
        rewind()
        defer { rewind() }
        var bytes: [UInt8] = []
        while bytes.count < count, try read(into: &bytes) {}
        return Array(bytes.prefix(count))
    }
}
