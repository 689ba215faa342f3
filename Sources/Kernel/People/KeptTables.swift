import Flow
import Synchronization

/// Small tables of the company that nearly every hand-over asks for, kept from block to block as long as their stamp is
/// the same.
final class KeptTables: Sendable {
    private struct Kept<Table: Sendable>: Sendable {
        let stamp: [Int64]
        let table: Table
    }

    private let book = Mutex<Kept<PeopleBook>?>(nil)
    private let rules = Mutex<Kept<[String: ClockRule]>?>(nil)

    func people(at stamp: [Int64], _ read: () throws -> PeopleBook) throws -> PeopleBook {
        if let known = book.withLock({ $0 }), known.stamp == stamp { return known.table }
        let table = try read()
        book.withLock { $0 = Kept(stamp: stamp, table: table) }
        return table
    }

    func clockRules(
        at stamp: [Int64], _ read: () throws -> [String: ClockRule]
    ) throws -> [String: ClockRule] {
        if let known = rules.withLock({ $0 }), known.stamp == stamp { return known.table }
        let table = try read()
        rules.withLock { $0 = Kept(stamp: stamp, table: table) }
        return table
    }
}
