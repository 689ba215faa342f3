package import Values

/// A piece of SQL: trusted text, quoted identifiers and bound values, in order.
///
/// Written as a literal whose interpolations bind: `"SELECT \(identifier: column) FROM t WHERE id = \(record)"`.
/// No interpolation splices text except `\(raw:)`, which is for words that come from a dialect or a constant.
/// Placeholders and quotes are chosen by the dialect when the fragment is rendered.
package struct SQLFragment: Sendable, Hashable {
    package enum Segment: Sendable, Hashable {
        case sql(String)
        case identifier(String)
        case binding(SQLValue)
        /// A whole statement that was rendered before, with the values of its placeholders; it stands alone.
        case rendered(String, [SQLValue])
    }

    package private(set) var segments: [Segment]

    package init(segments: [Segment] = []) { self.segments = segments }

    package static func raw(_ text: String) -> SQLFragment { SQLFragment(segments: [.sql(text)]) }
    package static func identifier(_ name: String) -> SQLFragment { SQLFragment(segments: [.identifier(name)]) }
    package static func binding(_ value: SQLValue) -> SQLFragment { SQLFragment(segments: [.binding(value)]) }

    /// - Parameter text: as `text(for:)` gave it for the same dialect and as many bindings.
    package static func rendered(_ text: String, _ bindings: [SQLValue]) -> SQLFragment {
        SQLFragment(segments: [.rendered(text, bindings)])
    }

    package var isEmpty: Bool { segments.isEmpty }

    /// The bound values in the order of their placeholders.
    package var bindings: [SQLValue] {
        if segments.count == 1, case .rendered(_, let values) = segments[0] { return values }
        return segments.compactMap { if case .binding(let value) = $0 { value } else { nil } }
    }

    /// The statement text for `dialect`; its placeholders stand in the order of `bindings`.
    package func text(for dialect: some Dialect) -> String {
        var out = ""
        out.reserveCapacity(segments.count * 16)
        var count = 0
        for segment in segments {
            switch segment {
            case .sql(let text): out += text
            case .identifier(let name): out += dialect.quoted(name)
            case .binding(let value):
                count += 1
                out += dialect.placeholder(count, for: value)
            case .rendered(let text, _): return text
            }
        }
        return out
    }

    package mutating func append(_ other: SQLFragment) { segments.append(contentsOf: other.segments) }

    package static func + (left: SQLFragment, right: SQLFragment) -> SQLFragment {
        SQLFragment(segments: left.segments + right.segments)
    }

    package static func += (left: inout SQLFragment, right: SQLFragment) { left.append(right) }
}

extension SQLFragment: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) { self.init(segments: [.sql(text)]) }

    package init(stringInterpolation: Interpolation) { self.init(segments: stringInterpolation.segments) }

    package struct Interpolation: StringInterpolationProtocol {
        var segments: [Segment] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            segments.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { segments.append(.sql(literal)) }
        }

        package mutating func appendInterpolation(_ fragment: SQLFragment) { segments += fragment.segments }
        package mutating func appendInterpolation(identifier name: String) { segments.append(.identifier(name)) }
        /// For dialect words and constants of the code only, never for input.
        package mutating func appendInterpolation(raw text: String) { segments.append(.sql(text)) }

        package mutating func appendInterpolation(_ value: SQLValue) { segments.append(.binding(value)) }
        package mutating func appendInterpolation(_ text: String) { segments.append(.binding(.text(text))) }
        package mutating func appendInterpolation(_ number: Int) { segments.append(.binding(.integer(Int64(number)))) }
        package mutating func appendInterpolation(_ number: Int64) { segments.append(.binding(.integer(number))) }
        package mutating func appendInterpolation(_ id: RecordID) { segments.append(.binding(.blob(id.bytes))) }
        package mutating func appendInterpolation(_ instant: Instant) {
            segments.append(.binding(.integer(instant.milliseconds)))
        }
    }
}

extension [SQLFragment] {
    /// The fragments one after the other with `separator` between them.
    package func joined(separator: SQLFragment) -> SQLFragment {
        var out = SQLFragment()
        for (index, fragment) in enumerated() {
            if index > 0 { out += separator }
            out += fragment
        }
        return out
    }
}
