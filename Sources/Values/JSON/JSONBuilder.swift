/// Appends JSON to a byte buffer.
package struct JSONBuilder: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false
    private let escaping: JSONEscaping

    /// An empty buffer. What may end in a page is written with `.markup`, which is the rule.
    package init(escaping: JSONEscaping = .markup) {
        self.escaping = escaping
        bytes.reserveCapacity(1024)
    }

    /// What was written so far.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// One object; `body` writes its members with `key` or `field`.
    package mutating func object(_ body: (inout JSONBuilder) throws -> Void) rethrows {
        try wrapped(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// One array; `body` writes its elements.
    package mutating func array(_ body: (inout JSONBuilder) throws -> Void) rethrows {
        try wrapped(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    /// The name of a member; its value is written next.
    package mutating func key(_ key: String) {
        separate()
        escaping.append(key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A text.
    package mutating func string(_ text: String) {
        separate()
        escaping.append(text, to: &bytes)
    }

    /// Digits as they are: `12.50`.
    package mutating func raw(_ literal: String) {
        separate()
        bytes.append(contentsOf: literal.utf8)
    }

    /// A whole number.
    package mutating func int(_ value: Int) { raw(String(value)) }
    /// `true` or `false`.
    package mutating func bool(_ flag: Bool) { raw(flag ? "true" : "false") }
    /// `null`.
    package mutating func null() { raw("null") }

    /// A member that is a text.
    package mutating func field(_ name: String, _ text: String) {
        key(name)
        string(text)
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

    /// A JSON value, compact, members in their order.
    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let flag): bool(flag)
        case .number(let digits): raw(digits)
        case .text(let text): string(text)
        case .array(let elements): array { writer in for element in elements { writer.write(element) } }
        case .object(let members):
            object { writer in
                for member in members {
                    writer.key(member.name)
                    writer.write(member.value)
                }
            }
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
}
