/// Makes tables, columns and indexes of the packs, and notes them in the catalogue.
struct SchemaWriter {
    let connection: any Connection

    init(_ connection: any Connection) { self.connection = connection }

    func create(_ table: String, _ columns: [StoredColumn]) throws {
        let required: Set<String> = ["version", "created_at", "updated_at", "record", "target"]
        let definitions = columns.map { column -> SQLFragment in
            let text: SQLFragment = "\(identifier: column.name) \(connection.dialect.type(column.kind))"
            if column.name == "id" { return text + " NOT NULL PRIMARY KEY" }
            return required.contains(column.name) ? text + " NOT NULL" : text
        }
        let list = definitions.joined(separator: ", ")
        try connection.run("CREATE TABLE \(identifier: table)(\(list))\(connection.dialect.tableSuffix)")
        for column in columns { try PhysicalCatalog(connection).add(column, to: table) }
    }

    func add(_ column: StoredColumn, to table: String) throws {
        let type = connection.dialect.type(column.kind)
        try connection.run("ALTER TABLE \(identifier: table) ADD COLUMN \(identifier: column.name) \(type)")
        try PhysicalCatalog(connection).add(column, to: table)
    }

    /// - Throws: `StoreError.mismatch` when the index is unique and a value stands twice.
    func create(_ index: PhysicalSchema.Index) throws {
        let columns = index.columns.map { SQLFragment.identifier($0) }.joined(separator: ", ")
        let scope: SQLFragment
        switch index.scope {
        case .all: scope = ""
        case .live: scope = " WHERE deleted_at IS NULL"
        case .deleted: scope = " WHERE deleted_at IS NOT NULL"
        case .filled: scope = " WHERE \(columns) IS NOT NULL AND deleted_at IS NULL"
        }
        if index.isUnique {
            let double = try connection.row(
                """
                SELECT \(columns) FROM \(identifier: index.table)\(scope) GROUP BY \(columns) HAVING count(*) > 1 LIMIT 1
                """)
            if double != nil {
                throw StoreError.mismatch(
                    "\(index.table).\(index.columns.joined()) is to be unique, but a value stands there twice")
            }
        }
        let keys = index.columns.map { connection.dialect.indexed(.identifier($0)) }.joined(separator: ", ")
        let kind: SQLFragment = index.isUnique ? "UNIQUE INDEX" : "INDEX"
        try connection.run(
            "CREATE \(kind) \(identifier: index.name) ON \(identifier: index.table)(\(keys))\(scope)")
        try PhysicalCatalog(connection).add(index)
    }
}
