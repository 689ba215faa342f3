import Definitions
import Store
package import Values

extension Kernel {
    /// Writes records of earlier times in one transaction: decided, computed, checked and numbered like any other, but
    /// without roll-ups (`refreshAllRollups`) and with their events held back (`log`), so that the log can follow time.
    ///
    /// - Parameter reason: whose doing it is, for the access of the house.
    /// - Throws: a `Fault` that names the record when one does not keep the rules.
    package func plant(_ records: [PastRecord], reason: String) async throws -> Planted {
        let snapshot = snapshot
        let ids = surroundings.ids
        let start = surroundings.now()
        return try await translated {
            try await database.write { connection in
                var planter = Planter(
                    connection: connection, snapshot: snapshot, actor: .system(reason), ids: ids, start: start)
                for record in records { try planter.plant(record) }
                return planter.planted
            }
        }
    }

    /// Appends the events of planted records in the order of time.
    package func log(_ planted: Planted) async throws {
        let indexed = planted.events.enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }
        for part in indexed.map(\.element).chunks(of: 4000) {
            let last = try await translated { try await database.write { try EventLog($0).append(part) } }
            await hub.publish(Int64(last))
        }
    }

    /// Gives planted people their accounts, all with the same password.
    ///
    /// - Parameter accounts: login → the user's record.
    package func openAccounts(_ accounts: [String: RecordID], password: String) async throws {
        let hash = try await passwords.hash(password)
        let now = surroundings.now()
        try await translated {
            try await database.write { connection in
                for (login, user) in accounts.sorted(by: { $0.key < $1.key }) {
                    try Store.Credentials(connection).put(
                        Credential(user: user, login: Self.canonical(login), password: hash, changedAt: now))
                }
            }
        }
    }

    /// Remembers that this database holds the demo company; its well-known password works in no other.
    package func markAsDemo() async throws {
        let now = surroundings.now()
        try await translated {
            try await database.write { try Store.Settings($0).set("demo", "true", at: now, by: nil) }
        }
    }

    /// Ids of the packs' default records by what names them: `payment_term` with `code` gives `TT100ADV` → id.
    ///
    /// - Parameter fields: joined with a colon.
    package func defaultRecords(of object: String, by fields: [String]) async throws -> [String: RecordID] {
        let page = try await answer(
            ListRecords(object: object, columns: fields, limit: 500), as: .system("default records"))
        let pairs = page.rows.map { row in (fields.map { row[$0].text ?? "" }.joined(separator: ":"), row.id) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}
