package import Definitions
package import Values

/// Appends JSON to a byte buffer.
package struct JSONBuilder: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init() { bytes.reserveCapacity(1024) }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func object(_ body: (inout JSONBuilder) throws -> Void) rethrows {
        try wrapped(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    package mutating func array(_ body: (inout JSONBuilder) throws -> Void) rethrows {
        try wrapped(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    package mutating func key(_ key: String) {
        separate()
        quoted(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func string(_ text: String) {
        separate()
        quoted(text)
    }

    /// Digits as they are: `12.50`.
    package mutating func raw(_ literal: String) {
        separate()
        bytes.append(contentsOf: literal.utf8)
    }

    package mutating func int(_ value: Int) { raw(String(value)) }
    package mutating func bool(_ flag: Bool) { raw(flag ? "true" : "false") }
    package mutating func null() { raw("null") }

    package mutating func field(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    package mutating func label(_ label: Label) {
        object { writer in
            writer.field("zh", label.zh)
            writer.field("en", label.en)
        }
    }

    /// Numbers as JSON numbers with their exact digits, days and instants as ISO text, records as their ids.
    package mutating func write(_ value: Value) {
        switch value {
        case .null: null()
        case .bool(let flag): bool(flag)
        case .text(let text): string(text)
        case .decimal(let number): raw(number.description)
        case .real(let number): number.isFinite ? raw(number.description) : null()
        case .day(let day): string(day.description)
        case .instant(let instant): string(instant.description)
        case .record(let id): string(id.description)
        case .list(let items): array { writer in for item in items { writer.write(item) } }
        }
    }

    package mutating func write(_ input: Input) {
        switch input {
        case .null: null()
        case .bool(let flag): bool(flag)
        case .number(let digits): raw(digits)
        case .text(let text): string(text)
        case .list(let items): array { writer in for item in items { writer.write(item) } }
        case .object(let parts):
            object { writer in
                for (name, part) in parts.sorted(by: { $0.key < $1.key }) {
                    writer.key(name)
                    writer.write(part)
                }
            }
        case .value(let value): write(value)
        }
    }

    private mutating func wrapped(
        _ open: UInt8, _ close: UInt8, _ body: (inout JSONBuilder) throws -> Void
    ) rethrows {
        separate()
        bytes.append(open)
        needsComma = false
        try body(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func quoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: [0x5C, 0x22])
            case UInt8(ascii: "\\"): bytes.append(contentsOf: [0x5C, 0x5C])
            case 0x0A: bytes.append(contentsOf: [0x5C, UInt8(ascii: "n")])
            case 0x0D: bytes.append(contentsOf: [0x5C, UInt8(ascii: "r")])
            case 0x09: bytes.append(contentsOf: [0x5C, UInt8(ascii: "t")])
            // Not needed by JSON; keeps the text safe inside an HTML script element.
            case UInt8(ascii: "<"): bytes.append(contentsOf: #"\u003c"#.utf8)
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                bytes.append(contentsOf: (#"\u00"# + (hex.count == 1 ? "0" : "") + hex).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
