/// A person's mark: initials on a hue that stays the same for the same name.
struct Avatar: Markup {
    enum Size: String { case small = "sm", normal = "", large = "lg" }

    let name: String
    var size: Size = .normal
    var isMuted = false

    func write(to html: inout HTML) {
        var classes = "av h" + String(Self.hue(name))
        if size != .normal { classes += " " + size.rawValue }
        if isMuted { classes += " off" }
        html("span", .class(classes), .aria("hidden", "true"), text: Self.initials(name))
    }

    /// One of twelve hues.
    static func hue(_ name: String) -> Int {
        var hash: UInt32 = 2_166_136_261
        for byte in name.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash % 12)
    }

    /// The second character of a Chinese name (the given name), the first letters of the first and last Latin words.
    static func initials(_ name: String) -> String {
        let characters = Array(name)
        if let first = characters.first?.unicodeScalars.first, (0x3400...0x9FFF).contains(first.value) {
            return String(characters.count > 1 ? characters[1] : characters[0])
        }
        let words = name.split(separator: " ")
        guard let first = words.first?.first else { return "?" }
        guard words.count > 1, let last = words.last?.first else { return String(first).uppercased() }
        return (String(first) + String(last)).uppercased()
    }
}
