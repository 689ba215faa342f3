import CExpat
import Glibc

/// Receives the events of an XML part; names are local ones, without a prefix.
class XMLHandler {
    fileprivate var failure: TableError?
    /// Elements that are open.
    fileprivate var depth = 0
    /// The parser that sends the events, while there is one.
    fileprivate var parser: OpaquePointer?

    func start(_ name: XMLName, _ attributes: XMLAttributes) {}
    func end(_ name: XMLName) {}
    func text(_ bytes: UnsafeRawBufferPointer) {}

    /// Ends the parse with `error`.
    final func fail(_ error: TableError) {
        guard failure == nil else { return }
        failure = error
        if let parser { XML_StopParser(parser, XML_Bool(0)) }
    }

    final var hasFailed: Bool { failure != nil }
}

/// The local name of an element or attribute, as C bytes.
struct XMLName {
    let bytes: UnsafePointer<CChar>

    fileprivate init(_ full: UnsafePointer<CChar>) {
        var start = full
        var index = full
        while index.pointee != 0 {
            if index.pointee == 0x3A { start = index + 1 }
            index += 1
        }
        bytes = start
    }

    static func == (name: XMLName, text: StaticString) -> Bool {
        strcmp(name.bytes, UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
    }

    /// The first byte, to tell most names apart quickly.
    var first: UInt8 { UInt8(bitPattern: bytes[0]) }
    var isSingle: Bool { bytes[0] != 0 && bytes[1] == 0 }
}

/// The attributes of an element, as expat gives them: name, value, name, value, null.
struct XMLAttributes {
    fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// Calls `body` with each local name and value.
    @inline(__always)
    func each(_ body: (XMLName, UnsafePointer<CChar>) -> Void) {
        guard var pair = pairs else { return }
        while let name = pair[0], let value = pair[1] {
            body(XMLName(name), value)
            pair += 2
        }
    }

    func text(_ wanted: StaticString) -> String? {
        var found: String?
        each { name, value in if name == wanted { found = String(cString: value) } }
        return found
    }
}

/// Feeds a part of a workbook to a handler, chunk by chunk.
///
/// A document type is refused, so there are no entities to expand and nothing outside to fetch; nesting is bounded.
final class XMLStream {
    private let part: ZipPart
    private let parser: OpaquePointer
    private let handler: XMLHandler
    private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private(set) var isAtEnd = false

    private static let maximumDepth = 64

    init(_ part: ZipPart, _ handler: XMLHandler) throws(TableError) {
        self.part = part
        self.handler = handler
        guard let parser = XML_ParserCreate(nil) else { throw .brokenXML(part: part.name, line: 0) }
        self.parser = parser
        handler.parser = parser
        XML_SetUserData(parser, Unmanaged.passUnretained(handler).toOpaque())
        XML_SetElementHandler(
            parser,
            { user, name, attributes in
                guard let user, let name else { return }
                let handler = Unmanaged<XMLHandler>.fromOpaque(user).takeUnretainedValue()
                handler.depth += 1
                if handler.depth > XMLStream.maximumDepth { handler.fail(.brokenXML(part: "", line: 0)) }
                if !handler.hasFailed { handler.start(XMLName(name), XMLAttributes(pairs: attributes)) }
            },
            { user, name in
                guard let user, let name else { return }
                let handler = Unmanaged<XMLHandler>.fromOpaque(user).takeUnretainedValue()
                handler.depth -= 1
                if !handler.hasFailed { handler.end(XMLName(name)) }
            })
        XML_SetCharacterDataHandler(parser) { user, text, count in
            guard let user, let text else { return }
            let handler = Unmanaged<XMLHandler>.fromOpaque(user).takeUnretainedValue()
            if !handler.hasFailed { handler.text(UnsafeRawBufferPointer(start: text, count: Int(count))) }
        }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
            guard let user else { return }
            Unmanaged<XMLHandler>.fromOpaque(user).takeUnretainedValue().fail(.forbiddenXML(part: ""))
        }
    }

    deinit {
        handler.parser = nil
        XML_ParserFree(parser)
        chunk.deallocate()
    }

    /// Parses the next 64 KiB; false at the end.
    func step() throws(TableError) -> Bool {
        guard !isAtEnd else { return false }
        let count = try part.read(into: chunk)
        let bytes = chunk.baseAddress?.assumingMemoryBound(to: CChar.self)
        let status = XML_Parse(parser, bytes, Int32(count), count == 0 ? 1 : 0)
        if let failure = handler.failure { throw located(failure) }
        guard status != XML_STATUS_ERROR else {
            throw .brokenXML(part: part.name, line: Int(XML_GetCurrentLineNumber(parser)))
        }
        isAtEnd = count == 0
        return !isAtEnd
    }

    func finish() throws(TableError) { while try step() {} }

    private func located(_ failure: TableError) -> TableError {
        switch failure {
        case .forbiddenXML: .forbiddenXML(part: part.name)
        case .brokenXML(part: "", _): .brokenXML(part: part.name, line: Int(XML_GetCurrentLineNumber(parser)))
        default: failure
        }
    }
}
