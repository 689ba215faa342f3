import Definitions
import Kernel
import Values

/// Files at a record: put there, fetched, taken off.
extension Desk {
    func attach(_ object: String, _ id: RecordID, _ field: String) async throws -> Reply {
        let here = Paths.record(object, id.description)
        guard let file = Multipart(exchange)?.file, !file.bytes.isEmpty else {
            return done(here, context[Label(zh: "先选一个文件", en: "Choose a file first")], isError: true)
        }
        let step = FileCommand.attach(object: object, id: id, field: field, name: file.name, content: file.bytes)
        do {
            _ = try await kernel.perform(Command(.file(step)), as: actor)
        } catch let rejection as Rejection where rejection.kind == .invalid || rejection.kind == .tooLarge {
            return done(here, context[rejection.message], isError: true)
        }
        return done(here + "#files", context[Label(zh: "已上传：", en: "Uploaded: ")] + file.name)
    }

    func detach(_ object: String, _ id: RecordID, _ file: String) async throws -> Reply {
        guard let file = RecordID(file) else { throw Rejection.noSuchPath }
        _ = try await kernel.perform(Command(.file(.detach(object: object, id: id, file: file))), as: actor)
        return done(Paths.record(object, id.description), context[Label(zh: "文件已移除", en: "File removed")])
    }

    /// A download; pictures and PDF, known by their first bytes, may be looked at in the browser.
    func sendFile(_ object: String, _ id: RecordID, _ file: String) async throws -> Reply {
        guard let file = RecordID(file) else { throw Rejection.noSuchPath }
        let (found, bytes) = try await kernel.answer(FileContent(object: object, id: id, file: file), as: actor)
        let isShown = exchange[query: "view"] != nil && found.mediaType != "application/octet-stream"
        let way = (isShown ? "inline" : "attachment") + "; filename*=UTF-8''" + Paths.encoded(found.name)
        return Reply(
            headers: [
                ("content-type", found.mediaType), ("cache-control", "private, no-store"),
                ("content-disposition", way),
            ], body: .bytes(bytes))
    }
}
