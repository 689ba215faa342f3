import Store
import Values

/// What a merge moved and what stood there before: all that taking it back needs.
struct MergeMemory {
    /// Rows whose field pointed to a record that went.
    struct Move {
        let object: String
        let field: String
        let from: RecordID
        let rows: [RecordID]
        /// The survivor pointed there itself, and points nowhere now.
        let isOwn: Bool
    }

    /// A field with several links.
    struct List {
        let object: String
        let field: String
        let row: RecordID
        let before: [RecordID]
        let after: [RecordID]
    }

    struct Files {
        let from: RecordID
        let files: [RecordID]
    }

    /// A baton or a workflow that goes on at the survivor.
    struct Work {
        /// `leg` or `workflow`.
        let kind: String
        let id: RecordID
        let from: RecordID
    }

    /// The survivor's fields that got another value.
    var before: [String: Value] = [:]
    var after: [String: Value] = [:]
    /// Lines field → lines that were added to the survivor.
    var lines: [String: [RecordID]] = [:]
    var moves: [Move] = []
    var lists: [List] = []
    var files: [Files] = []
    var work: [Work] = []
    /// What the records that went were called.
    var titles: [RecordID: String] = [:]

    /// How many records were given another link.
    var moved: Int { moves.reduce(0) { $0 + $1.rows.count } + lists.count }
}

extension MergeMemory {
    var text: String {
        var builder = JSONBuilder(escaping: .minimal)
        builder.object { builder in
            builder.field("before", ValuesText.text(before))
            builder.field("after", ValuesText.text(after))
            builder.field("lines", ValuesText.text(lines.mapValues { .list($0.map { .record($0) }) }))
            builder.key("moves")
            builder.array { builder in for move in moves { write(move, &builder) } }
            builder.key("lists")
            builder.array { builder in for list in lists { write(list, &builder) } }
            builder.key("files")
            builder.array { builder in
                for part in files {
                    builder.object { builder in
                        builder.field("from", part.from.description)
                        write("files", part.files, &builder)
                    }
                }
            }
            builder.key("work")
            builder.array { builder in
                for part in work {
                    builder.object { builder in
                        builder.field("kind", part.kind)
                        builder.field("id", part.id.description)
                        builder.field("from", part.from.description)
                    }
                }
            }
            builder.key("titles")
            builder.object { builder in
                for (id, title) in titles.sorted(by: { $0.key < $1.key }) { builder.field(id.description, title) }
            }
        }
        return builder.text
    }

    private func write(_ move: Move, _ builder: inout JSONBuilder) {
        builder.object { builder in
            builder.field("object", move.object)
            builder.field("field", move.field)
            builder.field("from", move.from.description)
            builder.key("own")
            builder.bool(move.isOwn)
            write("rows", move.rows, &builder)
        }
    }

    private func write(_ list: List, _ builder: inout JSONBuilder) {
        builder.object { builder in
            builder.field("object", list.object)
            builder.field("field", list.field)
            builder.field("row", list.row.description)
            write("before", list.before, &builder)
            write("after", list.after, &builder)
        }
    }

    private func write(_ name: String, _ ids: [RecordID], _ builder: inout JSONBuilder) {
        builder.key(name)
        builder.array { builder in for id in ids { builder.string(id.description) } }
    }

    /// Reads what `text` wrote.
    init(_ text: String) throws {
        let parts = try Parts(JSONText.read(Array(text.utf8)))
        before = try ValuesText.values(try parts.text("before"))
        after = try ValuesText.values(try parts.text("after"))
        lines = try ValuesText.values(try parts.text("lines")).mapValues { value in
            if case .list(let items) = value { items.compactMap(\.record) } else { [] }
        }
        moves = try parts.list("moves").map { move in
            Move(
                object: try move.text("object"), field: try move.text("field"), from: try move.id("from"),
                rows: try move.ids("rows"), isOwn: move.members["own"] == .bool(true))
        }
        lists = try parts.list("lists").map { list in
            List(
                object: try list.text("object"), field: try list.text("field"), row: try list.id("row"),
                before: try list.ids("before"), after: try list.ids("after"))
        }
        files = try parts.list("files").map { Files(from: try $0.id("from"), files: try $0.ids("files")) }
        if parts.members["work"] != nil {
            work = try parts.list("work").map {
                Work(kind: try $0.text("kind"), id: try $0.id("id"), from: try $0.id("from"))
            }
        }
        guard case .object(let names)? = parts.members["titles"] else { throw Parts.malformed }
        for case (let id, .text(let title)) in names { if let id = RecordID(id) { titles[id] = title } }
    }
}

/// An object of a stored text, member by member.
private struct Parts {
    static let malformed = Fault(code: "merge_memory", detail: "what was kept of a merge can't be read")

    let members: [String: Input]

    init(_ input: Input) throws(Fault) {
        guard case .object(let members) = input else { throw Self.malformed }
        self.members = members
    }

    func text(_ name: String) throws(Fault) -> String {
        guard case .text(let text)? = members[name] else { throw Self.malformed }
        return text
    }

    func id(_ name: String) throws(Fault) -> RecordID {
        guard let id = RecordID(try text(name)) else { throw Self.malformed }
        return id
    }

    func ids(_ name: String) throws(Fault) -> [RecordID] {
        guard case .list(let items)? = members[name] else { throw Self.malformed }
        return items.compactMap { item in if case .text(let text) = item { RecordID(text) } else { nil } }
    }

    func list(_ name: String) throws(Fault) -> [Parts] {
        guard case .list(let items)? = members[name] else { throw Self.malformed }
        var out: [Parts] = []
        for item in items { out.append(try Parts(item)) }
        return out
    }
}
