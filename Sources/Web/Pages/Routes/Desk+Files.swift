import Definitions
import Kernel
import Values

/// Files at a record: put there, fetched, taken off.
extension Desk {
    func attach(_ object: String, _ id: RecordID, _ field: String) async throws -> Reply {
        let here = Paths.record(object, id.description)
        guard let file = Multipart(exchange)?.file, !file.bytes.isEmpty else {
            return done(here, context[FileWords.chooseFirst], isError: true)
        }
        let step = FileCommand.attach(object: object, id: id, field: field, name: file.name, content: file.bytes)
        do {
            _ = try await kernel.perform(Command(.file(step)), as: actor)
        } catch let rejection as Rejection
            where !isFetch && (rejection.kind == .invalid || rejection.kind == .tooLarge)
        {
            return done(here, context[rejection.message], isError: true)
        }
        // A script that sends several asks for the page itself when the last one has arrived.
        if isFetch { return Reply(status: 204, headers: [("cache-control", "no-store")]) }
        return done(here + "#files", context[FileWords.uploaded] + file.name)
    }

    func detach(_ object: String, _ id: RecordID, _ file: String) async throws -> Reply {
        guard let file = RecordID(file) else { throw Rejection.noSuchPath }
        _ = try await kernel.perform(Command(.file(.detach(object: object, id: id, file: file))), as: actor)
        return done(Paths.record(object, id.description), context[FileWords.removed])
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
                // Whatever is inside runs nothing and fetches nothing, beside the rules of every page.
                (
                    "content-security-policy",
                    found.mediaType == "application/pdf"
                        ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
                        : "default-src 'none'; frame-ancestors 'self'; sandbox"
                ),
            ], body: .bytes(bytes))
    }
}
