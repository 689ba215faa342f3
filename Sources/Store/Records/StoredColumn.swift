package import Definitions
package import Values

/// One physical column of an object's table, with the key under which its value stands in a `RecordRow`.
package struct StoredColumn: Sendable, Hashable {
    /// How the value is written in the column.
    package enum Form: Sendable, Hashable {
        case bool, text, codes, day, instant, record
        case number(scale: Int)
    }

    package let name: String
    /// Field id, or field id with a part: `total.currency`, `total.rate`, `total.base`, `target.object`.
    package let key: String
    package let form: Form

    package var kind: ColumnKind {
        switch form {
        case .bool: .bool
        case .text, .codes: .text
        case .record: .bytes
        case .day, .instant, .number: .integer
        }
    }

    /// The stored form of `value`; throws `StoreError.unfit` when it does not fit the column.
    package func encode(_ value: Value) throws(StoreError) -> SQLValue {
        switch (form, value) {
        case (_, .null): return .null
        case (.bool, .bool(let flag)): return .bool(flag)
        case (.text, .text(let text)): return .text(text)
        case (.codes, .list(let codes)): return try encode(codes: codes)
        case (.day, .day(let day)): return .integer(Int64(day.number))
        case (.instant, .instant(let instant)): return .integer(instant.milliseconds)
        case (.record, .record(let id)): return .blob(id.bytes)
        case (.number(let scale), .decimal(let number)):
            guard let units = number.stored(at: scale) else { throw .unfit(field: key) }
            return .integer(units)
        default: throw .unfit(field: key)
        }
    }

    /// The value of a stored form, or null for what this column can't hold.
    package func decode(_ stored: SQLValue) -> Value {
        switch (form, stored) {
        case (.bool, .integer(let flag)): .bool(flag != 0)
        case (.text, .text(let text)): .text(text)
        case (.codes, .text(let list)): .list(list.split(separator: ",").map { .text(String($0)) })
        case (.day, .integer(let number)): .day(Day(number: Int(number)))
        case (.instant, .integer(let milliseconds)): .instant(Instant(milliseconds: milliseconds))
        case (.record, .blob(let bytes)): RecordID(bytes: bytes).map { .record($0) } ?? .null
        case (.number(let scale), .integer(let units)): .decimal(ExactDecimal(units: Int128(units), scale: scale))
        default: .null
        }
    }

    private func encode(codes: [Value]) throws(StoreError) -> SQLValue {
        var text = ","
        for code in codes {
            guard let code = code.text, !code.contains(","), !code.isEmpty else { throw .unfit(field: key) }
            text += code + ","
        }
        return codes.isEmpty ? .null : .text(text)
    }
}

extension FieldDefinition {
    /// The columns that hold this field, its main one first; none for lines, files and links.
    package var storedColumns: [StoredColumn] {
        // Not the generation's column: after a change of type the old column steps aside and the new one takes its name,
        // so that a model built anew after a restart finds its columns.
        let name = isSystem ? id : "f_" + id
        func main(_ form: StoredColumn.Form) -> StoredColumn { StoredColumn(name: name, key: id, form: form) }
        func part(_ suffix: String, _ key: String, _ form: StoredColumn.Form) -> StoredColumn {
            StoredColumn(name: name + suffix, key: id + "." + key, form: form)
        }
        let base = part("_base", "base", .number(scale: 4))
        switch type {
        case .text, .longText, .choice, .json: return [main(.text)]
        case .choices: return [main(.codes)]
        case .bool: return [main(.bool)]
        case .integer: return [main(.number(scale: 0))]
        case .decimal(let scale): return [main(.number(scale: scale))]
        case .percent: return [main(.number(scale: 4))]
        case .money(.own):
            let rate = part("_rate", "rate", .number(scale: 6))
            return [main(.number(scale: 4)), part("_cur", "currency", .text), rate, base]
        case .money(.record): return [main(.number(scale: 4)), base]
        case .money(.base): return [main(.number(scale: 4))]
        case .day: return [main(.day)]
        case .instant: return [main(.instant)]
        case .link: return [main(.record)]
        case .anyLink: return [main(.record), part("_object", "object", .text)]
        case .links, .lines, .files: return []
        }
    }
}

/// The columns every object's table has without a definition's doing.
package enum SystemColumn {
    /// In table order; `parent` and `position` only on line objects.
    package static func columns(isLine: Bool) -> [StoredColumn] {
        var columns = [
            StoredColumn(name: "id", key: "id", form: .record),
            StoredColumn(name: "version", key: "version", form: .number(scale: 0)),
            StoredColumn(name: "created_at", key: "created_at", form: .instant),
            StoredColumn(name: "created_by", key: "created_by", form: .record),
            StoredColumn(name: "updated_at", key: "updated_at", form: .instant),
            StoredColumn(name: "updated_by", key: "updated_by", form: .record),
            StoredColumn(name: "owner", key: "owner", form: .record),
            StoredColumn(name: "department", key: "department", form: .record),
            StoredColumn(name: "region", key: "region", form: .record),
            StoredColumn(name: "deleted_at", key: "deleted_at", form: .instant),
        ]
        if isLine {
            columns.append(StoredColumn(name: "parent", key: "parent", form: .record))
            columns.append(StoredColumn(name: "position", key: "position", form: .number(scale: 0)))
        }
        return columns
    }
}
