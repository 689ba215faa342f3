package import Definitions

/// The tables, columns and indexes that a model needs, or that a database has.
package struct PhysicalSchema: Sendable, Hashable {
    struct Table: Sendable, Hashable {
        /// In table order, by name unique.
        var columns: [StoredColumn]
    }

    struct Index: Sendable, Hashable {
        let name: String
        let table: String
        let columns: [String]
        let isUnique: Bool
        let scope: Scope

        /// Which rows it holds.
        enum Scope: String, Sendable { case all, live, deleted, filled }

        var definition: String {
            (isUnique ? "unique " : "") + columns.joined(separator: ",") + " " + scope.rawValue
        }
    }

    /// What search and duplicate keys of an object are made of.
    struct Derived: Sendable, Hashable {
        let searched: String
        let compared: String
    }

    var tables: [String: Table] = [:]
    var indexes: [String: Index] = [:]
    var derived: [String: Derived] = [:]

    init() {}

    /// What `model` needs, retired objects and fields included: nothing is ever taken away.
    package init(_ model: Model) {
        for object in model.objects {
            let table = ObjectTable(object)
            tables[table.name] = Table(columns: table.columns)
            for index in Self.indexes(of: table) { indexes[index.name] = index }
            for field in object.fields {
                guard case .links = field.type else { continue }
                let name = RecordStore.linkTable(object.id, field.id)
                tables[name] = Table(columns: Self.linkColumns)
                for index in Self.linkIndexes(of: name) { indexes[index.name] = index }
            }
            let rules = object.duplicates.map(\.kind)
            derived[object.id] = Derived(
                searched: (object.search + ["|"] + object.title).joined(separator: " "),
                compared: rules.joined(separator: " "))
        }
    }

    static let linkColumns = [
        StoredColumn(name: "record", key: "record", form: .record),
        StoredColumn(name: "position", key: "position", form: .number(scale: 0)),
        StoredColumn(name: "target", key: "target", form: .record),
    ]

    private static func linkIndexes(of table: String) -> [Index] {
        let name = "i_" + table
        return [
            Index(
                name: name + "_record", table: table, columns: ["record", "position", "target"], isUnique: false,
                scope: .all),
            Index(name: name + "_target", table: table, columns: ["target", "record"], isUnique: false, scope: .all),
        ]
    }

    private static func indexes(of table: ObjectTable) -> [Index] {
        var indexes: [Index] = []
        func add(_ suffix: String, _ columns: [String], _ scope: Index.Scope, unique: Bool = false) {
            let name = "i_" + table.name + "_" + suffix
            if indexes.contains(where: { $0.name == name }) { return }
            indexes.append(Index(name: name, table: table.name, columns: columns, isUnique: unique, scope: scope))
        }
        let definition = table.definition
        let newest = ["updated_at", "id"]
        if table.isLine {
            add("parent", ["parent", "position"], .all)
        } else {
            add("updated", newest, .live)
            add("deleted", ["deleted_at"], .deleted)
            if !definition.isSetting {
                for column in ["owner", "department", "region"] { add(column, [column] + newest, .live) }
            }
        }
        for field in definition.liveFields where !field.isSystem {
            guard let column = field.storedColumns.first else { continue }
            switch field.type {
            case .link, .anyLink: add(column.name, [column.name] + newest, .all)
            default: break
            }
            if definition.states?.field == field.id || field.indexed { add(column.name, [column.name] + newest, .live) }
            if field.unique { add(column.name + "_unique", [column.name], .filled, unique: true) }
            if field.series != nil, !field.unique { add(column.name + "_number", [column.name], .filled) }
        }
        for view in definition.views where !table.isLine {
            // Lists are opened in the order of their views; a first key of the table itself gets an index.
            guard let key = view.sort.first?.path, key != "updated_at", let column = table.column(key) else { continue }
            add(column.name + "_order", [column.name, "id"], .live)
        }
        return indexes
    }
}

extension DuplicateRule.Key {
    /// `company_name(name_en)`, as it stands in the stored keys.
    var name: String {
        switch self {
        case .exact(let field): "exact(\(field))"
        case .companyName(let field): "company_name(\(field))"
        case .domain(let field): "domain(\(field))"
        }
    }
}

extension StoredColumn.Form {
    /// As kept in the catalogue of columns.
    var name: String {
        switch self {
        case .bool: "bool"
        case .text: "text"
        case .codes: "codes"
        case .day: "day"
        case .instant: "instant"
        case .record: "record"
        case .number(let scale): "number(\(scale))"
        }
    }

    init?(name: String) {
        switch name {
        case "bool": self = .bool
        case "text": self = .text
        case "codes": self = .codes
        case "day": self = .day
        case "instant": self = .instant
        case "record": self = .record
        default:
            guard name.hasPrefix("number("), let scale = Int(name.dropFirst(7).dropLast()) else { return nil }
            self = .number(scale: scale)
        }
    }
}
