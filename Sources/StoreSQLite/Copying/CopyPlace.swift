import Foundation
import GRDB
import Store

/// The second place: a folder with one folder for each generation.
///
/// A generation is a copy of the file, `baton.sqlite`, with a copy of the write-ahead log that belongs to it. SQLite itself
/// puts them together on opening, by the checksums of the log, so that a copy that breaks off at any byte is an earlier
/// whole state and never a torn one.
struct CopyPlace: Sendable {
    static let file = "baton.sqlite"
    static let log = "baton.sqlite-wal"
    static let note = "note.json"
    static let kept = 2

    let folder: String

    /// The names of the whole generations, newest first.
    func generations() throws -> [String] {
        try entries().filter { OpenFile.exists("\(folder)/\($0)/\(Self.note)") && !$0.hasSuffix(".part") }
    }

    /// Begins a generation under a name that sorts after all others; it counts once `publish` has given it its name.
    func begin(at milliseconds: Int64) throws -> String {
        for rest in try entries() where rest.hasSuffix(".part") {
            try FileManager.default.removeItem(atPath: "\(folder)/\(rest)")
        }
        let last = try entries().first ?? ""
        let wanted = Self.name(milliseconds)
        let name = wanted > last ? wanted : last + "a"
        try FileManager.default.createDirectory(
            atPath: "\(folder)/\(name).part", withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return name
    }

    func publish(_ name: String) throws {
        try OpenFile.syncFolder("\(folder)/\(name).part")
        try OpenFile.rename("\(folder)/\(name).part", to: "\(folder)/\(name)")
        try OpenFile.syncFolder(folder)
        for old in try generations().dropFirst(Self.kept) {
            try FileManager.default.removeItem(atPath: "\(folder)/\(old)")
        }
    }

    /// Takes away what was begun and did not become whole.
    func drop(_ name: String) {
        // What can't be removed now goes when the next generation is begun.
        try? FileManager.default.removeItem(atPath: "\(folder)/\(name).part")
    }

    func read(noteOf name: String) throws -> CopyNote {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)/\(Self.note)"))
        return try JSONDecoder().decode(CopyNote.self, from: data)
    }

    func write(_ note: CopyNote, in directory: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let fresh = "\(directory)/\(Self.note).new"
        let file = try OpenFile(fresh, for: .writingAnew)
        try file.write([UInt8](try encoder.encode(note)), at: 0)
        try file.sync()
        try OpenFile.rename(fresh, to: "\(directory)/\(Self.note)")
        try OpenFile.syncFolder(directory)
    }

    private func entries() throws -> [String] {
        guard OpenFile.exists(folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("20") }.sorted(by: >)
    }

    /// `20261122T083000123`, in UTC.
    private static func name(_ milliseconds: Int64) -> String {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withYear, .withMonth, .withDay, .withTime]
        let part = String(1000 + milliseconds % 1000).dropFirst()
        let date = Date(timeIntervalSince1970: Double(milliseconds / 1000))
        return formatter.string(from: date).filter { $0 != "Z" && $0 != ":" && $0 != "-" } + part
    }
}

/// What a generation says about itself.
package struct CopyNote: Codable, Sendable, Hashable {
    /// Events up to this one are in the copy.
    package var sequence: Int
    /// Everything that was acknowledged before is in the copy. Milliseconds since 1970 UTC.
    package var at: Int64
    /// Bytes of the log that were copied.
    package var bytes: Int
    /// How many logs have been merged into the file.
    package var merged: Int
    /// The log is being merged into the file at this moment.
    package var isMerging: Bool
}
