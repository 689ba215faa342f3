/// A pack as read: its parts not yet looked up against each other, with what was already found wrong.
package struct Pack: Sendable {
    package let id: String
    package let version: String
    package let label: Label
    /// Ids of the packs that must stand before this one.
    package let requires: [String]
    package let baseCurrency: String?
    /// Default records that the company can edit, by file.
    package let records: [PackRecordFile]
    package let diagnostics: [DefinitionDiagnostic]

    /// `{objects, lists, roles, menu, processes}`: the shape of an overlay document.
    let root: SourceNode
    /// Files of the pack, for telling layers apart.
    let files: Set<String>
    /// Where the pack's own description stands.
    let place: SourceLocation
}

/// Default records of one object from `records/<object>.csv`.
package struct PackRecordFile: Sendable {
    package let object: String
    package let file: String
    /// Field ids, without the leading `key`.
    package let columns: [String]
    package let rows: [PackRecord]
}

/// A default record. Once loaded, it is the company's; later versions of the pack add only new keys.
package struct PackRecord: Sendable {
    /// Permanent within the pack and object.
    package let key: String
    /// Field id → text as written; empty cells are left out.
    package let values: [String: String]
    package let line: Int
}
