import CExpat

/// Builds the tree from the events of expat.
///
/// A document type ends the parse, so there is nothing to expand and nothing to fetch; size and depth are bounded.
final class XMLReader {
    private let limits: XMLDocument.Limits
    private var declaration: XMLDocument.Declaration?
    private var prolog: [XMLNode] = []
    private var root: XMLElement?
    private var epilog: [XMLNode] = []
    /// Elements that are open, outermost first.
    private var open: [XMLElement] = []
    /// For each open element the prefixes it can use.
    private var scopes: [[String: String]] = [["xml": "http://www.w3.org/XML/1998/namespace"]]
    private var cdata: String?
    /// Text read since the last other event.
    private var pending = ""
    private var nodes = 0
    private var failure: InterchangeError?
    private var parser: OpaquePointer?
    /// Told of each element that begins, with its line from 1.
    var watch: ((XMLElement, Int) -> Void)?

    init(_ limits: XMLDocument.Limits) { self.limits = limits }

    func read(_ bytes: [UInt8]) throws(InterchangeError) -> XMLDocument {
        guard let parser = XML_ParserCreate(nil) else { throw .tooLarge }
        defer { XML_ParserFree(parser) }
        self.parser = parser
        listen(parser)
        let status = bytes.withUnsafeBytes { buffer in
            XML_Parse(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), 1)
        }
        self.parser = nil
        if let failure { throw failure }
        guard status != XML_STATUS_ERROR, let root else {
            let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "no root element"
            throw .brokenXML(
                line: Int(XML_GetCurrentLineNumber(parser)), column: Int(XML_GetCurrentColumnNumber(parser)) + 1, reason
            )
        }
        return XMLDocument(declaration: declaration, prolog: prolog, root: root, epilog: epilog)
    }

    private func listen(_ parser: OpaquePointer) {
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { user, name, attributes in
                guard let reader = reader(user), let name else { return }
                reader.start(String(cString: name), attributes)
            },
            { user, _ in reader(user)?.end() })
        XML_SetCharacterDataHandler(parser) { user, text, count in
            guard let reader = reader(user), let text else { return }
            let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
            reader.characters(String(decoding: bytes, as: UTF8.self))
        }
        XML_SetCdataSectionHandler(parser, { user in reader(user)?.startCdata() }, { user in reader(user)?.endCdata() })
        XML_SetCommentHandler(parser) { user, text in
            guard let reader = reader(user), let text else { return }
            reader.add(.comment(String(cString: text)))
        }
        XML_SetProcessingInstructionHandler(parser) { user, target, data in
            guard let reader = reader(user), let target, let data else { return }
            reader.add(.instruction(target: String(cString: target), data: String(cString: data)))
        }
        XML_SetXmlDeclHandler(parser) { user, version, encoding, standalone in
            guard let reader = reader(user), let version else { return }
            reader.declaration = XMLDocument.Declaration(
                version: String(cString: version), encoding: encoding.map { String(cString: $0) },
                standalone: standalone < 0 ? nil : standalone == 1)
        }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
            guard let reader = reader(user) else { return }
            reader.fail(.documentType(line: reader.line))
        }
    }

    private var line: Int { parser.map { Int(XML_GetCurrentLineNumber($0)) } ?? 0 }

    private func fail(_ error: InterchangeError) {
        guard failure == nil else { return }
        failure = error
        if let parser { XML_StopParser(parser, XML_Bool(0)) }
    }

    private func start(_ qualified: String, _ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        flush()
        guard failure == nil else { return }
        guard open.count < limits.depth else { return fail(.tooDeep(line: line)) }
        var attributes: [XMLAttribute] = []
        if var pair = pairs {
            while let name = pair[0], let value = pair[1] {
                attributes.append(XMLAttribute(String(cString: name), String(cString: value)))
                pair += 2
            }
        }
        var scope = scopes[scopes.count - 1]
        for attribute in attributes where attribute.name.hasPrefix("xmlns") {
            if attribute.name == "xmlns" { scope[""] = attribute.value }
            if attribute.name.hasPrefix("xmlns:") { scope[String(attribute.name.dropFirst(6))] = attribute.value }
        }
        guard count(1 + attributes.count), attributes.allSatisfy({ isBound($0.name, scope) }) else { return }
        let prefix = XMLName(qualified, namespace: "").prefix
        guard let namespace = scope[prefix] ?? (prefix.isEmpty ? "" : nil) else {
            return fail(.unboundPrefix(prefix, line: line))
        }
        scopes.append(scope)
        let element = XMLElement(XMLName(qualified, namespace: namespace), attributes: attributes)
        watch?(element, line)
        open.append(element)
    }

    private func isBound(_ attribute: String, _ scope: [String: String]) -> Bool {
        let prefix = XMLName(attribute, namespace: "").prefix
        if prefix.isEmpty || prefix == "xmlns" || scope[prefix] != nil { return true }
        fail(.unboundPrefix(prefix, line: line))
        return false
    }

    private func end() {
        flush()
        guard failure == nil, let element = open.popLast() else { return }
        scopes.removeLast()
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(.element(element)) }
    }

    private func characters(_ text: String) {
        guard failure == nil else { return }
        if cdata != nil { cdata? += text } else if !open.isEmpty { pending += text }
    }

    /// Puts the text gathered so far in its place. Texts come line by line; joining them in the tree would be quadratic.
    private func flush() {
        guard !pending.isEmpty else { return }
        let text = pending
        pending = ""
        append(.text(text))
    }

    private func startCdata() {
        flush()
        cdata = ""
    }

    private func endCdata() {
        let content = cdata ?? ""
        cdata = nil
        add(.cdata(content))
    }

    private func add(_ node: XMLNode) {
        flush()
        append(node)
    }

    private func append(_ node: XMLNode) {
        guard failure == nil, count(1) else { return }
        if !open.isEmpty {
            open[open.count - 1].children.append(node)
        } else if root == nil {
            prolog.append(node)
        } else {
            epilog.append(node)
        }
    }

    private func count(_ more: Int) -> Bool {
        nodes += more
        if nodes > limits.nodes { fail(.tooLarge) }
        return failure == nil
    }
}

private func reader(_ user: UnsafeMutableRawPointer?) -> XMLReader? {
    user.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
}
