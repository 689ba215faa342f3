import CPangoCairo

/// A colour of the page, as the design tokens name it.
struct Ink: Sendable, Hashable {
    let red: Double
    let green: Double
    let blue: Double

    init(_ hex: UInt32) {
        red = Double(hex >> 16 & 0xFF) / 255
        green = Double(hex >> 8 & 0xFF) / 255
        blue = Double(hex & 0xFF) / 255
    }

    static let text = Ink(0x191E28)
    static let secondary = Ink(0x454E5E)
    static let quiet = Ink(0x626C7C)
    static let accent = Ink(0x2A46C4)
    static let line = Ink(0xE3E6EB)
    static let strongLine = Ink(0xCBD1DA)
    static let fill = Ink(0xF4F5F7)
    static let watermark = Ink(0xEEF0F4)
}

/// A way to set type; sizes are points.
struct TextStyle: Sendable, Hashable {
    var size: Double
    var isBold = false
    var ink = Ink.text
    /// Points from line to line.
    var leading: Double

    static let title = TextStyle(size: 19, isBold: true, ink: .accent, leading: 24)
    static let titleBeside = TextStyle(size: 10.5, ink: .quiet, leading: 15)
    static let company = TextStyle(size: 12.5, isBold: true, leading: 17)
    static let companyBeside = TextStyle(size: 10, ink: .secondary, leading: 15)
    static let label = TextStyle(size: 6.6, ink: .quiet, leading: 9.4)
    static let body = TextStyle(size: 8.1, leading: 11.3)
    static let strong = TextStyle(size: 8.1, isBold: true, leading: 11.3)
    static let beside = TextStyle(size: 7.2, ink: .secondary, leading: 10.2)
    static let head = TextStyle(size: 7.1, isBold: true, ink: .secondary, leading: 9.8)
    static let headBeside = TextStyle(size: 6.6, ink: .quiet, leading: 9.4)
    static let cell = TextStyle(size: 8.1, leading: 11.2)
    static let total = TextStyle(size: 10.5, isBold: true, leading: 15)
    static let footer = TextStyle(size: 6.6, ink: .quiet, leading: 9)
    static let watermark = TextStyle(size: 96, isBold: true, ink: .watermark, leading: 130)
}

/// A stretch of text in one style.
struct TextRun: Hashable {
    var text: String
    var style: TextStyle

    init(_ text: String, _ style: TextStyle) {
        self.text = text
        self.style = style
    }
}
