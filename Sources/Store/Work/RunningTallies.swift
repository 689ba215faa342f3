package import Values

/// How many of something run now, and how many of them are late.
package struct RunningTally: Sendable, Hashable {
    package let running: Int
    package let late: Int
    /// Standing still, not among those that run.
    package let paused: Int

    package init(running: Int, late: Int, paused: Int) {
        self.running = running
        self.late = late
        self.paused = paused
    }
}

/// The open runs of a leg by one version of its process.
package struct LegTally: Sendable, Hashable {
    package let process: String
    package let version: String
    package let leg: String
    package let tally: RunningTally
    /// When the oldest of them began.
    package let since: Instant
}

extension RunningClocks {
    /// Clocks by the step of their limit. One statement over all that run.
    package func tallies(at now: Instant) throws -> [String: RunningTally] {
        let rows = try connection.rows(
            """
            SELECT step, count(CASE WHEN state = 'runs' THEN 1 END), \
            count(CASE WHEN state = 'runs' AND due_at <= \(now) THEN 1 END), \
            count(CASE WHEN state = 'stands' THEN 1 END) \
            FROM running_clock WHERE state = 'runs' OR state = 'stands' GROUP BY step
            """)
        return Dictionary(
            rows.map {
                ($0[0].string, RunningTally(running: $0[1].count, late: $0[2].count, paused: $0[3].count))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Clocks that are not over, in the order of their records. One statement.
    ///
    /// - Parameter after: the last one of the portion before.
    package func unfinished(after: (record: RecordID, clock: String)?, limit: Int) throws -> [RunningClock] {
        var beyond: SQLFragment = ""
        if let after {
            beyond = " AND (record > \(after.record) OR (record = \(after.record) AND clock > \(after.clock)))"
        }
        return try all(
            "WHERE (state = 'runs' OR state = 'stands')\(beyond) ORDER BY record, clock LIMIT \(limit)")
    }
}

extension Legs {
    /// Open legs by process, version and leg. One statement over all that are open.
    package func tallies(at now: Instant) throws -> [LegTally] {
        try connection.rows(
            """
            SELECT process, version, leg, count(CASE WHEN paused_at IS NULL THEN 1 END), \
            count(CASE WHEN paused_at IS NULL AND due_at <= \(now) THEN 1 END), \
            count(CASE WHEN paused_at IS NOT NULL THEN 1 END), min(offered_at) \
            FROM leg WHERE ended_at IS NULL GROUP BY process, version, leg ORDER BY process, version, leg
            """
        ).map { row in
            LegTally(
                process: row[0].string, version: row[1].string, leg: row[2].string,
                tally: RunningTally(running: row[3].count, late: row[4].count, paused: row[5].count),
                since: row[6].instant ?? now)
        }
    }

    /// Open legs in the order of their ids. One statement.
    package func unfinished(after: RecordID?, limit: Int) throws -> [LegEntry] {
        var beyond: SQLFragment = ""
        if let after { beyond = " AND id > \(after)" }
        return try all("WHERE ended_at IS NULL\(beyond) ORDER BY id LIMIT \(limit)")
    }
}

extension RuleRuns {
    /// What became of a rule since an instant.
    package struct Tally: Sendable, Hashable {
        package let object: String
        package let rule: String
        package let result: String
        package let count: Int
        package let lastAt: Instant
    }

    /// By rule and result. One statement over the runs since then.
    package func tallies(since: Instant) throws -> [Tally] {
        try connection.rows(
            """
            SELECT object, rule, result, count(*), max(at) FROM rule_run WHERE at >= \(since) \
            GROUP BY object, rule, result ORDER BY object, rule, result
            """
        ).map { row in
            Tally(
                object: row[0].string, rule: row[1].string, result: row[2].string, count: row[3].count,
                lastAt: row[4].instant ?? since)
        }
    }
}

extension ProcessVersions {
    /// When the versions of a process that records have run by were kept first. One statement.
    package func kept(of process: String) throws -> [String: Instant] {
        let rows = try connection.rows("SELECT version, created_at FROM process_version WHERE process = \(process)")
        return Dictionary(
            rows.compactMap { row in row[1].instant.map { (row[0].string, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}
