import Store

/// A figure of the house for those who watch it, with its name in the form of Prometheus.
package struct HouseFigure: Sendable {
    package enum Value: Sendable {
        case gauge(Double)
        case counter(Double)
        /// How many were at most each bound and over the one before, with one more for the rest; and the sum of all.
        case histogram(bounds: [Double], counts: [Int], sum: Double)
    }

    package let name: String
    package let meaning: String
    package let value: Value
}

extension Kernel {
    /// What the database counts of its work for this process.
    package var databaseFigures: [HouseFigure] {
        let now = database.figures
        guard now.readers > 0 else { return [] }
        return Self.reading(now) + Self.writing(now) + Self.standby(now) + Self.relay(now)
    }

    private static func reading(_ now: DatabaseFigures) -> [HouseFigure] {
        [
            gauge("baton_database_readers", "Connections that read side by side.", now.readers),
            gauge("baton_database_readers_busy", "Connections that are reading.", now.readersBusy),
            gauge("baton_database_reads_waiting", "Reads that wait for a connection.", now.readsWaiting),
            histogram("baton_database_read_milliseconds", "How long a read had its connection.", now.reads),
        ]
    }

    private static func writing(_ now: DatabaseFigures) -> [HouseFigure] {
        [
            gauge("baton_database_writes_waiting", "Writes that wait for their turn.", now.writesWaiting),
            histogram("baton_database_commit_milliseconds", "Time until a commit was durable.", now.commits),
            histogram("baton_database_commit_writes", "Writes that shared one commit.", now.groups),
            counter(
                "baton_database_commits_failed_total", "Commits that failed or went unanswered.", now.failedCommits),
        ]
    }

    private static func standby(_ now: DatabaseFigures) -> [HouseFigure] {
        guard let standby = now.standby else { return [] }
        return [
            counter("baton_standby_reads_total", "Reads that the standby answered.", standby.answered),
            counter(
                "baton_standby_behind_total", "Reads that went to the primary: the standby was behind.", standby.behind),
            counter(
                "baton_standby_away_total", "Reads that went to the primary: the standby gave no answer.", standby.away),
            gauge(
                "baton_standby_behind_bytes", "Log that the standby had yet to replay when last asked.",
                Int(clamping: standby.distance)),
        ]
    }

    private static func relay(_ now: DatabaseFigures) -> [HouseFigure] {
        guard let relay = now.relay else { return [] }
        return [
            gauge("baton_relay_listening", "1 while other nodes are heard.", relay.isListening ? 1 : 0),
            counter("baton_relay_sent_total", "Notices of commits sent to other nodes.", relay.sent),
            counter("baton_relay_heard_total", "Notices of commits heard from other nodes.", relay.heard),
        ]
    }

    private static func gauge(_ name: String, _ meaning: String, _ value: Int) -> HouseFigure {
        HouseFigure(name: name, meaning: meaning, value: .gauge(Double(value)))
    }

    private static func counter(_ name: String, _ meaning: String, _ value: Int) -> HouseFigure {
        HouseFigure(name: name, meaning: meaning, value: .counter(Double(value)))
    }

    private static func histogram(
        _ name: String, _ meaning: String, _ value: DatabaseFigures.Distribution
    ) -> HouseFigure {
        HouseFigure(
            name: name, meaning: meaning,
            value: .histogram(bounds: value.bounds, counts: value.counts, sum: value.sum))
    }
}
