import ArgumentParser
import Delivery
import Demo
import Foundation
import Hummingbird
import Kernel
import Logging
import ServiceLifecycle
import StoreSQLite
import UnixSignals
import Values
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Starts the server.")

    @OptionGroup var options: DatabaseOptions
    @Option(help: "Address and port, or unix:FILE.") var listen: String?
    @Flag(help: "Fill an empty database with the demo company.") var demo = false
    @Flag(help: "Apply what the packs changed since the last start.") var migrate = false

    func run() async throws {
        let settings = try options.settings(["listen": listen])
        let house = try await House.open(settings, migrate: migrate)
        var isDemo = try await house.kernel.answer(Vitals(), as: .system("start")).isDemo
        if demo, try await !house.kernel.answer(Vitals(), as: .system("start")).hasAccounts {
            try await Self.makeDemo(house, settings)
            isDemo = true
        }
        let showsLogins = isDemo
        let (address, opened) = try Self.address(settings["listen"])
        let copy = try house.ongoingCopy()
        let delivery = try house.delivery()
        let site = try house.site(
            showsDemoLogins: showsLogins, copy: copy, deliveryCounts: { delivery.figures }, mail: delivery.office)
        let adapter = Adapter(site: site, trustsProxy: settings.flag("trust_proxy"))
        let application = Application(
            responder: adapter,
            server: ConnectionGuard.server(),
            configuration: .init(address: address, serverName: nil, backlog: 1024),
            onServerRunning: { _ in
                Self.announce(opened ?? settings["public_url"], isDemo: showsLogins)
            }, logger: house.logger)
        let copying = copy.map { Copying(copy: $0, kernel: house.kernel, logger: house.logger) }
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: application), .init(service: Housekeeping(kernel: house.kernel, site: site)),
            .init(service: Importing(kernel: house.kernel)), .init(service: Hearing(kernel: house.kernel)),
            .init(service: TimeKeeping(kernel: house.kernel)), .init(service: HandingOver(kernel: house.kernel)),
            .init(service: Delivering(worker: delivery)),
        ]
        if let copying { services.append(.init(service: copying)) }
        let group = ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: house.logger))
        try await group.run()
        await copying?.finish()
        await house.close()
    }

    private static func makeDemo(_ house: House, _ settings: Settings) async throws {
        print("正在生成演示公司（约十几秒）… / Making the demo company…")
        fflush(nil)
        // Before nine in the morning of Ningbo the day there has not begun.
        let today = house.kernel.now.adding(seconds: -3600).day
        guard settings["demo_date"].isEmpty || Day(settings["demo_date"]) != nil else {
            throw ValidationError("demo_date needs a date such as 2026-11-22.")
        }
        try await DemoCompany(
            kernel: house.kernel, lastDay: Day(settings["demo_date"]) ?? today,
            holidays: try House.references(settings).holidays(), progress: { print("  " + $0) }
        ).build()
    }

    /// Where to listen, and the address to open; nil behind a socket, where only a proxy gets in.
    private static func address(_ text: String) throws -> (BindAddress, opened: String?) {
        if text.hasPrefix("unix:") { return (.unixDomainSocket(path: String(text.dropFirst(5))), nil) }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port)
        else { throw ValidationError("--listen needs ADDRESS:PORT, such as 127.0.0.1:8080, or unix:FILE.") }
        let host = String(text[..<colon])
        return (.hostname(host, port: port), "http://\(host):\(port)")
    }

    private static func announce(_ address: String, isDemo: Bool) {
        print("接力 Baton → \(address)")
        if isDemo {
            print("演示账号 Demo logins: owner admin sales sales2 manager merchandiser purchasing production qc")
            print("logistics documents finance region-eu …   密码 password: baton-demo")
        }
        print("停止 Stop: Ctrl-C")
        fflush(nil)
    }
}

/// What the house does between requests: seals events, wakes live pages, forgets what has expired.
struct Housekeeping: Service {
    let kernel: Kernel
    let site: Site

    func run() async throws {
        var ticks = 0
        for await _ in AsyncTimer(every: .seconds(15)).cancelOnGracefulShutdown() {
            await kernel.keepHouse()
            if ticks % 240 == 0 { site.sweepUploads() }
            ticks += 1
        }
        await kernel.hub.close()
    }
}

/// Carries what was written to the second place every second.
struct Copying: Service {
    let copy: OngoingCopy
    let kernel: Kernel
    let logger: Logger

    func run() async throws {
        var isFailing = false
        for await _ in AsyncTimer(every: .seconds(1)).cancelOnGracefulShutdown() {
            do {
                try await copy.advance(at: kernel.now)
                if isFailing { logger.notice("the copy goes on") }
                isFailing = false
            } catch {
                // Said once; the age of the copy grows on /metrics until it goes on.
                if !isFailing { logger.error("the copy fails", metadata: ["detail": "\(error)"]) }
                isFailing = true
            }
        }
    }

    /// After the last request.
    func finish() async {
        do {
            try await copy.finish(at: kernel.now)
        } catch {
            logger.error("the copy lacks the last changes", metadata: ["detail": "\(error)"])
        }
    }
}

/// Brings in the files that people have sent; stops between two chunks when the server does.
struct Importing: Service {
    let kernel: Kernel

    func run() async throws { await cancelWhenGracefulShutdown { await kernel.workOnImports() } }
}

/// Does what has become due: reminders.
struct TimeKeeping: Service {
    let kernel: Kernel

    func run() async throws {
        for await _ in AsyncTimer(every: .seconds(5)).cancelOnGracefulShutdown() { await kernel.keepTime() }
    }
}

/// Hands work over that somebody ordered, now or on its day.
struct HandingOver: Service {
    let kernel: Kernel

    func run() async throws {
        for await _ in AsyncTimer(every: .seconds(1)).cancelOnGracefulShutdown() { await kernel.workOnHandOvers() }
    }
}

/// Hears what other servers at the same database do.
struct Hearing: Service {
    let kernel: Kernel

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await kernel.hearOthers()
            // A service that ends would end the others; a sleep that is cancelled ends the loop.
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
        }
    }
}

/// Ticks until cancelled.
struct AsyncTimer: AsyncSequence {
    let every: Duration

    struct AsyncIterator: AsyncIteratorProtocol {
        let every: Duration

        mutating func next() async -> Void? {
            do {
                try await Task.sleep(for: every)
                return ()
            } catch {
                return nil
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(every: every) }
}
