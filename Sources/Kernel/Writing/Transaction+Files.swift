import Access
import Definitions
import Flow
import Store
import Values

extension Transaction {
    /// Puts a file to a record or takes it off; who may write the field may do so, in a state that leaves it open.
    func file(_ step: FileCommand) throws -> Outcome {
        switch step {
        case .attach(let object, let id, let field, let name, let content):
            try attach(object, id, field, name: Self.clean(name), content)
        case .detach(let object, let id, let file): try detach(object, id, file)
        }
    }

    private func attach(
        _ object: String, _ id: RecordID, _ fieldID: String, name: String, _ content: [UInt8]
    ) throws -> Outcome {
        let (definition, state) = try open(object, id, fieldID)
        guard !content.isEmpty, !name.isEmpty else {
            throw Self.refused(fieldID, "file_empty", Label(zh: "文件是空的", en: "The file is empty"))
        }
        guard content.count <= FileCommand.largest else {
            let limit = FileCommand.largest >> 20
            throw Rejection(
                .tooLarge, code: "too_large",
                message: Label(zh: "文件超过 \(limit) MB", en: "The file is larger than \(limit) MB"))
        }
        let files = Attachments(context.connection)
        let known = try files.list(of: id)
        guard known.count < FileCommand.most else {
            throw Self.refused(
                fieldID, "too_many_files",
                Label(
                    zh: "一条记录最多 \(FileCommand.most) 个文件", en: "A record holds at most \(FileCommand.most) files"))
        }
        let hash = try Attachments.hash(of: content)
        let versions = known.filter { $0.field == fieldID && $0.name == name }
        if versions.last?.hash == hash {
            throw Self.refused(
                fieldID, "file_same",
                Label(
                    zh: "“\(name)”已经在这里，内容一样，没有重复保存",
                    en: "“\(name)” is here already with the same content; it was not kept twice"))
        }
        let stored = Attachment(
            id: ids.next(context.now), object: object, record: id, field: fieldID,
            position: (known.map(\.position).max() ?? 0) + 1, name: name, mediaType: FileKind.mediaType(of: content),
            size: content.count, hash: hash, createdAt: context.now,
            createdBy: context.actor.userID)
        try files.add(stored, content: content)
        let change = FieldChange(
            field: fieldID, before: versions.isEmpty ? .null : .text(name),
            after: .text(versions.isEmpty ? name : "\(name) (\(versions.count + 1))"))
        return Outcome(sequence: try writer.log(definition, state, kind: "updated", changes: [change]))
    }

    private func detach(_ object: String, _ id: RecordID, _ file: RecordID) throws -> Outcome {
        let files = Attachments(context.connection)
        guard let stored = try files.attachment(file), stored.object == object, stored.record == id else {
            throw Rejection.noSuchRecord
        }
        let (definition, state) = try open(object, id, stored.field)
        _ = try files.setDeleted(file, context.now)
        let change = FieldChange(field: stored.field, before: .text(stored.name), after: .null)
        return Outcome(sequence: try writer.log(definition, state, kind: "updated", changes: [change]))
    }

    private func open(_ object: String, _ id: RecordID, _ fieldID: String) throws -> (ObjectDefinition, RecordState) {
        let record = try context.ask(ShowRecord(object: object, id: id, withLines: false))
        guard let definition = context.model.object(object), let field = definition.field(fieldID), !field.retired,
            field.type == .files
        else { throw Rejection.noSuchRecord }
        guard record.editable.contains(fieldID) else { throw Rejection.notAllowed }
        return (definition, RecordState(object: object, id: id))
    }

    private static func refused(_ field: String, _ code: String, _ message: Label) -> Rejection {
        Rejection(
            .invalid, code: code, message: message, problems: [Problem(field: field, code: code, message: message)])
    }

    /// Without folders, control characters and direction marks, at most 120 characters.
    private static func clean(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let kept = last.unicodeScalars.filter { scalar in
            let isBidi = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            return scalar.value >= 0x20 && scalar.value != 0x7F && !isBidi
        }
        return String(String(String.UnicodeScalarView(kept)).prefix(120))
    }
}

/// What a file is, told by its first bytes.
enum FileKind {
    static func mediaType(of bytes: [UInt8]) -> String {
        if bytes.starts(with: Array("%PDF-".utf8)) { return "application/pdf" }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: Array("GIF8".utf8)) { return "image/gif" }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            return "image/webp"
        }
        return "application/octet-stream"
    }
}
