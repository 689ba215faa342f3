import Store
import StoreSQLite
import Testing
import Values

@Suite("A full disk")
struct DiskFullTests {
    @Test("Writes that find no room are refused as such, acknowledged ones stay, and writing goes on afterwards")
    func noRoom() async throws {
        try await withSQLite { database in
            let text = String(repeating: "满", count: 20_000)
            @Sendable func write(_ key: String) async -> StoreError? {
                do {
                    try await database.write { try Settings($0).set(key, text, at: TradeFixture.start, by: nil) }
                    return nil
                } catch {
                    return error as? StoreError
                }
            }
            #expect(await write("before") == nil)
            // The engine's own limit stands for the end of the disk: it answers with the same code.
            _ = try await database.write { connection in
                let pages = try connection.rows("PRAGMA page_count")[0][0].integer ?? 0
                return try connection.rows("PRAGMA max_page_count = \(raw: String(pages + 60))")
            }
            var outcomes: [String: StoreError?] = [:]
            await withTaskGroup(of: (String, StoreError?).self) { group in
                for number in 0..<24 { group.addTask { ("k\(number)", await write("k\(number)")) } }
                for await (key, outcome) in group { outcomes[key] = outcome }
            }
            let kept = try await database.read { try Settings($0).all(prefix: "k") }
            for (key, outcome) in outcomes { #expect((kept[key] != nil) == (outcome == nil)) }
            let refused = outcomes.values.compactMap { $0 }
            #expect(!refused.isEmpty)
            for error in refused {
                guard case .full = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
            _ = try await database.write { try $0.rows("PRAGMA max_page_count = 1073741823") }
            #expect(await write("after") == nil)
            #expect(try await database.integrityFindings().isEmpty)
        }
    }
}
