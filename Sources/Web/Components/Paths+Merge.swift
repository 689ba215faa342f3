extension Paths {
    /// Records of an object that may be the same.
    static func duplicates(_ object: String) -> String { list(object) + "/duplicates" }

    /// Puts records into the one with this id; without others, where one chooses them.
    static func merge(_ object: String, _ id: String, with others: [String] = []) -> String {
        let query = others.map { "with=" + encoded($0) }.joined(separator: "&")
        return record(object, id) + "/merge" + (query.isEmpty ? "" : "?" + query)
    }

    static func unmerge(_ object: String, _ id: String, _ merge: String) -> String {
        record(object, id) + "/merges/" + merge + "/undo"
    }
}
