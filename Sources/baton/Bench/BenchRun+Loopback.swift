import Hummingbird
import Kernel
import Logging
import ServiceLifecycle
import Values
import Web

extension BenchRun {
    /// Baton's routes and a bare route of the framework, through the same client on one connection and on sixteen.
    func overLoopback() async throws -> [Measurement] {
        let token = try await kernel.localToken(for: "bench-owner")
        let site = try house.site()
        let plain = Router()
        plain.get("plain") { _, _ in "ok" }
        let ports = (bare: try LoopbackClient.freePort(), baton: try LoopbackClient.freePort())
        let (running, started) = AsyncStream.makeStream(of: Void.self)
        let baton = Application(
            responder: Adapter(site: site, trustsProxy: false), server: ConnectionGuard.server(),
            configuration: .init(address: .hostname("127.0.0.1", port: ports.baton), serverName: nil),
            onServerRunning: { _ in started.yield() }, logger: house.logger)
        let bare = Application(
            router: plain, configuration: .init(address: .hostname("127.0.0.1", port: ports.bare), serverName: nil),
            onServerRunning: { _ in started.yield() }, logger: house.logger)
        let services = ServiceGroup(
            configuration: .init(
                services: [.init(service: baton), .init(service: bare)], gracefulShutdownSignals: [],
                logger: house.logger))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            var count = 0
            for await _ in running {
                count += 1
                if count == 2 { break }
            }
            let rows = try await routes(bare: ports.bare, baton: ports.baton, token: token)
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return rows
        }
    }

    private func routes(bare: Int, baton: Int, token: String) async throws -> [Measurement] {
        let firm = firm
        let columns = "short_name,name_en,country,grade,status,owner,updated_at"
        let filter = "country%20%3D%20%22DE%22"
        @Sendable func company(_ number: Int) -> String {
            firm.id(.company, Dice.pick(firm.companies, 80, number)).description
        }
        let routes: [(id: String, label: String, port: Int, path: @Sendable (Int) -> String)] = [
            ("http_plain", "framework: bare route", bare, { _ in "/plain" }),
            ("http_record", "API: one company", baton, { "/api/v1/company/" + company($0) }),
            (
                "http_list", "API: list of 50 companies of a country", baton,
                { _ in "/api/v1/company?limit=50&fields=\(columns)&sort=-updated_at&filter=\(filter)" }
            ),
            ("http_page_list", "page: list of companies", baton, { _ in "/o/company" }),
            ("http_page_record", "page: 360° of a company", baton, { "/o/company/" + company($0) }),
            ("http_page_day", "page: my day", baton, { _ in "/" }),
        ]
        var rows: [Measurement] = []
        for route in routes {
            if let refusal = try Self.refusal(route.port, route.path(0), token) {
                Self.say("  \(route.label): answers \(refusal), left out")
                continue
            }
            for lanes in [1, 16] {
                rows.append(
                    try await meter.measureThreads(
                        lanes == 1 ? route.id : route.id + "_16", route.label + (lanes == 1 ? "" : ", 16 connections"),
                        operations: operations * (lanes == 1 ? 1 : 2), lanes: lanes
                    ) {
                        let client = try LoopbackClient(port: route.port)
                        return { number in
                            let answer = try client.get(
                                route.path(number), token: token, cookie: "baton_session=" + token)
                            guard answer.status == 200 else {
                                throw LoopbackClient.Failure(description: "\(route.label): \(answer.status)")
                            }
                        }
                    })
            }
        }
        return rows
    }

    /// The status of a route that does not answer with 200.
    private static func refusal(_ port: Int, _ path: String, _ token: String) throws -> Int? {
        let answer = try LoopbackClient(port: port).get(path, token: token, cookie: "baton_session=" + token)
        return answer.status == 200 ? nil : answer.status
    }
}
