import Definitions

/// A drawing of places and the ways between them, made on the server; a table beside it says the same in words.
///
/// All numbers are pixels. Positions stand in attributes: the security policy allows no inline style.
struct ProcessMap: Markup {
    enum Shape: Sendable { case box, circle, ring, diamond }

    struct Place: Sendable {
        let id: String
        let x: Int
        let y: Int
        var width = ProcessMap.boxWidth
        var height = ProcessMap.boxHeight
        var shape = Shape.box
        let title: String
        var note = ""
        /// How many are there now; 0 shows nothing.
        var count = 0
        /// `busy`, `late`, `now`, `done` or nothing.
        var style = ""
        var url: String?
    }

    struct Way: Sendable {
        enum Kind: Sendable { case forward, back, between }
        let kind: Kind
        /// Corners from the edge of one place to the edge of the next.
        let points: [(x: Int, y: Int)]
        var note = ""
        /// The two points in the middle bend the line instead of lying on it.
        var isCurve = false
    }

    struct Lane: Sendable {
        let title: String
        let x: Int
        let y: Int
        let width: Int
        let height: Int
    }

    static let boxWidth = 112
    static let boxHeight = 44

    let label: String
    let width: Int
    let height: Int
    var lanes: [Lane] = []
    let places: [Place]
    let ways: [Way]

    func write(to html: inout HTML) {
        html("div", .class("pm"), .named("tabindex", "0"), .named("role", "region"), .label(label)) { html in
            html(
                "svg", .named("width", String(width)), .named("height", String(height)),
                .named("viewBox", "0 0 \(width) \(height)"), .named("role", "group"), .label(label)
            ) { html in
                html.append(
                    """
                    <defs><marker id="pm-a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" \
                    orient="auto"><path class="ah" d="M0 0.6 8 4 0 7.4z"/></marker></defs>
                    """)
                for lane in lanes { write(lane, &html) }
                for way in ways { write(way, &html) }
                for place in places { write(place, &html) }
            }
        }
    }

    private func write(_ lane: Lane, _ html: inout HTML) {
        html(
            "rect", .class("lane bd"), .named("x", String(lane.x)), .named("y", String(lane.y)),
            .named("width", String(lane.width)), .named("height", String(lane.height)), .named("rx", "8")
        ) { _ in }
        html("text", .class("lt"), .named("x", String(lane.x + 14)), .named("y", String(lane.y + 20)), text: lane.title)
    }

    private func write(_ way: Way, _ html: inout HTML) {
        guard let first = way.points.first, way.points.count > 1 else { return }
        var path = "M\(first.x) \(first.y)"
        if way.isCurve, way.points.count == 4 {
            let (a, b, c) = (way.points[1], way.points[2], way.points[3])
            path += "C\(a.x) \(a.y) \(b.x) \(b.y) \(c.x) \(c.y)"
        } else {
            for point in way.points.dropFirst() { path += "L\(point.x) \(point.y)" }
        }
        let style = way.kind == .back ? "e b" : way.kind == .between ? "e t" : "e"
        html("path", .class(style), .named("d", path), .named("marker-end", "url(#pm-a)")) { html in
            if !way.note.isEmpty { html("title", text: way.note) }
        }
    }

    private func write(_ place: Place, _ html: inout HTML) {
        html("g", .class(place.style), .data("node", place.id)) { html in
            if let url = place.url {
                html("a", .href(url)) { shape(place, &$0) }
            } else {
                shape(place, &html)
            }
        }
    }

    private func shape(_ place: Place, _ html: inout HTML) {
        html("title", text: [place.title, place.note].filter { !$0.isEmpty }.joined(separator: " · "))
        let (middleX, middleY) = (place.x + place.width / 2, place.y + place.height / 2)
        switch place.shape {
        case .box:
            html(
                "rect", .class("nd"), .named("x", String(place.x)), .named("y", String(place.y)),
                .named("width", String(place.width)), .named("height", String(place.height)), .named("rx", "7")
            ) { _ in }
            let room = max(1, (place.height - 8) / 16 - (place.note.isEmpty ? 0 : 1))
            let lines = Self.wrapped(place.title, to: place.width - 14, lines: room)
            var y = middleY + 4 - (lines.count - 1 + (place.note.isEmpty ? 0 : 1)) * 8
            for text in lines {
                line(text, x: middleX, y: y, &html)
                y += 16
            }
            if !place.note.isEmpty {
                line(Self.cut(place.note, to: place.width - 12), x: middleX, y: y, style: "sm", &html)
            }
        case .circle, .ring:
            html(
                "circle", .class(place.shape == .ring ? "sh rg" : "sh"), .named("cx", String(middleX)),
                .named("cy", String(middleY)),
                .named("r", String(min(place.width, place.height) / 2))
            ) { _ in }
            below(place, middleX, &html)
        case .diamond:
            html(
                "path", .class("sh"),
                .named(
                    "d",
                    "M\(middleX) \(place.y)L\(place.x + place.width) \(middleY)L\(middleX) \(place.y + place.height)L\(place.x) \(middleY)z"
                )
            ) { _ in }
            if !place.note.isEmpty { line(place.note, x: middleX, y: middleY + 5, &html) }
            below(place, middleX, &html)
        }
        if place.count > 0 { badge(place, &html) }
    }

    private func below(_ place: Place, _ middle: Int, _ html: inout HTML) {
        if place.title.isEmpty { return }
        line(Self.cut(place.title, to: 110), x: middle, y: place.y + place.height + 14, style: "sm", &html)
    }

    private func line(_ text: String, x: Int, y: Int, style: String = "", _ html: inout HTML) {
        html(
            "text", .class(style), .named("x", String(x)), .named("y", String(y)), .named("text-anchor", "middle"),
            text: text)
    }

    private func badge(_ place: Place, _ html: inout HTML) {
        let text = place.count > 999 ? "999+" : String(place.count)
        let width = 12 + 7 * text.count
        let x = place.x + place.width - width + 6
        html(
            "rect", .class("cn"), .named("x", String(x)), .named("y", String(place.y - 9)),
            .named("width", String(width)), .named("height", "18"), .named("rx", "9")
        ) { _ in }
        line(text, x: x + width / 2, y: place.y + 4, style: "cn-t", &html)
    }

    /// A text in so many lines at most, broken at blanks and between Chinese characters.
    static func wrapped(_ text: String, to width: Int, lines: Int) -> [String] {
        var out: [String] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            if out.count == lines - 1 { return out + [cut(String(rest), to: width)] }
            let full = fitting(rest, to: width)
            if full == rest.endIndex { return out + [String(rest)] }
            let blank = rest[..<full].lastIndex(of: " ")
            let end = blank.map { rest.index(after: $0) } ?? full
            out.append(String(rest[..<end]))
            rest = rest[end...]
        }
        return out
    }

    /// Where about so many pixels are full; at least one character is taken.
    private static func fitting(_ text: Substring, to width: Int) -> Substring.Index {
        var room = Double(width)
        for place in text.indices {
            room -= self.width(of: text[place])
            if room < 0 { return place == text.startIndex ? text.index(after: place) : place }
        }
        return text.endIndex
    }

    private static func width(of character: Character) -> Double {
        character.unicodeScalars.first.map { $0.value < 0x2E80 ? 6.4 : 12 } ?? 12
    }

    /// A text cut to about so many pixels; the whole of it is the title of its place.
    static func cut(_ text: String, to width: Int) -> String {
        var room = Double(width)
        var out = ""
        for character in text {
            room -= Self.width(of: character)
            if room < 0 { return out + "…" }
            out.append(character)
        }
        return out
    }
}
