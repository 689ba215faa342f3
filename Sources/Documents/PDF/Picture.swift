import CCairoPDF
import Glibc

/// A picture that is ready to be drawn.
final class Picture {
    private let surface: OpaquePointer
    let width: Double
    let height: Double

    /// Points of a printed picture along its longer side; more only make the file larger.
    private static let largestSide = 480

    /// Nil when the bytes are no picture that can be printed.
    init?(_ picture: DocumentPicture) {
        guard let size = picture.size, let format = picture.format else { return nil }
        width = Double(size.width)
        height = Double(size.height)
        guard let surface = format == .png ? Self.png(picture.bytes, size) : Self.jpeg(picture.bytes, size) else {
            return nil
        }
        self.surface = surface
    }

    deinit { cairo_surface_destroy(surface) }

    /// Draws it inside the given box, as large as fits, in its middle.
    func draw(_ canvas: Canvas, x: Double, y: Double, width boxWidth: Double, height boxHeight: Double) {
        let scale = min(boxWidth / width, boxHeight / height)
        let context = canvas.context
        cairo_save(context)
        cairo_translate(context, x + (boxWidth - width * scale) / 2, y + (boxHeight - height * scale) / 2)
        let own = Double(cairo_image_surface_get_width(surface))
        cairo_scale(context, scale * width / own, scale * width / own)
        cairo_set_source_surface(context, surface, 0, 0)
        cairo_paint(context)
        cairo_restore(context)
    }

    private struct Feed {
        var bytes: UnsafeBufferPointer<UInt8>
        var position = 0
    }

    private static func png(_ bytes: [UInt8], _ size: (width: Int, height: Int)) -> OpaquePointer? {
        let full = bytes.withUnsafeBufferPointer { buffer in
            var feed = Feed(bytes: buffer)
            return cairo_image_surface_create_from_png_stream(
                { closure, target, count in
                    guard let feed = closure?.assumingMemoryBound(to: Feed.self), let target else {
                        return CAIRO_STATUS_READ_ERROR
                    }
                    let position = feed.pointee.position
                    guard position + Int(count) <= feed.pointee.bytes.count, let base = feed.pointee.bytes.baseAddress
                    else {
                        return CAIRO_STATUS_READ_ERROR
                    }
                    memcpy(target, base + position, Int(count))
                    feed.pointee.position += Int(count)
                    return CAIRO_STATUS_SUCCESS
                }, &feed)
        }
        guard let full else { return nil }
        guard cairo_surface_status(full) == CAIRO_STATUS_SUCCESS else {
            cairo_surface_destroy(full)
            return nil
        }
        return reduced(full, size)
    }

    /// A copy small enough for print; takes over `full`.
    private static func reduced(_ full: OpaquePointer, _ size: (width: Int, height: Int)) -> OpaquePointer? {
        let scale = Double(largestSide) / Double(max(size.width, size.height))
        guard scale < 1 else { return full }
        defer { cairo_surface_destroy(full) }
        let width = max(1, Int32(Double(size.width) * scale))
        let height = max(1, Int32(Double(size.height) * scale))
        guard let small = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height) else { return nil }
        let context = cairo_create(small)
        cairo_scale(context, Double(width) / Double(size.width), Double(height) / Double(size.height))
        cairo_set_source_surface(context, full, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_GOOD)
        cairo_paint(context)
        cairo_destroy(context)
        return small
    }

    /// A blank surface that carries the file as it is, which goes into the PDF unchanged.
    private static func jpeg(_ bytes: [UInt8], _ size: (width: Int, height: Int)) -> OpaquePointer? {
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_A1, Int32(size.width), Int32(size.height)) else {
            return nil
        }
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        copy.copyBytes(from: bytes)
        let status = cairo_surface_set_mime_data(
            surface, "image/jpeg", copy.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt(bytes.count),
            { $0?.deallocate() }, copy.baseAddress)
        guard status == CAIRO_STATUS_SUCCESS else {
            copy.deallocate()
            cairo_surface_destroy(surface)
            return nil
        }
        return surface
    }
}
