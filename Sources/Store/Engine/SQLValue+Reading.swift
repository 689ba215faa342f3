import Values

/// Reading the columns of kernel tables, whose types the frozen migrations guarantee.
extension SQLValue {
    /// A small whole number; 0 for anything else.
    var count: Int { integer.map { Int($0) } ?? 0 }
    var int: Int? { integer.map { Int($0) } }
    /// A text; empty for anything else.
    var string: String { text ?? "" }
    var bytes: [UInt8] { blob ?? [] }
    var id: RecordID? { blob.flatMap { RecordID(bytes: $0) } }
    var instant: Instant? { integer.map { Instant(milliseconds: $0) } }

    init(_ id: RecordID?) { self = id.map { .blob($0.bytes) } ?? .null }
    init(_ instant: Instant?) { self = instant.map { .integer($0.milliseconds) } ?? .null }
    init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }
}

/// The id in a column that is never null; `broken` when the table says otherwise.
func required(_ value: SQLValue) throws -> RecordID {
    guard let id = value.id else { throw StoreError.broken("a kernel table holds no id where it must") }
    return id
}
