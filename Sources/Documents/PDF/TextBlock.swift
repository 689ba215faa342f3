import CPangoCairo

/// A text that is laid out: measured once, drawn where the plan says.
final class TextBlock {
    private let layout: OpaquePointer
    private let ink: Ink
    /// Points.
    let width: Double
    let height: Double

    init(layout: OpaquePointer, ink: Ink) {
        self.layout = layout
        self.ink = ink
        var logical = PangoRectangle()
        pango_layout_get_extents(layout, nil, &logical)
        width = Double(logical.x + logical.width) / Double(PANGO_SCALE)
        height = Double(logical.height) / Double(PANGO_SCALE)
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    func draw(_ canvas: Canvas, x: Double, y: Double) {
        canvas.set(ink)
        canvas.move(x, y)
        pango_cairo_show_layout(canvas.context, layout)
    }

    /// UTF-8 offsets at which the text has to be cut so that no piece is higher than `limit` points; empty when it
    /// isn't higher as a whole.
    func cuts(limit: Double) -> [Int] {
        guard height > limit else { return [] }
        let lines = Int(pango_layout_get_line_count(layout))
        let each = max(1, Int(limit / (height / Double(max(lines, 1)))))
        return stride(from: each, to: lines, by: each).compactMap { index in
            pango_layout_get_line_readonly(layout, Int32(index)).map { Int($0.pointee.start_index) }
        }
    }
}
