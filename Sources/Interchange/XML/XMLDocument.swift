/// A whole XML file, so that writing what was read gives the same elements, attributes, texts, comments and
/// instructions in the same order. Blanks inside tags and the way of quoting are not kept.
package struct XMLDocument: Sendable, Hashable {
    /// The words of `<?xml … ?>`; the file itself is always written in UTF-8.
    package struct Declaration: Sendable, Hashable {
        package let version: String
        package let encoding: String?
        package let standalone: Bool?

        package init(version: String = "1.0", encoding: String? = "UTF-8", standalone: Bool? = nil) {
            self.version = version
            self.encoding = encoding
            self.standalone = standalone
        }
    }

    /// Bounds of what is read.
    package struct Limits: Sendable {
        package var bytes = 8 << 20
        package var depth = 100
        /// Elements, texts, comments and instructions together.
        package var nodes = 400_000

        package init() {}
    }

    package var declaration: Declaration?
    /// Comments and instructions before the root.
    package var prolog: [XMLNode]
    package var root: XMLElement
    /// Comments and instructions after the root.
    package var epilog: [XMLNode]

    package init(
        declaration: Declaration? = Declaration(), prolog: [XMLNode] = [], root: XMLElement, epilog: [XMLNode] = []
    ) {
        self.declaration = declaration
        self.prolog = prolog
        self.root = root
        self.epilog = epilog
    }

    /// Reads a file in any encoding that it declares and expat knows (UTF-8, UTF-16, ISO-8859-1, US-ASCII). Linear.
    package init(_ bytes: [UInt8], limits: Limits = Limits()) throws(InterchangeError) {
        guard bytes.count <= limits.bytes else { throw .tooLarge }
        self = try XMLReader(limits).read(bytes)
    }

    /// Reads a text.
    package init(_ text: String, limits: Limits = Limits()) throws(InterchangeError) {
        try self.init(Array(text.utf8), limits: limits)
    }

    /// The file in UTF-8.
    package var written: String {
        var writer = XMLWriter()
        writer.write(self)
        return writer.text
    }
}
