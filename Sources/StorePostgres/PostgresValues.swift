import Store

/// The types that Baton's columns and questions have, by the server's numbers for them.
enum PostgresType {
    static let bool: UInt32 = 16
    static let bytes: UInt32 = 17
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let void: UInt32 = 2278
    static let real: UInt32 = 701
    /// Texts of other names: `name`, `varchar`, `unknown`, `bpchar`.
    static let texts: Set<UInt32> = [19, 25, 705, 1042, 1043]
}

/// Bound values in the server's binary form, one after the other in one buffer.
struct PostgresArguments {
    private(set) var bytes: [UInt8] = []
    /// Where each value begins and how long it is; nil for null.
    private(set) var places: [(start: Int, count: Int)?] = []

    /// - Parameter types: as the server described the statement's placeholders.
    init(_ values: [SQLValue], types: [UInt32]) throws(StoreError) {
        guard values.count == types.count else {
            throw .broken("\(values.count) values for \(types.count) placeholders")
        }
        places.reserveCapacity(values.count)
        for (value, type) in zip(values, types) { try add(value, type) }
    }

    private mutating func add(_ value: SQLValue, _ type: UInt32) throws(StoreError) {
        let start = bytes.count
        switch (value, type) {
        case (.null, _):
            places.append(nil)
            return
        case (.bool(let flag), PostgresType.bool): bytes.append(flag ? 1 : 0)
        case (.bool(let flag), _): return try add(.integer(flag ? 1 : 0), type)
        case (.integer(let number), PostgresType.int8): add(number)
        case (.integer(let number), PostgresType.bool): bytes.append(number == 0 ? 0 : 1)
        case (.integer(let number), PostgresType.int4):
            guard let small = Int32(exactly: number) else { throw .overflow }
            add(small)
        case (.integer(let number), PostgresType.real): add(Int64(bitPattern: Double(number).bitPattern))
        case (.real(let number), PostgresType.real): add(Int64(bitPattern: number.bitPattern))
        case (.text(let text), _) where PostgresType.texts.contains(type):
            guard !text.utf8.contains(0) else { throw .unfit(field: "text") }
            bytes.append(contentsOf: text.utf8)
        case (.blob(let blob), PostgresType.bytes): bytes.append(contentsOf: blob)
        default: throw .broken("a value that is no \(type) of the server")
        }
        places.append((start, bytes.count - start))
    }

    private mutating func add(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

/// Reading one value of an answer in binary form.
enum PostgresCell {
    static func value(_ bytes: UnsafeRawBufferPointer, type: UInt32) throws(StoreError) -> SQLValue {
        switch type {
        case PostgresType.int8: return .integer(integer(bytes, as: Int64.self))
        case PostgresType.int4: return .integer(Int64(integer(bytes, as: Int32.self)))
        case PostgresType.int2: return .integer(Int64(integer(bytes, as: Int16.self)))
        case PostgresType.bool: return .integer(bytes.first == 1 ? 1 : 0)
        case PostgresType.real: return .real(Double(bitPattern: UInt64(bitPattern: integer(bytes, as: Int64.self))))
        case PostgresType.bytes: return .blob([UInt8](bytes))
        case PostgresType.void: return .null
        default:
            guard PostgresType.texts.contains(type) else { throw .broken("an answer of the server's type \(type)") }
            return .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func integer<Number: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, as: Number.Type
    ) -> Number {
        bytes.count == MemoryLayout<Number>.size ? Number(bigEndian: bytes.loadUnaligned(as: Number.self)) : 0
    }
}
