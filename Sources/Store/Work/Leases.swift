package import Values

/// Work that one node does for all, for as long as it says so.
package struct Leases {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Takes the lease when it is free, or prolongs it for the one who holds it. One statement.
    ///
    /// - Parameter until: another node may take it from then on.
    /// - Returns: whether `holder` has it now.
    package func take(_ name: String, holder: RecordID, at: Instant, until: Instant) throws -> Bool {
        try connection.run(
            """
            INSERT INTO lease(name, holder, until) VALUES (\(name), \(holder), \(until)) \
            ON CONFLICT(name) DO UPDATE SET holder = excluded.holder, until = excluded.until \
            WHERE lease.holder = excluded.holder OR lease.until <= \(at)
            """) == 1
    }

    /// Gives a lease back before its time. One statement.
    package func release(_ name: String, holder: RecordID) throws {
        try connection.run("DELETE FROM lease WHERE name = \(name) AND holder = \(holder)")
    }
}
