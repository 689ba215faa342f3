import CCairoPDF
import CPangoCairo
import Values

/// A PDF file that is being drawn. Coordinates are points from the top left corner of an A4 page.
final class Canvas {
    static let pageWidth = 595.276
    static let pageHeight = 841.89

    let context: OpaquePointer
    private let surface: OpaquePointer
    private let sink = Sink()

    private final class Sink { var bytes: [UInt8] = [] }

    /// - Parameter created: stands in the file, so that equal documents give equal files.
    init(title: String, author: String, created: Day) {
        sink.bytes.reserveCapacity(128 << 10)
        surface = cairo_pdf_surface_create_for_stream(
            { closure, data, count in
                guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
                let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
                sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(sink).toOpaque(), Self.pageWidth, Self.pageHeight)
        context = cairo_create(surface)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, author)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Baton")
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.description + "T00:00:00Z")
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    func set(_ ink: Ink) { cairo_set_source_rgb(context, ink.red, ink.green, ink.blue) }

    func move(_ x: Double, _ y: Double) { cairo_move_to(context, x, y) }

    func rule(from left: Double, to right: Double, y: Double, _ ink: Ink, width: Double = 0.5) {
        stroke(left, y, right, y, ink, width)
    }

    func upright(x: Double, from top: Double, to bottom: Double, _ ink: Ink, width: Double = 0.5) {
        stroke(x, top, x, bottom, ink, width)
    }

    func fill(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ ink: Ink) {
        set(ink)
        cairo_rectangle(context, x, y, width, height)
        cairo_fill(context)
    }

    /// Draws `block` with its middle at the middle of the page, turned to the left.
    func drawAcross(_ block: TextBlock) {
        cairo_save(context)
        cairo_translate(context, Self.pageWidth / 2, Self.pageHeight / 2)
        cairo_rotate(context, -0.62)
        block.draw(self, x: -block.width / 2, y: -block.height / 2)
        cairo_restore(context)
    }

    func endPage() { cairo_show_page(context) }

    /// The whole file; nothing can be drawn after it.
    func finish() throws(PDFError) -> [UInt8] {
        cairo_surface_finish(surface)
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS else {
            throw .drawing(cairo_status_to_string(status).map { String(cString: $0) } ?? "")
        }
        return sink.bytes
    }

    private func stroke(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ ink: Ink, _ width: Double) {
        set(ink)
        cairo_set_line_width(context, width)
        cairo_move_to(context, x1, y1)
        cairo_line_to(context, x2, y2)
        cairo_stroke(context)
    }
}
