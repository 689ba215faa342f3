import Kernel
import Synchronization
import Values

/// What this process counts of the requests it answers, and the figures of the whole house in Prometheus text.
package final class Metrics: Sendable {
    /// Upper bounds in milliseconds.
    private static let bounds: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]

    private struct Counts {
        var byClass = [Int](repeating: 0, count: 6)
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count + 1)
        var milliseconds = 0.0
        var running = 0
        var faults = 0
    }

    private let counts = Mutex(Counts())

    func begin() { counts.withLock { $0.running += 1 } }

    func record(status: Int, took: Duration) {
        let milliseconds = Double(took.components.seconds) * 1000 + Double(took.components.attoseconds) / 1e15
        counts.withLock { counts in
            counts.running -= 1
            counts.byClass[min(status / 100, 5)] += 1
            counts.milliseconds += milliseconds
            let index = Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count
            counts.buckets[index] += 1
            if status == 500 { counts.faults += 1 }
        }
    }

    func write(to text: inout MetricsText) {
        let now = counts.withLock { $0 }
        text.begin("baton_http_requests_total", .counter, "Requests answered, by the first digit of the status.")
        for index in 1...5 {
            text.sample("baton_http_requests_total", ["class": "\(index)xx"], Double(now.byClass[index]))
        }
        text.counter(
            "baton_faults_total", "Answers about a defect of ours; the log has a line for each.", Double(now.faults))
        text.gauge("baton_http_requests_running", "Requests being answered.", Double(now.running))
        text.histogram(
            "baton_http_request_duration_milliseconds", "Time to an answer.", bounds: Self.bounds, counts: now.buckets,
            sum: now.milliseconds)
    }
}

extension Site {
    /// `/metrics`. One read of the database.
    func figures() async throws -> Reply {
        let load = try await kernel.answer(Workload(), as: .system("metrics"))
        var text = MetricsText()
        text.begin("baton_build_info", .gauge, "The version of the program.")
        text.sample("baton_build_info", ["version": settings.version], 1)
        metrics.write(to: &text)
        write(kernel.secretTries, to: &text)
        text.gauge("baton_live_streams", "Live pages that are open.", Double(seats.count))
        text.gauge(
            "baton_imports_running", "Imports being brought in or taken back, anywhere.", Double(load.importsRunning))
        text.gauge("baton_imports_waiting", "Imports that wait for their turn.", Double(load.importsWaiting))
        text.counter("baton_event_sequence", "Number of the newest event.", Double(load.vitals.lastSequence))
        text.gauge("baton_events_unsealed", "Events that are in no sealed block yet.", Double(load.vitals.unsealed))
        text.gauge("baton_model_version", "Version of the definitions in force here.", Double(load.vitals.modelVersion))
        text.gauge(
            "baton_definitions_outdated", "1 when the database has definitions that this process can't take over.",
            kernel.isOutdated ? 1 : 0)
        text.gauge(
            "baton_takes_writes", "0 after an input/output error, until writing works again.",
            kernel.takesWrites ? 1 : 0)
        for figure in kernel.databaseFigures { text.write(figure) }
        writeCopy(to: &text)
        try await writeDeliveries(to: &text)
        ProcessFigures.write(to: &text)
        return Reply(headers: [("content-type", "text/plain; version=0.0.4")], body: .bytes(Array(text.text.utf8)))
    }

    private func write(_ tries: SecretTries, to text: inout MetricsText) {
        let name = "baton_secret_tries_total"
        text.begin(name, .counter, "Passwords and time codes that were tried.")
        text.sample(name, ["outcome": "right"], Double(tries.right))
        text.sample(name, ["outcome": "wrong"], Double(tries.wrong))
        text.sample(name, ["outcome": "locked"], Double(tries.locked))
    }

    private func writeDeliveries(to text: inout MetricsText) async throws {
        let state = try await kernel.answer(Deliveries(limit: 1), as: .system("metrics"))
        text.gauge(
            "baton_deliveries_waiting", "Mail, webhooks and notices that wait, due or not.", Double(state.waiting))
        text.gauge("baton_deliveries_dead", "Deliveries that were given up.", Double(state.deadCount))
        text.gauge(
            "baton_deliveries_late_seconds", "Since when the oldest that is due waits.", Double(state.lateSeconds))
        text.gauge(
            "baton_interruptions_day", "Most urgent and normal notices that one person got in the last 24 hours.",
            Double(state.mostInterrupted))
        guard let counts = settings.deliveries?() else { return }
        text.counter("baton_mails_sent_total", "Mails that the mail server took.", Double(counts.mails))
        text.counter("baton_webhooks_sent_total", "Webhooks that were taken.", Double(counts.webhooks))
        text.counter("baton_delivery_attempts_failed_total", "Attempts that will be repeated.", Double(counts.failures))
        text.counter("baton_delivery_refused_total", "Deliveries given up at once.", Double(counts.refusals))
    }

    private func writeCopy(to text: inout MetricsText) {
        guard let reach = settings.copy else { return }
        let copy = reach()
        // Without a whole copy yet there is no age: an alert on its absence catches that.
        if let copy {
            let age = Double(kernel.now.milliseconds - copy.at.milliseconds) / 1000
            text.gauge("baton_copy_age_seconds", "How far the ongoing copy is behind.", max(0, age))
        }
        text.gauge("baton_copy_sequence", "The newest event in the ongoing copy.", Double(copy?.sequence ?? 0))
    }
}
