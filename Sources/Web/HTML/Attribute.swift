/// One attribute of an element. Its name stands in the source code, its value is escaped.
struct Attribute {
    private enum Kind { case plain, data, aria, flag, absent }

    private let kind: Kind
    private let name: StaticString
    private let value: String

    private init(_ kind: Kind, _ name: StaticString, _ value: String) {
        self.kind = kind
        self.name = name
        self.value = value
    }

    /// Writes nothing.
    static let none = Attribute(.absent, "", "")

    static func named(_ name: StaticString, _ value: String) -> Attribute { Attribute(.plain, name, value) }

    /// Written only when there is a value.
    static func optional(_ name: StaticString, _ value: String?) -> Attribute {
        value.map { Attribute(.plain, name, $0) } ?? .none
    }

    /// `name` without a value, when `isSet`.
    static func flag(_ name: StaticString, _ isSet: Bool = true) -> Attribute {
        isSet ? Attribute(.flag, name, "") : .none
    }

    /// `data-name="value"`.
    static func data(_ name: StaticString, _ value: String = "") -> Attribute { Attribute(.data, name, value) }

    /// `aria-name="value"`.
    static func aria(_ name: StaticString, _ value: String) -> Attribute { Attribute(.aria, name, value) }

    /// The attribute, when `condition` holds.
    static func when(_ condition: Bool, _ attribute: @autoclosure () -> Attribute) -> Attribute {
        condition ? attribute() : .none
    }

    static func `class`(_ names: String) -> Attribute { names.isEmpty ? .none : Attribute(.plain, "class", names) }
    static func id(_ id: String) -> Attribute { Attribute(.plain, "id", id) }
    static func name(_ name: String) -> Attribute { Attribute(.plain, "name", name) }
    static func type(_ type: String) -> Attribute { Attribute(.plain, "type", type) }
    static func value(_ value: String) -> Attribute { Attribute(.plain, "value", value) }
    static func title(_ title: String) -> Attribute { Attribute(.plain, "title", title) }
    static func label(_ text: String) -> Attribute { Attribute(.aria, "label", text) }

    /// A link to a page, an anchor, a mail address or a telephone; any other scheme becomes `#`.
    static func href(_ url: String) -> Attribute { Attribute(.plain, "href", safe(url)) }
    /// The address of a frame, an image or a script: same rule as `href`.
    static func source(_ url: String) -> Attribute { Attribute(.plain, "src", safe(url)) }
    static func action(_ url: String) -> Attribute { Attribute(.plain, "action", safe(url)) }

    /// The address if a browser can't run it: relative, or of the schemes http, https, mailto and tel.
    static func safe(_ url: String) -> String {
        let head = url.utf8.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
        guard let colon = head.firstIndex(of: 0x3A) else {
            // Browsers drop tabs and line ends inside an address, which could join the letters of a scheme.
            return url.utf8.contains { $0 < 0x20 } ? "#" : url
        }
        let scheme = String(decoding: head[..<colon], as: UTF8.self).lowercased()
        return ["http", "https", "mailto", "tel"].contains(scheme) ? url : "#"
    }

    fileprivate func write(to html: inout HTML) {
        switch kind {
        case .absent: return
        case .plain, .flag: html.append(" ")
        case .data: html.append(" data-")
        case .aria: html.append(" aria-")
        }
        html.append(name)
        if kind == .flag { return }
        html.append("=\"")
        html.attributeText(value)
        html.append("\"")
    }
}

extension HTML {
    mutating func write(_ attribute: Attribute) { attribute.write(to: &self) }
}
