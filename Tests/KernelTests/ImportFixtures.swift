import Foundation
import Kernel
import Testing
import Values

extension TestHouse {
    /// Brings a table in, as it would come from an upload.
    func bring(
        _ text: String, to object: String, as actor: Actor = .system("test"),
        _ change: (inout ImportRequest) -> Void = { _ in }
    ) async throws -> ImportReport {
        let path = folder + "/" + UUID().uuidString + ".csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        var request = ImportRequest(object: object, path: path, name: "table.csv")
        change(&request)
        let outcome = try await kernel.perform(Command(.importing(.run(request))), as: actor)
        return try #require(outcome.report)
    }

    func undo(_ batch: RecordID?, as actor: Actor = .system("test")) async throws -> ImportReport {
        let batch = try #require(batch)
        return try #require(try await kernel.perform(Command(.importing(.undo(batch: batch))), as: actor).report)
    }

    func rows(of object: String, _ columns: [String], filter: String? = nil) async throws -> [RecordView] {
        let question = ListRecords(object: object, columns: columns, filters: filter.map { [$0] } ?? [], limit: 500)
        return try await kernel.answer(question, as: .system("test")).rows
    }
}

extension ImportReport {
    /// `4 rows: 2 created, 0 updated, 0 unchanged, 2 flagged`, and whether that adds up.
    var tally: String {
        let sum = created + updated + unchanged + flagged
        return "\(rows) rows: \(created) created, \(updated) updated, \(unchanged) unchanged, \(flagged) flagged"
            + (sum == rows ? "" : ", which does not add up")
    }

    /// `line:column code` of each problem.
    var places: [String] { errors.map { "\($0.line):\($0.column ?? 0) \($0.problem.code)" } }
}
