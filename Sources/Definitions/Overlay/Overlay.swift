/// The customer's own definitions and changes, laid over the packs. A value: applying changes gives a new one.
package struct Overlay: Sendable, Equatable {
    /// `{objects, lists, roles, menu, processes}`, each merged by id over the packs.
    let root: SourceNode

    package static let empty = Overlay(root: SourceNode(.map([])))

    init(root: SourceNode) { self.root = root }

    /// Reads stored documents; a later one is laid over an earlier one.
    package init(documents: [String]) throws(JSONSyntaxError) {
        var root = SourceNode(.map([]))
        for document in documents { root = root.merged(with: try SourceNode(json: document)) }
        self.root = root
    }

    package var isEmpty: Bool { root.entries?.isEmpty ?? true }

    /// The whole overlay as one JSON document, one entry per line.
    package var document: String { JSONWriter.write(root) }
}
