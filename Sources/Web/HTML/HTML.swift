import Definitions

/// A page or a fragment in the making: UTF-8 bytes that grow from front to back.
///
/// Text is escaped unless a method says otherwise. There is no way to write a `style` attribute or a script,
/// because the content security policy forbids both.
///
///     html("section", .class("card")) { html in
///         html("h2", text: title)
///         html("a", .href(url), .class("btn"), text: "打开")
///     }
struct HTML {
    private(set) var bytes: [UInt8]
    /// What every component may need to know: language, formats, asset addresses, the token of the session.
    let page: PageContext
    /// What the forms of this page send back; empty before sign-in.
    let formToken: String

    /// - Parameter capacity: bytes to set aside; a list page takes about 40,000.
    init(_ page: PageContext, capacity: Int = 32_768) {
        self.page = page
        formToken = page.csrf.isEmpty ? "" : FormToken.masked(page.csrf)
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Writes an element with content.
    mutating func callAsFunction(
        _ name: StaticString, _ attributes: Attribute..., content: (inout HTML) -> Void
    ) {
        open(name, attributes)
        content(&self)
        close(name)
    }

    /// Writes an element that holds one escaped text.
    mutating func callAsFunction(_ name: StaticString, _ attributes: Attribute..., text: String) {
        open(name, attributes)
        self.text(text)
        close(name)
    }

    /// Writes an element that holds one text of the interface in the reader's language.
    mutating func callAsFunction(_ name: StaticString, _ attributes: Attribute..., say label: Label) {
        open(name, attributes)
        text(label[page.language])
        close(name)
    }

    /// Writes content that a menu keeps unread until it first opens (`unfold` in app.js): the browser neither builds
    /// nor styles it before. Without scripts it stands there as it is.
    mutating func folded(_ content: (inout HTML) -> Void) {
        open("noscript", [])
        content(&self)
        close("noscript")
    }

    /// Writes an element without content or end tag, such as `input`.
    mutating func void(_ name: StaticString, _ attributes: Attribute...) { open(name, attributes) }

    /// Writes a start tag; `close` must follow.
    mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
        bytes.append(0x3C)
        append(name)
        for attribute in attributes { write(attribute) }
        bytes.append(0x3E)
    }

    mutating func close(_ name: StaticString) {
        append("</")
        append(name)
        bytes.append(0x3E)
    }

    /// Writes a component.
    mutating func add(_ part: some Markup) { part.write(to: &self) }

    /// Writes each component in turn.
    mutating func add(all parts: [some Markup]) { for part in parts { part.write(to: &self) } }

    /// Writes a text of the interface in the reader's language.
    mutating func say(_ label: Label) { text(label[page.language]) }

    /// Writes bytes that another `HTML` has made, as they are.
    mutating func append(fragment: HTML) { bytes.append(contentsOf: fragment.bytes) }

    /// Writes markup that stands in the source code, as it is.
    mutating func append(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes bytes that were made by an `HTML` before, as they are.
    mutating func append(made bytes: [UInt8]) { self.bytes.append(contentsOf: bytes) }

    mutating func appendByte(_ byte: UInt8) { bytes.append(byte) }
    mutating func append(slice: UnsafeBufferPointer<UInt8>.SubSequence) { bytes.append(contentsOf: slice) }
}

/// Something that can write itself as HTML. Components and pages are plain values with this one ability.
protocol Markup: Sendable {
    func write(to html: inout HTML)
}
