package import Values

/// One record as it was read: the fields that were asked for, by path.
///
/// Money has its parts under `total.currency`, `total.rate` and `total.base`, a link to any object the object's id
/// under `target.object`.
package struct RecordRow: Sendable {
    package let object: String
    package let id: RecordID
    package let version: Int

    /// Shared by all rows of one answer.
    private let positions: Positions
    private let storage: [Value]

    package init(object: String, id: RecordID, version: Int, values: [String: Value]) {
        let keys = Array(values.keys)
        self.init(
            object: object, id: id, version: version, positions: Positions(keys),
            storage: keys.map { values[$0] ?? .null })
    }

    init(object: String, id: RecordID, version: Int, positions: Positions, storage: [Value]) {
        self.object = object
        self.id = id
        self.version = version
        self.positions = positions
        self.storage = storage
    }

    /// The value at `path`, null when it is empty or was not asked for.
    package subscript(path path: String) -> Value { positions.index[path].map { storage[$0] } ?? .null }

    /// Whether the path was asked for.
    package func has(_ path: String) -> Bool { positions.index[path] != nil }

    /// All values by path; builds a dictionary.
    package var values: [String: Value] {
        var values: [String: Value] = [:]
        values.reserveCapacity(storage.count)
        for (path, position) in positions.index { values[path] = storage[position] }
        return values
    }

    /// The same record with `changes` laid over.
    package func merging(_ changes: [String: Value], version: Int? = nil) -> RecordRow {
        let merged = values.merging(changes) { _, new in new }
        return RecordRow(object: object, id: id, version: version ?? self.version, values: merged)
    }

    /// Path → position in the storage of each row of an answer.
    final class Positions: Sendable {
        let index: [String: Int]
        init(_ paths: [String]) {
            index = Dictionary(paths.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }
}
