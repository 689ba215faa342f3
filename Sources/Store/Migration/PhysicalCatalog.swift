/// The catalogue in the database of what its pack tables look like: what a plan starts from, even when the packs on the
/// disk are newer than the database.
struct PhysicalCatalog {
    let connection: any Connection

    init(_ connection: any Connection) { self.connection = connection }

    /// Everything the catalogue knows. Three statements.
    func schema() throws -> PhysicalSchema {
        var schema = PhysicalSchema()
        for row in try connection.rows("SELECT owner, name, key, form FROM physical_column") {
            guard let form = StoredColumn.Form(name: row[3].string) else {
                throw StoreError.mismatch("the column \(row[1].string) has the unknown form \(row[3].string)")
            }
            let column = StoredColumn(name: row[1].string, key: row[2].string, form: form)
            schema.tables[row[0].string, default: PhysicalSchema.Table(columns: [])].columns.append(column)
        }
        for row in try connection.rows("SELECT name, owner, definition FROM physical_index") {
            schema.indexes[row[0].string] = Self.index(row[0].string, row[1].string, row[2].string)
        }
        for row in try connection.rows("SELECT object, searched, compared FROM physical_object") {
            schema.derived[row[0].string] = PhysicalSchema.Derived(searched: row[1].string, compared: row[2].string)
        }
        return schema
    }

    func add(_ column: StoredColumn, to table: String) throws {
        try connection.run(
            """
            INSERT INTO physical_column(owner, name, key, form) \
            VALUES (\(table), \(column.name), \(column.key), \(column.form.name))
            """)
    }

    func rename(_ column: String, in table: String, to name: String) throws {
        try connection.run(
            """
            UPDATE physical_column SET name = \(name), key = \(name) WHERE owner = \(table) AND name = \(column)
            """)
    }

    func add(_ index: PhysicalSchema.Index) throws {
        try connection.run(
            """
            INSERT INTO physical_index(name, owner, definition) \
            VALUES (\(index.name), \(index.table), \(index.definition))
            """)
    }

    func removeIndex(_ name: String) throws {
        try connection.run("DELETE FROM physical_index WHERE name = \(name)")
    }

    func set(_ derived: PhysicalSchema.Derived, of object: String) throws {
        try connection.run(
            """
            INSERT INTO physical_object(object, searched, compared) \
            VALUES (\(object), \(derived.searched), \(derived.compared)) ON CONFLICT(object) DO UPDATE SET \
            searched = excluded.searched, compared = excluded.compared
            """)
    }

    private static func index(_ name: String, _ table: String, _ definition: String) -> PhysicalSchema.Index {
        var words = definition.split(separator: " ").map(String.init)
        let isUnique = words.first == "unique"
        if isUnique { words.removeFirst() }
        let columns = words.first?.split(separator: ",").map(String.init) ?? []
        let scope = words.last.flatMap { PhysicalSchema.Index.Scope(rawValue: $0) } ?? .all
        return PhysicalSchema.Index(name: name, table: table, columns: columns, isUnique: isUnique, scope: scope)
    }
}
