import Definitions
import Flow
import Store
import Values

extension Kernel {
    /// In a company whose past was planted nobody was ever warned: customers that would be due by now count as claimed
    /// within the last days, but for one of twelve, whose owners will be warned. Writes no events.
    package func settlePastPool() async throws {
        let (snapshot, ids, now) = (snapshot, surroundings.ids, surroundings.now())
        guard let definition = snapshot.model.object("company"), definition.field("private_since") != nil else {
            return
        }
        var after: RecordID?
        var count = 0
        repeat {
            let (start, counted) = (after, count)
            (after, count) = try await database.write { connection in
                let context = ReadContext(connection: connection, snapshot: snapshot, actor: .system("pool"), now: now)
                let zones = Set(try context.peopleBook().people.map(\.timeZone)).sorted()
                var count = counted
                var last: RecordID?
                for zone in zones {
                    let keeping = PoolKeeping(context: context, ids: ids, definition: definition, zone: zone)
                    last = try keeping.settle(after: start, count: &count)
                }
                return (last, count)
            }
        } while after != nil
    }
}
