import CPQ
import Store

/// Where the server is and how it is spoken to.
package struct PostgresAddress: Sendable {
    /// Longest times, in seconds.
    package struct Limits: Sendable {
        package var read = 30.0
        /// Of a body; steps of a migration take as long as they need.
        package var write = 120.0
        /// Of a commit, which may wait for a standby. Afterwards nobody knows what became of it.
        package var commit = 20.0
        /// Of waiting for another node's lock.
        package var lock = 10.0
        package init() {}
    }

    /// As libpq reads it: `postgresql://user@host:port/name?…`, several hosts allowed.
    package let text: String
    /// The same server without a pooler in between, for the one session that listens: a pooler takes LISTEN and delivers
    /// nothing.
    package let listening: String
    /// A standby, or several, that may answer questions; nil without.
    package let replica: String?
    /// Connections that read side by side, on each server.
    package let readers: Int
    /// False behind a pooler that changes the server's session between two transactions.
    package let keepsStatements: Bool
    package var limits = Limits()

    /// The advisory lock of who writes, the same for every node at one database.
    static let writerLock: Int64 = 0x6261_746F_6E31

    package init(
        _ text: String, listening: String? = nil, replica: String? = nil, readers: Int = 8,
        keepsStatements: Bool = true
    ) {
        self.text = text
        self.listening = listening ?? text
        self.replica = replica
        self.readers = max(1, min(readers, 64))
        self.keepsStatements = keepsStatements
    }

    var onReplica: PostgresAddress? {
        guard let replica else { return nil }
        var address = PostgresAddress(replica, readers: readers, keepsStatements: keepsStatements)
        address.limits = limits
        return address
    }

    /// What every session begins with. A server whose client has gone stops what it does for it; a page that is not next to
    /// the last one costs little more on what servers have instead of turning disks.
    func setUp(for purpose: PostgresConnection.Purpose) -> String {
        let seconds = Int(purpose == .reading ? limits.read : limits.write)
        // A node that hangs in the middle of a transaction must not keep the others from writing for long.
        let idle = min(seconds, 20)
        return """
            SET timezone = 'UTC'; SET jit = off; SET random_page_cost = 1.1; SET statement_timeout = '\(seconds)s'; SET lock_timeout = '\(Int(limits.lock))s'; \
            SET idle_in_transaction_session_timeout = '\(idle)s'; SET client_connection_check_interval = '5s'; \
            SET standard_conforming_strings = on; SET client_min_messages = warning
            """
    }
}

extension PostgresAddress {
    /// The parts of an address as the variables that PostgreSQL's own tools read.
    static func environment(of address: String) -> [String: String] {
        guard let options = PQconninfoParse(address, nil) else { return [:] }
        defer { PQconninfoFree(options) }
        var variables: [String: String] = [:]
        var option = options
        while option.pointee.keyword != nil {
            if let name = option.pointee.envvar, let value = option.pointee.val {
                variables[String(cString: name)] = String(cString: value)
            }
            option += 1
        }
        return variables
    }
}
