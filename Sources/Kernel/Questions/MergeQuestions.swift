package import Definitions
package import Values

/// What merging records would do, for who may see them all: nothing is written.
package struct MergePreview: Question {
    package struct Answer: Sendable {
        /// The survivor first, with what may be read of each.
        package let sides: [RecordView]
        /// Fields in which one of them holds something.
        package let fields: [MergedField]
        /// What will point to the survivor, as far as it is in sight.
        package let links: [Link]
        /// Files that go over.
        package let files: Int
        /// What stands against it.
        package let problems: [Problem]
    }

    /// Records in sight that point to one of those that go.
    package struct Link: Sendable {
        package let object: String
        package let field: FieldDefinition
        package let count: Int
    }

    package let wish: MergeWish

    package init(_ wish: MergeWish) { self.wish = wish }
}

/// Where a record that went into another is found now; nil when it went nowhere, or out of the asker's sight.
package struct MergedInto: Question {
    package let object: String
    package let id: RecordID

    package init(object: String, id: RecordID) {
        self.object = object
        self.id = id
    }
}

/// What went into a record, newest first, as far as the asker may see it.
package struct MergesOf: Question {
    package struct Entry: Sendable {
        package let id: RecordID
        package let at: Instant
        /// Who did it; empty when the asker may not know.
        package let by: String
        /// What went in, with its name then.
        package let records: [(id: RecordID, title: String)]
        /// How many records were given another link.
        package let moved: Int
        /// Until when it can be taken back; nil when it was, or when that is over.
        package let undoUntil: Instant?
        package let isUndone: Bool
    }

    package let object: String
    package let id: RecordID

    package init(object: String, id: RecordID) {
        self.object = object
        self.id = id
    }
}

/// Records of an object that its rules take for the same, as far as the asker sees both them and what is compared; the
/// largest groups first.
package struct LikelyDuplicates: Question {
    /// Live records, those named first that stand in most other lists.
    package struct Group: Sendable {
        package let records: [RecordView]
    }

    package let object: String
    package let limit: Int

    package init(object: String, limit: Int = 50) {
        self.object = object
        self.limit = limit
    }
}

/// Live records that the object's rules take for the same as one, as far as the asker sees both them and what is
/// compared, at most five.
package struct SameRecords: Question {
    package let object: String
    package let id: RecordID

    package init(object: String, id: RecordID) {
        self.object = object
        self.id = id
    }
}

/// Pairs of records in sight of which somebody said that they are not the same, as long as that holds; the newest first.
package struct RecordsApart: Question {
    package struct Entry: Sendable {
        package let one: (id: RecordID, title: String)
        package let other: (id: RecordID, title: String)
        package let at: Instant
        package let by: String
    }

    package let object: String

    package init(object: String) { self.object = object }
}
