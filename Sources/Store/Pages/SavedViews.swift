package import Values

/// A list as a user arranged it.
package struct SavedView: Sendable, Hashable {
    package let id: RecordID
    package let object: String
    package let user: RecordID
    package let name: String
    /// Seen by everybody; only its user changes it.
    package let shared: Bool
    /// Columns, filter, sort and group: JSON.
    package let document: String
    package let position: Int
    package let updatedAt: Instant

    package init(
        id: RecordID, object: String, user: RecordID, name: String, shared: Bool, document: String, position: Int = 0,
        updatedAt: Instant
    ) {
        self.id = id
        self.object = object
        self.user = user
        self.name = name
        self.shared = shared
        self.document = document
        self.position = position
        self.updatedAt = updatedAt
    }
}

/// The saved views of all users.
package struct SavedViews {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// The views a user has for an object: own ones and shared ones, in order. One statement.
    package func list(of object: String, for user: RecordID) throws -> [SavedView] {
        try connection.rows(
            """
            SELECT id, object, "user", name, shared, document, position, updated_at FROM saved_view \
            WHERE object = \(object) AND ("user" = \(user) OR shared = 1) ORDER BY position, name, id
            """
        ).map { row in
            SavedView(
                id: try required(row[0]), object: row[1].string, user: try required(row[2]), name: row[3].string,
                shared: row[4].count == 1, document: row[5].string, position: row[6].count,
                updatedAt: Instant(milliseconds: row[7].integer ?? 0))
        }
    }

    /// The views that a user shows everybody. One statement.
    package func shared(by user: RecordID, limit: Int) throws -> [(id: RecordID, object: String, name: String)] {
        try connection.rows(
            """
            SELECT id, object, name FROM saved_view WHERE \(identifier: "user") = \(user) AND shared = 1 \
            ORDER BY object, name, id LIMIT \(limit)
            """
        ).map { (try required($0[0]), $0[1].string, $0[2].string) }
    }

    /// Gives a shared view to another user. One statement.
    ///
    /// - Returns: false when it is not `owner`'s any more.
    package func give(_ id: RecordID, from owner: RecordID, to user: RecordID) throws -> Bool {
        try connection.run(
            """
            UPDATE saved_view SET \(identifier: "user") = \(user) \
            WHERE id = \(id) AND \(identifier: "user") = \(owner)
            """) == 1
    }

    /// Adds a view or changes one of the same user. One statement.
    ///
    /// - Returns: false when the view is another user's.
    package func put(_ view: SavedView) throws -> Bool {
        try connection.run(
            """
            INSERT INTO saved_view(id, object, "user", name, shared, document, position, updated_at) VALUES \
            (\(view.id), \(view.object), \(view.user), \(view.name), \(view.shared ? 1 : 0), \(view.document), \
            \(view.position), \(view.updatedAt)) ON CONFLICT(id) DO UPDATE SET name = excluded.name, \
            shared = excluded.shared, document = excluded.document, position = excluded.position, \
            updated_at = excluded.updated_at WHERE saved_view."user" = excluded."user"
            """) == 1
    }

    /// Removes a view of the user. One statement.
    ///
    /// - Returns: false when the user has no such view.
    package func remove(_ id: RecordID, of user: RecordID) throws -> Bool {
        try connection.run("DELETE FROM saved_view WHERE id = \(id) AND \(identifier: "user") = \(user)") == 1
    }
}
