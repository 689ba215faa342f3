import Definitions
import Kernel
import Values

/// The pages of somebody who is signed in.
struct Desk {
    let pages: Pages
    let actor: Actor
    let fields: [(name: String, value: String)]
    /// Hash of the house's own logo; nil without one.
    var logo: String?

    var exchange: Exchange { pages.exchange }
    var kernel: Kernel { pages.kernel }
    var context: PageContext { pages.context(actor) }
    var isPost: Bool { exchange.method == "POST" }
    /// A script asks for data, not for a page.
    var isFetch: Bool { exchange.headers["x-requested-with"] == "fetch" }

    func reply() async throws -> Reply {
        guard isPost || exchange.method == "GET" || exchange.method == "HEAD" else { throw Rejection.wrongMethod }
        let path = exchange.path
        switch path.first {
        case nil where !isPost: return try await day()
        case "search"? where path.count == 1 && !isPost: return try await search()
        case "palette"? where path.count == 1 && !isPost: return try await palette()
        case "share"?: return try await share(Array(path.dropFirst()))
        case "quick"?: return try await quick(Array(path.dropFirst()))
        case "notices"?: return try await notices(Array(path.dropFirst()))
        case "approvals"?: return try await approvals(Array(path.dropFirst()))
        case "exceptions"? where path.count == 1 && !isPost: return try await board("exception")
        case "board"? where path.count == 2 && !isPost: return try await board(path[1])
        case "meetings"? where path == ["meetings", "find"]:
            return isPost ? try await makeMeeting() : try await findMeeting()
        case "build"?: return try await definitions(Array(path.dropFirst()))
        case "workflows"? where path.count >= 2: return try await workflowRuns(Array(path.dropFirst()))
        case "settings"?: return try await settings(Array(path.dropFirst()))
        case "relay"?: return try await relay(Array(path.dropFirst()))
        case "logo"? where path.count == 1 && !isPost: return try await logoPicture()
        case "help"? where !isPost: return try await help(Array(path.dropFirst()))
        case "absence"?: return try await absence(Array(path.dropFirst()))
        case "import"? where path.count >= 2: return try await importing(path[1], Array(path.dropFirst(2)))
        case "o"? where path.count >= 2: return try await records(path[1], Array(path.dropFirst(2)))
        default: throw Rejection.noSuchPath
        }
    }

    private func records(_ object: String, _ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, isPost) {
        case (nil, _, false): return try await list(object)
        case ("new"?, 1, false): return try await newForm(object)
        case ("new"?, 1, true): return try await create(object)
        case ("bin"?, 1, false): return try await bin(object)
        case ("duplicates"?, 1, false): return try await duplicates(object)
        case ("duplicates"?, 2, true): return try await setApart(object, rest[1])
        case ("count"?, 1, false): return try await count(object)
        case ("pick"?, 1, false): return try await pick(object)
        case ("export.xlsx"?, 1, false), ("export.csv"?, 1, false):
            return try await export(object, asText: rest[0].hasSuffix(".csv"))
        case ("export"?, 1, false): return try await exportPage(object)
        case ("export"?, 1, true): return try await exporting(object)
        case ("bulk"?, 1, true): return try await bulk(object)
        case ("cells"?, 1, true): return try await changeCells(object)
        case ("cell"?, 1, false): return try await blankCell(object)
        case ("views"?, 1, true): return try await keepView(object)
        case ("figures"?, 1, false): return try await figures(object)
        case ("ids"?, 1, false): return try await matching(object)
        case ("dry-run"?, 1, true): return try await rehearse(object)
        case (let text?, _, _):
            guard let id = RecordID(text) else { throw Rejection.noSuchPath }
            return try await record(object, id, Array(rest.dropFirst()))
        default: throw Rejection.noSuchPath
        }
    }

    private func record(_ object: String, _ id: RecordID, _ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, isPost) {
        case (nil, _, false): return try await show(object, id)
        case ("edit"?, 1, false): return try await editForm(object, id)
        case ("edit"?, 1, true): return try await update(object, id)
        case ("delete"?, 1, true): return try await delete(object, id)
        case ("restore"?, 1, true): return try await restore(object, id)
        case ("actions"?, 2, true): return try await act(object, id, rest[1])
        case ("cell"?, 1, false): return try await cell(object, id)
        case ("move"?, 1, false): return try await askMove(object, id)
        case ("move"?, 1, true): return try await move(object, id)
        case ("effects"?, 2, true): return try await confirmEffect(object, id, rest[1])
        case ("merge"?, 1, false): return try await mergeForm(object, id)
        case ("merge"?, 1, true): return try await merge(object, id)
        case ("merges"?, 3, true) where rest[2] == "undo":
            guard let merge = RecordID(rest[1]) else { throw Rejection.noSuchPath }
            return try await unmerge(object, id, merge)
        case ("note"?, 1, true): return try await note(object, id)
        case ("note"?, 1, false) where exchange[query: "template"] != nil: return try await filledMail(object, id)
        case ("note"?, 1, false): return try await mentionChoices(object, id)
        case ("presence"?, 1, true): return try await presence(object, id)
        case ("rules"?, 2, true): return try await askRule(object, id, rest[1])
        case ("files"?, 2, true): return try await attach(object, id, rest[1])
        case ("files"?, 2, false): return try await sendFile(object, id, rest[1])
        case ("files"?, 3, true) where rest[2] == "remove": return try await detach(object, id, rest[1])
        case ("timeline"?, 1, false): return try await olderTimeline(object, id)
        case ("history"?, 1, false): return try await fieldHistory(object, id)
        case ("why"?, 1, false): return try await why(object, id)
        case ("document"?, 1, false): return try await document(object, id)
        case ("document.pdf"?, 1, false):
            return try await pages.site.printed(
                DocumentOf(object: object, id: id), as: actor, download: exchange[query: "download"] != nil)
        default: throw Rejection.noSuchPath
        }
    }

    /// The house's logo; under its hash it never changes.
    private func logoPicture() async throws -> Reply {
        guard let found = try await kernel.answer(LogoPicture(), as: actor) else { throw Rejection.noSuchPath }
        let isNamed = exchange[query: "v"] == found.logo.hash
        return Reply(
            headers: [
                ("content-type", found.logo.mediaType),
                ("cache-control", isNamed ? "private, max-age=31536000, immutable" : "private, no-store"),
                ("content-security-policy", "default-src 'none'; sandbox"),
            ], body: .bytes(found.bytes))
    }

    /// Asks for a page's content and the frame in one read block.
    func ask<Content: Question>(_ content: Content) async throws -> (frame: Frame, content: Content.Answer) {
        let answer = try await kernel.answer(Framed(content: content), as: actor)
        return (answer.frame, answer.content)
    }

    func presentation(_ frame: Frame) -> Presentation { Presentation(sight: frame.sight, page: context) }

    func field(_ name: String) -> String { fields.last { $0.name == name }?.value ?? "" }

    // MARK: The answer to a post

    /// Goes on with a GET and a sentence about what was done.
    func done(_ target: String, _ text: String, undo: String? = nil, isError: Bool = false) -> Reply {
        let parts = [isError ? "1" : "0", undo ?? "", text].map(PercentCode.encode)
        return Reply.redirect(to: target)
            .with(
                "set-cookie",
                "\(Self.flashCookie)=\(parts.joined(separator: ".")); Path=/; Max-Age=60; HttpOnly; SameSite=Lax"
                    + pages.secure)
    }

    static let flashCookie = "baton_flash"

    var flash: Shell.Flash? {
        guard let text = exchange.cookie(Self.flashCookie) else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        // Dots of the texts themselves are left alone by the encoding, so only the first two part.
        guard parts.count >= 3, let undo = PercentCode.decode(parts[1]),
            let said = PercentCode.decode(parts[2...].joined(separator: "."))
        else { return nil }
        let way: (url: String, fields: [(name: String, value: String)])? = undo.isEmpty ? nil : (Pages.local(undo), [])
        return Shell.Flash(text: said, undo: way, isError: parts[0] == "1")
    }
}
