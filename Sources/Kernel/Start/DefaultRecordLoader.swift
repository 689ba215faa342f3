import Definitions
import Store
import Values

/// Loads the packs' default records: once each, by their key; what the company made of them since stays.
struct DefaultRecordLoader {
    let kernel: Kernel

    func load(_ packs: [Pack]) async throws {
        for pack in packs {
            for file in sorted(pack.records) { try await load(file, pack: pack.id) }
        }
    }

    /// Objects that others link to first.
    private func sorted(_ files: [PackRecordFile]) -> [PackRecordFile] {
        let model = kernel.snapshot.model
        var rest = files.sorted { $0.object < $1.object }
        var out: [PackRecordFile] = []
        while !rest.isEmpty {
            let waiting = Set(rest.map(\.object))
            let ready = rest.filter { file in
                !file.columns.contains { column in
                    guard case .link(let target)? = model.object(file.object)?.field(column)?.type else { return false }
                    return target != file.object && waiting.contains(target)
                }
            }
            let next = ready.isEmpty ? rest : ready
            out += next
            rest.removeAll { file in next.contains { $0.object == file.object } }
        }
        return out
    }

    private func load(_ file: PackRecordFile, pack: String) async throws {
        let kernel = kernel
        guard let definition = kernel.snapshot.model.object(file.object), !definition.retired else { return }
        let actor = Actor.system("default records of the pack " + pack)
        let snapshot = kernel.snapshot
        let now = kernel.surroundings.now()
        let ids = kernel.surroundings.ids
        try await kernel.database.write { connection in
            let loaded = try DefaultRecords(connection).loaded(pack: pack, object: file.object)
            let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: now)
            for row in file.rows where loaded[row.key] == nil {
                var draft = Draft()
                for (name, text) in row.values {
                    draft.fields[name] = try Self.input(text, field: definition.field(name), pack: pack, connection)
                }
                let command = Command(.create(object: file.object, draft), stamp: Stamp())
                do {
                    let outcome = try Transaction(context: context, ids: ids, command: command).run()
                    guard let made = outcome.created.first else { continue }
                    try DefaultRecords(connection).add(pack: pack, object: file.object, key: row.key, record: made.id)
                } catch let rejection as Rejection {
                    let problems = rejection.problems.map { ($0.field ?? "") + ": " + $0.message.en }
                    throw Fault(
                        code: "default_record",
                        detail: "\(file.file):\(row.line): \(row.key): " + problems.joined(separator: "; "))
                }
            }
        }
    }

    /// A link names the key of another default record of the pack.
    private static func input(
        _ text: String, field: FieldDefinition?, pack: String, _ connection: any Connection
    ) throws -> Input {
        switch field?.type {
        case .link(let object)?:
            for source in [pack, "base"] {
                if let id = try DefaultRecords(connection).loaded(pack: source, object: object)[text] {
                    return .value(.record(id))
                }
            }
            throw Fault(code: "default_record", detail: "no default record \(text) of \(object)")
        case .choices?:
            return .list(text.split(whereSeparator: { ",;|".contains($0) }).map { .text(String($0)) })
        default:
            return .text(text)
        }
    }
}
