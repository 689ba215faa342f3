/// A picture to print: the bytes of a PNG or JPEG file.
///
/// Bytes that are neither, are damaged or larger than the limits are left out; a document is never refused for them.
package struct DocumentPicture: Sendable, Hashable {
    package let bytes: [UInt8]

    /// Larger files and pictures of more points are not printed.
    package static let maximumBytes = 4 << 20
    package static let maximumSide = 8192

    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// Whether it can be printed: a PNG or JPEG within the limits, as far as the head of the file tells.
    package var isPrintable: Bool { size != nil }

    enum Format { case png, jpeg }

    var format: Format? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        return bytes.starts(with: [0xFF, 0xD8, 0xFF]) ? .jpeg : nil
    }

    /// Width and height as the head of the file tells them, read before anything is decoded.
    var size: (width: Int, height: Int)? {
        guard bytes.count <= Self.maximumBytes, let format else { return nil }
        guard let size = format == .png ? pngSize : jpegSize else { return nil }
        let sides = 1...Self.maximumSide
        guard sides.contains(size.width), sides.contains(size.height), size.width * size.height <= 16 << 20 else {
            return nil
        }
        return size
    }

    private var pngSize: (width: Int, height: Int)? {
        guard bytes.count >= 24 else { return nil }
        return (number(at: 16, bytes: 4), number(at: 20, bytes: 4))
    }

    /// From the frame header, the segment SOFn (ITU T.81, B.2.2).
    private var jpegSize: (width: Int, height: Int)? {
        var index = 2
        while index + 9 < bytes.count, bytes[index] == 0xFF {
            let marker = bytes[index + 1]
            if (0xC0...0xCF).contains(marker), marker != 0xC4, marker != 0xC8, marker != 0xCC {
                return (number(at: index + 7, bytes: 2), number(at: index + 5, bytes: 2))
            }
            index += marker == 0xFF ? 1 : 2 + number(at: index + 2, bytes: 2)
        }
        return nil
    }

    private func number(at index: Int, bytes count: Int) -> Int {
        bytes[index..<(index + count)].reduce(0) { $0 << 8 | Int($1) }
    }
}
