/// A piece of a definition as it was written, in YAML or JSON, with its place.
package struct SourceNode: Sendable {
    package indirect enum Content: Sendable {
        /// `~`, `null` or nothing.
        case null
        /// Text as written; `plain` when it had no quotes, so that it may mean a number or a truth value.
        case scalar(String, plain: Bool)
        case list([SourceNode])
        /// In the order written.
        case map([Entry])
    }

    package struct Entry: Sendable {
        package let key: String
        package let place: SourceLocation
        package var value: SourceNode

        package init(_ key: String, _ value: SourceNode, at place: SourceLocation = .memory) {
            self.key = key
            self.place = place
            self.value = value
        }
    }

    package var content: Content
    package let place: SourceLocation

    package init(_ content: Content, at place: SourceLocation = .memory) {
        self.content = content
        self.place = place
    }

    package static func text(_ text: String) -> SourceNode { SourceNode(.scalar(text, plain: false)) }
    package static func plain(_ text: String) -> SourceNode { SourceNode(.scalar(text, plain: true)) }
    package static func flag(_ flag: Bool) -> SourceNode { SourceNode(.scalar(flag ? "true" : "false", plain: true)) }
    package static func list(_ items: [SourceNode]) -> SourceNode { SourceNode(.list(items)) }
    package static func map(_ entries: [(String, SourceNode?)]) -> SourceNode {
        SourceNode(.map(entries.compactMap { key, value in value.map { Entry(key, $0) } }))
    }

    package var entries: [Entry]? { if case .map(let entries) = content { entries } else { nil } }
    package var items: [SourceNode]? { if case .list(let items) = content { items } else { nil } }
    package var scalar: String? { if case .scalar(let text, _) = content { text } else { nil } }
    package var isNull: Bool { if case .null = content { true } else { false } }

    package subscript(key: String) -> SourceNode? { entries?.first { $0.key == key }?.value }
}

extension SourceNode: Equatable {
    /// Places don't count.
    package static func == (left: SourceNode, right: SourceNode) -> Bool {
        switch (left.content, right.content) {
        case (.null, .null): true
        case (.scalar(let a, let p), .scalar(let b, let q)): a == b && p == q
        case (.list(let a), .list(let b)): a == b
        case (.map(let a), .map(let b)): a.map(\.key) == b.map(\.key) && a.map(\.value) == b.map(\.value)
        default: false
        }
    }
}
