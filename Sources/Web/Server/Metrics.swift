import Kernel
import Synchronization
import Values

/// Counters and a latency histogram, in Prometheus text.
package final class Metrics: Sendable {
    /// Upper bounds in milliseconds.
    private static let bounds: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]

    private struct Counts {
        var byClass = [Int](repeating: 0, count: 6)
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count + 1)
        var milliseconds = 0.0
    }

    private let counts = Mutex(Counts())

    func record(status: Int, took: Duration) {
        let milliseconds = Double(took.components.seconds) * 1000 + Double(took.components.attoseconds) / 1e15
        counts.withLock { counts in
            counts.byClass[min(status / 100, 5)] += 1
            counts.milliseconds += milliseconds
            let index = Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count
            counts.buckets[index] += 1
        }
    }

    /// - Parameter copy: nil where no copy is kept, nil inside before the first one is whole.
    func reply(database vitals: VitalSigns, copy: CopyReach??, at instant: Instant) -> Reply {
        let now = counts.withLock { $0 }
        var text = "# TYPE baton_http_requests_total counter\n"
        for index in 1...5 { text += "baton_http_requests_total{class=\"\(index)xx\"} \(now.byClass[index])\n" }
        text += "# TYPE baton_http_request_duration_milliseconds histogram\n"
        var total = 0
        for (index, bound) in Self.bounds.enumerated() {
            total += now.buckets[index]
            text += "baton_http_request_duration_milliseconds_bucket{le=\"\(bound)\"} \(total)\n"
        }
        total += now.buckets[Self.bounds.count]
        text += "baton_http_request_duration_milliseconds_bucket{le=\"+Inf\"} \(total)\n"
        text += "baton_http_request_duration_milliseconds_sum \(now.milliseconds)\n"
        text += "baton_http_request_duration_milliseconds_count \(total)\n"
        text += "# TYPE baton_event_sequence counter\nbaton_event_sequence \(vitals.lastSequence)\n"
        text += "# TYPE baton_events_unsealed gauge\nbaton_events_unsealed \(vitals.unsealed)\n"
        text += "# TYPE baton_model_version gauge\nbaton_model_version \(vitals.modelVersion)\n"
        if let copy {
            // Without a whole copy yet there is no age: an alert on its absence catches that.
            if let copy {
                let age = Double(instant.milliseconds - copy.at.milliseconds) / 1000
                text += "# TYPE baton_copy_age_seconds gauge\nbaton_copy_age_seconds \(max(0, age))\n"
            }
            text += "# TYPE baton_copy_sequence gauge\nbaton_copy_sequence \(copy?.sequence ?? 0)\n"
        }
        return Reply(headers: [("content-type", "text/plain; version=0.0.4")], body: .bytes(Array(text.utf8)))
    }
}
