import Definitions
import Logging
import Store
import Synchronization
import Values

/// Brings the model in force to that of the database, one at a time.
actor ModelReloading {
    /// The version of the database that this process can't take over; 0 when there is none.
    private nonisolated let beyond = Atomic<Int>(0)

    /// Whether the database has definitions that this process can't take over: it reads by older ones and writes nothing.
    nonisolated var isOutdated: Bool { beyond.load(ordering: .acquiring) > 0 }

    /// What the database has.
    struct News: Sendable {
        let entry: ModelVersions.Entry
        let overlay: Overlay
        /// Nil when they are kept nowhere.
        let packs: PackSet?
    }

    /// Whether it is known that this version can't be taken over.
    func isBeyond(_ version: Int) -> Bool { beyond.load(ordering: .acquiring) == version }

    /// Builds the model that another process put into the database, unless it is in force by now.
    func reload(_ news: News, of kernel: Kernel) throws {
        let known = kernel.snapshot
        guard news.entry.version > known.model.version, !isBeyond(news.entry.version) else { return }
        do {
            guard let packs = news.packs else {
                throw Fault(code: "definitions", detail: "its packs are not in the database")
            }
            // The generations of changed fields go on only where the packs are the same.
            let previous = packs.digest == known.packs.digest ? known.model : nil
            let model = try Kernel.build(
                kernel.parts, packs: packs.packs, overlay: news.overlay, version: news.entry.version,
                previous: previous)
            kernel.install(
                Snapshot(
                    model: model, overlay: news.overlay, packs: packs, functions: kernel.parts.functions,
                    holidays: kernel.parts.holidays))
            beyond.store(0, ordering: .releasing)
            kernel.logger.notice(
                "took over definitions",
                metadata: ["version": "\(news.entry.version)", "packs": "\(news.entry.packs)"])
        } catch let fault as Fault {
            beyond.store(news.entry.version, ordering: .releasing)
            kernel.logger.error(
                "the database has newer definitions than this program can use: install the version that made them",
                metadata: ["packs": "\(news.entry.packs)", "detail": "\(fault.detail)"])
        }
    }
}

extension Kernel {
    /// Takes over the definitions that this or another process has just changed, with the packs that the database keeps
    /// when they are not those of this process.
    ///
    /// A process that can't make a model of them goes on reading by the one it has, and refuses writes.
    /// Cost: building the model, some tenths of a second, once for each change.
    func catchUp() async throws {
        // A change of this very process is committed and comes into force within moments.
        let seen = snapshot.model.version
        if isOutdated {
            // Each request of such a process comes here: it looks whether there is something newer still.
            guard let entry = try await database.read({ try ModelVersions($0).current() }),
                await !reloading.isBeyond(entry.version)
            else { return }
        } else {
            try await Task.sleep(for: .milliseconds(10))
            if snapshot.model.version > seen { return }
        }
        let own = [snapshot.packs, PackSet(packs: parts.packs, digest: parts.packDigest)]
        let news = try await database.read { connection -> ModelReloading.News? in
            guard let entry = try ModelVersions(connection).current() else { return nil }
            let packs =
                try own.first { $0.digest == entry.digest }
                ?? StoredPacks(connection: connection).packs(digest: entry.digest)
            return ModelReloading.News(entry: entry, overlay: try Self.overlay(on: connection), packs: packs)
        }
        if let news { try await reloading.reload(news, of: self) }
    }

    /// Whether the database has definitions that this process can't take over: it reads by older ones and writes nothing.
    package var isOutdated: Bool { reloading.isOutdated }
}
