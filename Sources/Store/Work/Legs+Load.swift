package import Values

extension Legs {
    /// How many batons everybody has in hand or is offered, and how many of them are late. One statement.
    package func load(at now: Instant) throws -> [RecordID: (open: Int, late: Int)] {
        let rows = try connection.rows(
            """
            SELECT holder, count(*), sum(CASE WHEN due_at < \(now) THEN 1 ELSE 0 END) FROM leg \
            WHERE ended_at IS NULL AND holder IS NOT NULL GROUP BY holder
            """)
        var out: [RecordID: (open: Int, late: Int)] = [:]
        for row in rows { if let holder = row[0].id { out[holder] = (row[1].count, row[2].count) } }
        return out
    }
}
