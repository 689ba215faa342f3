import Foundation
import Kernel
import Testing
import Values

@testable import Web

@Suite("Figures for those who watch", .serialized)
struct MetricsTests {
    /// The samples of `/metrics`, by name and labels.
    private func figures(_ house: WebHouse) async throws -> [String: Double] {
        let reply = await Browser(house: house).get("/metrics")
        #expect(reply.status == 200)
        var out: [String: Double] = [:]
        for line in reply.text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            #expect(parts.count == 2, "\(line)")
            out[String(parts[0])] = Double(parts[1])
        }
        return out
    }

    @Test("Requests, tries of passwords and open pages are counted")
    func counts() async throws {
        let house = try await WebHouse.open()
        let browser = try await house.owner()
        let before = try await figures(house)
        _ = await browser.get("/o/company")
        _ = await browser.get("/nowhere")
        let stranger = Browser(house: house)
        _ = await stranger.post("/sign-in", [("login", "owner"), ("password", "not that one")])
        let after = try await figures(house)
        func grown(_ name: String) -> Double { (after[name] ?? -1) - (before[name] ?? 0) }
        #expect(grown("baton_http_requests_total{class=\"4xx\"}") >= 1)
        #expect(grown("baton_http_requests_total{class=\"2xx\"}") >= 2)
        #expect(grown("baton_http_request_duration_milliseconds_count") >= 4)
        #expect(grown("baton_secret_tries_total{outcome=\"wrong\"}") == 1)
        #expect(after["baton_faults_total"] == 0)
        #expect(after["baton_live_streams"] == 0)
        #expect(after["baton_definitions_outdated"] == 0)
        #expect(after["baton_takes_writes"] == 1)
        #expect(after["baton_build_info{version=\"test\"}"] == 1)
        #expect(after["process_resident_memory_bytes"] ?? 0 > 1_000_000)
        // Each request asks the database at least once, and the first account was committed.
        #expect(grown("baton_database_read_milliseconds_count") >= 4)
        #expect(after["baton_database_commit_writes_sum"] ?? 0 >= 1)
        #expect(after["baton_database_commit_milliseconds_count"] == after["baton_database_commit_writes_count"])
        #expect(after["baton_database_readers"] ?? 0 >= 1 && after["baton_database_reads_waiting"] == 0)
        #expect(after["baton_database_commits_failed_total"] == 0)
        // This very request is the one that runs.
        #expect(after["baton_http_requests_running"] == 1)
        await house.end()
    }

    @Test("A histogram counts up, and labels are escaped")
    func textForm() {
        var text = MetricsText()
        text.histogram("h", "Of tests.", bounds: [0.5, 2], counts: [1, 2, 3], sum: 7.25)
        text.begin("g", .gauge, "Of tests.")
        text.sample("g", ["name": "a\"b\\c"], 1)
        #expect(
            text.text == """
                # HELP h Of tests.
                # TYPE h histogram
                h_bucket{le="0.5"} 1
                h_bucket{le="2"} 3
                h_bucket{le="+Inf"} 6
                h_sum 7.25
                h_count 6
                # HELP g Of tests.
                # TYPE g gauge
                g{name="a\\"b\\\\c"} 1

                """)
    }
}
