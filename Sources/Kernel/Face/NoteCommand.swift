package import Values

/// What somebody writes at a record, kept in one transaction: the note, its files, who is told of it, the mail that it
/// is, and what comes next.
package struct NoteCommand: Sendable {
    /// A file that comes with it.
    package struct File: Sendable {
        package let name: String
        package let content: [UInt8]

        package init(name: String, content: [UInt8]) {
            self.name = name
            self.content = content
        }
    }

    /// The note goes out as a mail in the author's name.
    package struct Mail: Sendable, Hashable {
        /// Contacts, each with an address.
        package var to: [RecordID]
        /// Files at the record that go along, besides those of the note.
        package var files: [RecordID]

        package init(to: [RecordID], files: [RecordID] = []) {
            self.to = to
            self.files = files
        }
    }

    /// What it is about.
    package var object: String
    package var record: RecordID
    /// Fields of the note itself: `summary`, `kind`, `subject`, `contact`, `minutes`, `result`, `next_at`.
    package var fields: Draft
    /// Whom a name in the text means, where several bear it.
    package var mentioned: [RecordID]
    package var mail: Mail?
    package var files: [File]
    /// Who follows up at `next_at`; nil or the author: the author.
    package var nextOwner: RecordID?

    package init(
        object: String, record: RecordID, fields: Draft, mentioned: [RecordID] = [], mail: Mail? = nil,
        files: [File] = [], nextOwner: RecordID? = nil
    ) {
        self.object = object
        self.record = record
        self.fields = fields
        self.mentioned = mentioned
        self.mail = mail
        self.files = files
        self.nextOwner = nextOwner
    }

    /// Most files that come with one note.
    package static let mostFiles = 10
    /// Bytes of the largest mail with its files: what mail servers commonly take.
    package static let largestMail = 15 << 20

    /// What tells it from another, besides its fields.
    var words: [String] {
        let people = mentioned.map(\.description) + [nextOwner?.description ?? ""]
        let sent = (mail?.to ?? []).map(\.description) + (mail?.files ?? []).map(\.description)
        return people + [mail == nil ? "" : "mail"] + sent + files.map { "\($0.name) \($0.content.count)" }
    }
}
