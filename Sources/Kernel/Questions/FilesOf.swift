import Access
import Definitions
import Expressions
import Store
package import Values

/// The files at a record, in the fields that the actor may see, or the rejection `missing` as for the record itself.
package struct FilesOf: Question {
    package var object: String
    package var id: RecordID

    package init(object: String, id: RecordID) {
        self.object = object
        self.id = id
    }

    package func answer(in context: ReadContext) throws -> [FileView] {
        guard let definition = context.model.object(object) else { throw Rejection.noSuchRecord }
        guard definition.liveFields.contains(where: { $0.type == .files }) else { return [] }
        _ = try context.ask(ShowRecord(object: object, id: id, fields: ["id"], withLines: false))
        let readable = context.access.grant(object).readable
        return try Attachments(context.connection).list(of: id).filter {
            $0.object == object && readable.contains($0.field)
        }.map(FileView.init)
    }
}

/// The bytes of one file at a record, or the rejection `missing`.
package struct FileContent: Question {
    package var object: String
    package var id: RecordID
    package var file: RecordID

    package init(object: String, id: RecordID, file: RecordID) {
        self.object = object
        self.id = id
        self.file = file
    }

    package func answer(in context: ReadContext) throws -> (file: FileView, bytes: [UInt8]) {
        guard let found = try context.ask(FilesOf(object: object, id: id)).first(where: { $0.id == file }),
            let stored = try Attachments(context.connection).attachment(file),
            let bytes = try Attachments(context.connection).content(hash: stored.hash)
        else { throw Rejection.noSuchRecord }
        return (found, bytes)
    }
}

/// What is told of a file.
package struct FileView: Sendable {
    package let id: RecordID
    package let field: String
    package let name: String
    /// By its first bytes, never by its name: a picture, `application/pdf` or `application/octet-stream`.
    package let mediaType: String
    /// Bytes.
    package let size: Int
    package let at: Instant

    init(_ stored: Attachment) {
        id = stored.id
        field = stored.field
        name = stored.name
        mediaType = stored.mediaType
        size = stored.size
        at = stored.createdAt
    }
}
