import Definitions
import Foundation
import Kernel
import Values

/// What a phone's other programs share with us: a picture, a file, a text. It is kept under a name that can't be guessed
/// until its reader has chosen a record or makes one of it.
extension Desk {
    func share(_ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, isPost) {
        case (nil, _, true): return try receiveShared()
        case (nil, _, false): return try await showShared()
        case ("into"?, 1, true): return try await putShared()
        default: throw Rejection.noSuchPath
        }
    }

    private static let textLimit = 4000

    /// Goes on with a page that can be read again; nothing is written to any record yet.
    private func receiveShared() throws -> Reply {
        var parts = ["title", "text", "url"].map { field($0).trimmingSpaces }.filter { !$0.isEmpty }
        // Some programs send the address as the text, too.
        if parts.count > 1, let last = parts.last, parts.dropLast().contains(where: { $0.contains(last) }) {
            parts.removeLast()
        }
        var query: [String] = []
        let text = String(parts.joined(separator: "\n").prefix(Self.textLimit))
        if !text.isEmpty { query.append("text=" + PercentCode.encode(text)) }
        if let file = Multipart(exchange)?.file, !file.bytes.isEmpty {
            guard file.bytes.count <= FileCommand.largest else {
                let limit = FileCommand.largest >> 20
                return done(
                    Paths.share, context[Label(zh: "文件超过 \(limit) MB", en: "The file is larger than \(limit) MB")],
                    isError: true)
            }
            let path = try pages.site.uploads.keep(file.bytes)
            let token = String(path.split(separator: "/").last ?? "")
            query += ["file=" + PercentCode.encode(token), "name=" + PercentCode.encode(file.name)]
        }
        return .redirect(to: Paths.share + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
    }

    private func showShared() async throws -> Reply {
        let text = exchange[query: "text"] ?? ""
        let sought = exchange[query: "q"]?.trimmingSpaces ?? ""
        let (frame, sheet) = try await ask(PaletteSheet(text: sought, limit: 40))
        let eyes = presentation(frame)
        var content = SharePage(text: text, sought: sought)
        if let token = exchange[query: "file"], let path = pages.site.uploads.path(token) {
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            content.file = SharePage.File(token: token, name: exchange[query: "name"] ?? token, bytes: size)
        } else if exchange[query: "file"] != nil {
            content.isFileGone = true
        }
        content.places = sheet.records.compactMap { found in
            guard let definition = eyes.model.object(found.object), let field = Self.shelf(of: definition, eyes) else {
                return nil
            }
            return SharePage.Place(
                icon: definition.icon, kind: eyes.say(definition.label), title: found.title, note: found.note,
                object: found.object, id: found.id.description, field: field)
        }
        if !text.isEmpty { content.makes = Self.made(of: text, eyes) }
        return page(content, frame, title: context[ShareWords.title], backURL: Paths.day)
    }

    /// The first field of an object that a reader may put files into.
    private static func shelf(of definition: ObjectDefinition, _ eyes: Presentation) -> String? {
        definition.liveFields.first { $0.type == .files && eyes.isReadable($0.id, of: definition.id) }?.id
    }

    /// Records that a text can become: a person or house by the card in it, a task by its first line.
    private static func made(of text: String, _ eyes: Presentation) -> [SharePage.Making] {
        ["contact", "company", "task"].compactMap { object in
            guard let definition = eyes.model.object(object), !definition.retired, eyes.sight.canCreate(object),
                QuickFields(definition: definition, settable: eyes.sight.creatable(object)).fields != nil
            else { return nil }
            let label = eyes.say(definition.label)
            guard object == "task" else {
                return SharePage.Making(object: object, icon: definition.icon, label: label, title: nil)
            }
            let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? text
            return SharePage.Making(
                object: object, icon: definition.icon, label: label, title: String(line.prefix(120)))
        }
    }

    private func putShared() async throws -> Reply {
        guard let id = RecordID(field("record")), let path = pages.site.uploads.path(field("file")) else {
            return done(Paths.share, context[ShareWords.gone], isError: true)
        }
        let content = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let here = Paths.record(field("object"), id.description)
        let step = FileCommand.attach(
            object: field("object"), id: id, field: field("field"), name: field("name"), content: content)
        do {
            _ = try await kernel.perform(Command(.file(step)), as: actor)
        } catch let rejection as Rejection where rejection.kind == .invalid || rejection.kind == .forbidden {
            // The file still waits: another record can be chosen.
            let query = "?file=\(PercentCode.encode(field("file")))&name=\(PercentCode.encode(field("name")))"
            return done(Paths.share + query, context[rejection.message], isError: true)
        }
        pages.site.uploads.forget(path)
        return done(here + "#files", context[FileWords.uploaded] + field("name"))
    }
}
