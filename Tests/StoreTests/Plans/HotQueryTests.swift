import Definitions
import Expressions
import Store
import Testing
import Values

/// The questions that every page asks, on tables of some size: none may walk a table.
@Suite("Plans of the hot questions")
struct HotQueryTests {
    private static let companies = 12_000
    private static let people = 60

    private func furnish(_ database: any Database, _ model: Model) async throws {
        for start in stride(from: 1, through: Self.companies, by: 2000) {
            try await database.write { connection in
                let store = RecordStore(connection, model: model)
                for number in start..<start + 2000 {
                    try store.insert(
                        "company", TradeFixture.id(number),
                        values: ["name_en": .text("Firm \(number) Lighting"), "code": .text("C\(number)")],
                        system: SystemValues(
                            at: TradeFixture.at(number), by: nil,
                            owner: TradeFixture.id(100_000 + number % Self.people),
                            department: TradeFixture.id(200_000 + number % 12),
                            region: TradeFixture.id(300_000 + number % 3)))
                    if number % 3 == 0 {
                        try store.insert(
                            "quotation", TradeFixture.id(400_000 + number),
                            values: [
                                "no": .text("Q\(number)"), "company": .record(TradeFixture.id(number)),
                                "status": .text(number % 90 == 0 ? "sent" : "draft"),
                            ], system: TradeFixture.system(number))
                        try store.insert(
                            "quotation_line", TradeFixture.id(500_000 + number), values: ["item": .text("lamp")],
                            system: SystemValues(
                                at: TradeFixture.at(number), by: nil, parent: TradeFixture.id(400_000 + number),
                                position: 0))
                    }
                }
                try EventLog(connection).append((start..<start + 2000).map { TradeFixture.event(record: $0) })
            }
        }
        _ = try await database.write { try $0.run("ANALYZE") }
    }

    @Test("Lists, records, timelines and searches are answered by indexes")
    func byIndex() async throws {
        let model = try TradeFixture.model()
        try await withEachEngine(model) { database in
            try await furnish(database, model)
            let walks = try await database.read { try Self.walks(of: model, on: $0) }
            for (question, steps) in walks { #expect(steps == [], "\(question)") }
        }
    }

    @Test("What is open is tallied from indexes alone: no row of it is looked up")
    func tallies() async throws {
        try await withEachEngine(try TradeFixture.model()) { database in
            try await database.read { connection in
                // The server decides by what it knows of the pages whether an index is enough.
                guard !(connection.dialect is PostgresDialect) else { return }
                let explaining = ExplainingConnection(connection)
                _ = try Legs(explaining).load(at: TradeFixture.start)
                _ = try Legs(explaining).tallies(at: TradeFixture.start)
                _ = try RunningClocks(explaining).tallies(at: TradeFixture.start)
                _ = try Notifications(explaining).unreadCount(of: TradeFixture.id(1))
                #expect(explaining.plans.count == 4)
                for plan in explaining.plans { #expect(plan.contains("COVERING INDEX"), "\(plan)") }
            }
        }
    }

    private static func walks(of model: Model, on connection: any Connection) throws -> [String: [String]] {
        let me = TradeFixture.id(100_007)
        let context = EvaluationContext(
            now: TradeFixture.start, today: TradeFixture.start.day, me: me,
            departments: [TradeFixture.id(200_003)], regions: [], roles: ["sales"])
        func list(_ object: String, _ filter: String?, search: String? = nil) throws -> RecordQuery {
            let predicates = try filter.map { [try TradeFixture.expression($0, on: object, in: model)] } ?? []
            return RecordQuery(object: object, predicates: predicates, context: context, limit: 50, search: search)
        }
        var found: [String: [String]] = [:]
        func ask(_ question: String, _ body: (any Connection) throws -> Void) throws {
            let explaining = ExplainingConnection(connection)
            try body(explaining)
            #expect(!explaining.plans.isEmpty, "\(question) asked nothing")
            found[question] = explaining.walks
        }
        func store(_ connection: any Connection) -> RecordStore { RecordStore(connection, model: model) }
        try ask("the newest of a list") { _ = try store($0).select(try list("company", nil)) }
        try ask("the next page") { connection in
            var query = try list("company", nil)
            if let last = try store(connection).select(query).last {
                query.after = try store(connection).cursor(after: last, for: query)
                _ = try store(connection).select(query)
            }
        }
        try ask("mine or my departments'") {
            _ = try store($0).select(try list("company", "owner = ME() OR department IN MYDEPARTMENTS()"))
        }
        try ask("a rare state") { _ = try store($0).select(try list("quotation", #"status = "sent""#)) }
        try ask("a record") { _ = try store($0).find("company", TradeFixture.id(300), context: context) }
        try ask("lines of a record") {
            _ = try store($0).children(of: [TradeFixture.id(400_300)], in: "quotation_line")
        }
        try ask("a search in a list") { _ = try store($0).select(try list("company", nil, search: "firm 1234")) }
        try ask("the search box") { _ = try SearchIndex($0).hits("C11999", limit: 10) }
        try ask("a timeline") { _ = try EventLog($0).timeline("company", TradeFixture.id(77), limit: 30) }
        try ask("events after") { _ = try EventLog($0).events(after: companies - 20, limit: 100) }
        return found
    }
}
