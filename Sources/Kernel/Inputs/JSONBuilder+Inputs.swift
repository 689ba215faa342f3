package import Definitions
package import Values

/// What only this room knows how to write.
extension JSONBuilder {
    /// `{"zh":…,"en":…}`
    package mutating func label(_ label: Label) {
        object { writer in
            writer.field("zh", label.zh)
            writer.field("en", label.en)
        }
    }

    /// An input as JSON, names in order.
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
}
