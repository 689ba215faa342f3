import Values

/// Why a text is no JSON document.
package struct JSONSyntaxError: Error, Sendable, Hashable {
    package let line: Int
    package let reason: String

    package init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}

extension SourceNode {
    /// Reads one JSON document, numbers as written, every part with its line.
    ///
    /// - Parameter file: what diagnostics call the document.
    package init(json text: String, file: String = "overlay") throws(JSONSyntaxError) {
        var starts: [Int] = []
        do throws(JSONError) {
            let value = try JSONReader.read(text, starts: &starts)
            var placing = Placing(text, file: file, starts: starts)
            self = placing.node(value)
        } catch {
            throw JSONSyntaxError(error, in: text, starts: starts)
        }
    }

    /// Goes along the parts of a value in the order they were written, as their offsets come.
    private struct Placing {
        private let file: String
        private let starts: [Int]
        private let bytes: [UInt8]
        private var index = 0
        private var offset = 0
        private var line = 1

        init(_ text: String, file: String, starts: [Int]) {
            self.file = file
            self.starts = starts
            bytes = Array(text.utf8)
        }

        mutating func node(_ value: JSONValue) -> SourceNode {
            let place = nextPlace()
            switch value {
            case .null: return SourceNode(.null, at: place)
            case .bool(let flag): return SourceNode(.scalar(flag ? "true" : "false", plain: true), at: place)
            case .number(let digits): return SourceNode(.scalar(digits, plain: true), at: place)
            case .text(let text): return SourceNode(.scalar(text, plain: false), at: place)
            case .array(let elements): return SourceNode(.list(elements.map { node($0) }), at: place)
            case .object(let members): return SourceNode(.map(members.map { entry($0) }), at: place)
            }
        }

        private mutating func entry(_ member: JSONValue.Member) -> Entry {
            let place = nextPlace()
            return Entry(member.name, node(member.value), at: place)
        }

        private mutating func nextPlace() -> SourceLocation {
            precondition(index < starts.count, "the reader gives one offset for each part")
            line += bytes[offset..<starts[index]].count { $0 == 0x0A }
            offset = starts[index]
            index += 1
            return SourceLocation(file: file, line: line)
        }
    }
}

extension JSONSyntaxError {
    fileprivate init(_ error: JSONError, in text: String, starts: [Int]) {
        let last = starts.last ?? 0
        let (offset, reason) =
            switch error {
            case .syntax(text.utf8.count): (text.utf8.count, "the text ends too early")
            case .syntax(let offset): (offset, "no JSON from “\(Self.excerpt(text, from: offset))” on")
            case .trailing(let offset): (offset, "text after the end")
            case .duplicateKey(let key): (last, "the key “\(key)” stands twice")
            case .tooDeep: (last, "nested too deeply")
            case .notUTF8: (last, "no UTF-8")
            }
        self.init(line: 1 + text.utf8.prefix(offset).count { $0 == 0x0A }, reason: reason)
    }

    private static func excerpt(_ text: String, from offset: Int) -> String {
        let rest = String(decoding: text.utf8.dropFirst(offset).prefix(60), as: UTF8.self)
        return String((rest.split(whereSeparator: \.isNewline).first ?? "").prefix(12))
    }
}
