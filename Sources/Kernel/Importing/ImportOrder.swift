import Definitions
import Store
import Values

/// What is stored with a batch so that the house can take it up: the request, as JSON.
struct ImportOrder {
    var request: ImportRequest
    /// Who asked for it to be taken back.
    var undoneBy: RecordID?

    init(_ request: ImportRequest) { self.request = request }

    /// - Throws: the rejection `file_gone` for a batch that ran within a call and left nothing to go on with.
    init(text: String) throws(Rejection) {
        self.init(orEmpty: text)
        guard !request.path.isEmpty else { throw .fileGone }
    }

    init(orEmpty text: String) {
        var parts: [String: Input] = [:]
        // Written by `text`; anything else is as good as nothing.
        if case .object(let known)? = try? JSONText.read(Array(text.utf8)) { parts = known }
        func word(_ name: String) -> String? { if case .text(let text)? = parts[name] { text } else { nil } }
        func flag(_ name: String) -> Bool? { if case .bool(let flag)? = parts[name] { flag } else { nil } }
        request = ImportRequest(object: word("object") ?? "", path: word("path") ?? "", name: word("name") ?? "")
        request.dryRun = flag("dry_run") ?? false
        request.onDuplicate = word("on_duplicate").flatMap(ImportRequest.DuplicatePolicy.init(rawValue:)) ?? .flag
        request.dayFirst = flag("day_first")
        request.decimalComma = flag("decimal_comma")
        request.sheet = word("sheet")
        request.encoding = word("encoding")
        if case .object(let map)? = parts["map"] {
            for case (let heading, .text(let path)) in map { request.mapping[heading] = path }
        }
        if case .object(let rows)? = parts["mended"] {
            for case (let line, .list(let cells)) in rows {
                guard let line = Int(line) else { continue }
                request.mended[line] = cells.map { if case .text(let text) = $0 { text } else { "" } }
            }
        }
        if case .list(let lines)? = parts["only"] {
            request.only = Set(lines.compactMap { if case .number(let text) = $0 { Int(text) } else { nil } })
        }
        undoneBy = word("undone_by").flatMap { RecordID($0) }
    }

    var text: String {
        var builder = JSONBuilder()
        builder.object { builder in
            builder.field("object", request.object)
            builder.field("path", request.path)
            builder.field("name", request.name)
            builder.field("on_duplicate", request.onDuplicate.rawValue)
            for (name, flag) in [
                ("dry_run", request.dryRun), ("day_first", request.dayFirst), ("decimal_comma", request.decimalComma),
            ] {
                guard let flag else { continue }
                builder.key(name)
                builder.bool(flag)
            }
            for (name, word) in [
                ("sheet", request.sheet), ("encoding", request.encoding), ("undone_by", undoneBy?.description),
            ] {
                if let word { builder.field(name, word) }
            }
            if !request.mended.isEmpty {
                builder.key("mended")
                let rows = request.mended.map { (String($0.key), Input.list($0.value.map { .text($0) })) }
                builder.write(.object(Dictionary(uniqueKeysWithValues: rows)))
            }
            if let only = request.only {
                builder.key("only")
                builder.array { builder in for line in only.sorted() { builder.int(line) } }
            }
            builder.key("map")
            builder.write(.object(request.mapping.mapValues { .text($0) }))
        }
        return builder.text
    }
}
