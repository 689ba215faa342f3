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
    /// By process and object.
    private let paces = Mutex<[String: Kept<LegPace>]>([:])

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

    /// How long legs take changes slowly: `quarter` counts the quarters of an hour since 1970.
    func pace(of key: String, at quarter: Int64, _ read: () throws -> LegPace) throws -> LegPace {
        if let known = paces.withLock({ $0[key] }), known.stamp == [quarter] { return known.table }
        let table = try read()
        paces.withLock { $0[key] = Kept(stamp: [quarter], table: table) }
        return table
    }
}
