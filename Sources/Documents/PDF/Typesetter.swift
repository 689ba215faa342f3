import CCairoPDF
import CPangoCairo

/// Lays out texts for one thread: it keeps the thread's font map warm and the fonts it has looked up.
///
/// Pango keeps one font map for each thread, so a typesetter must stay on the thread that made it.
final class Typesetter {
    /// Latin, Greek, Cyrillic in Noto Sans; Chinese, Japanese, Korean in Noto Sans CJK; Arabic in its own Noto. What is
    /// in none of them comes from whatever font the machine has.
    private static let families = "Noto Sans, Noto Sans CJK SC, Noto Sans Arabic, DejaVu Sans"

    private let context: OpaquePointer
    private var fonts: [FontKey: OpaquePointer] = [:]

    /// Short texts that were laid out before: labels, headings, numbers. A document has most of them from the last one.
    private var known: [BlockKey: TextBlock] = [:]
    private static let maximumKnown = 3000
    private static let longestKnown = 120

    private struct BlockKey: Hashable {
        var runs: [TextRun]
        var width: Double?
        var alignment: LineColumn.Alignment
    }

    private struct FontKey: Hashable {
        var size: Double
        var isBold: Bool
    }

    init() {
        context = pango_font_map_create_context(pango_cairo_font_map_get_default())
        pango_cairo_context_set_resolution(context, 72)
        pango_context_set_language(context, pango_language_from_string("zh-cn"))
        pango_context_set_round_glyph_positions(context, 0)
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
    }

    deinit {
        for font in fonts.values { pango_font_description_free(font) }
        g_object_unref(UnsafeMutableRawPointer(context))
    }

    /// Lays out `runs` one after another, wrapped to `width` points, or on one line each when it is nil.
    func block(_ runs: [TextRun], width: Double? = nil, alignment: LineColumn.Alignment = .left) -> TextBlock {
        guard runs.reduce(0, { $0 + $1.text.utf8.count }) <= Self.longestKnown else {
            return layOut(runs, width, alignment)
        }
        let key = BlockKey(runs: runs, width: width, alignment: alignment)
        if let block = known[key] { return block }
        let block = layOut(runs, width, alignment)
        if known.count >= Self.maximumKnown { known.removeAll(keepingCapacity: true) }
        known[key] = block
        return block
    }

    private func layOut(_ runs: [TextRun], _ width: Double?, _ alignment: LineColumn.Alignment) -> TextBlock {
        guard let layout = pango_layout_new(context) else { preconditionFailure("pango_layout_new never gives null") }
        let styles = runs.isEmpty ? [TextRun("", .body)] : runs
        pango_layout_set_font_description(layout, font(styles[0].style))
        var text = styles.count == 1 ? styles[0].text : styles.map(\.text).joined()
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { pango_layout_set_text(layout, $0.baseAddress, Int32($0.count)) }
        }
        if let width { pango_layout_set_width(layout, Int32(max(width, 1) * Double(PANGO_SCALE))) }
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_alignment(layout, alignment.pango)
        setAttributes(of: layout, styles)
        return TextBlock(layout: layout, ink: styles[0].style.ink)
    }

    func block(
        _ text: String, _ style: TextStyle, width: Double? = nil, alignment: LineColumn.Alignment = .left
    ) -> TextBlock {
        block([TextRun(text, style)], width: width, alignment: alignment)
    }

    private func setAttributes(of layout: OpaquePointer, _ runs: [TextRun]) {
        let list = pango_attr_list_new()
        var start: UInt32 = 0
        for run in runs {
            let end = start + UInt32(run.text.utf8.count)
            let leading = Int32(run.style.leading * Double(PANGO_SCALE))
            insert(pango_attr_line_height_new_absolute(leading), start, end, into: list)
            if runs.count > 1 {
                insert(pango_attr_font_desc_new(font(run.style)), start, end, into: list)
                let ink = run.style.ink
                let color = pango_attr_foreground_new(
                    UInt16(ink.red * 65_535), UInt16(ink.green * 65_535), UInt16(ink.blue * 65_535))
                insert(color, start, end, into: list)
            }
            start = end
        }
        pango_layout_set_attributes(layout, list)
        pango_attr_list_unref(list)
    }

    private func insert(
        _ attribute: UnsafeMutablePointer<PangoAttribute>?, _ start: UInt32, _ end: UInt32, into list: OpaquePointer?
    ) {
        attribute?.pointee.start_index = start
        attribute?.pointee.end_index = end
        pango_attr_list_insert(list, attribute)
    }

    private func font(_ style: TextStyle) -> OpaquePointer {
        let key = FontKey(size: style.size, isBold: style.isBold)
        if let known = fonts[key] { return known }
        guard let font = pango_font_description_new() else { preconditionFailure("allocation never gives null") }
        pango_font_description_set_family(font, Self.families)
        pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
        pango_font_description_set_weight(font, style.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        fonts[key] = font
        return font
    }
}

extension LineColumn.Alignment {
    fileprivate var pango: PangoAlignment {
        switch self {
        case .left: PANGO_ALIGN_LEFT
        case .center: PANGO_ALIGN_CENTER
        case .right: PANGO_ALIGN_RIGHT
        }
    }
}
