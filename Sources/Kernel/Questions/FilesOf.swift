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
        let definition = try context.object(object)
        guard definition.liveFields.contains(where: { $0.type == .files }) else { return [] }
        let access = context.access.grant(object)
        let query = RecordQuery(
            object: object, predicates: access.readPredicate.map { [$0] } ?? [], context: context.evaluation,
            fields: RecordReader(context: context).loaded([FieldPath(["id"])], of: definition), limit: 1, ids: [id])
        guard let row = try context.store.select(query).first else { throw Rejection.noSuchRecord }
        // What this row shows: a field may be in sight on one's own records only.
        let readable = access.masks(for: RowSource(row: row), context.evaluation).readable
        let files = try Attachments(context.connection).list(of: id).filter {
            $0.object == object && readable.contains($0.field)
        }
        return FileView.all(files)
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
    /// Who put it there; nil for the house itself.
    package let by: RecordID?
    /// Files of one name in one field are versions of one document, the first is 1.
    package let version: Int
    /// The newest version of its name.
    package let isCurrent: Bool

    /// All files of a record, in order, each as a version of its name.
    static func all(_ files: [Attachment]) -> [FileView] {
        let versions = Dictionary(grouping: files) { [$0.field, $0.name] }.mapValues { $0.map(\.id) }
        return files.map { file in
            let same = versions[[file.field, file.name]] ?? []
            let place = same.firstIndex(of: file.id) ?? 0
            return FileView(file, version: place + 1, isCurrent: place == same.count - 1)
        }
    }

    private init(_ stored: Attachment, version: Int, isCurrent: Bool) {
        id = stored.id
        field = stored.field
        name = stored.name
        mediaType = stored.mediaType
        size = stored.size
        at = stored.createdAt
        by = stored.createdBy
        self.version = version
        self.isCurrent = isCurrent
    }
}
