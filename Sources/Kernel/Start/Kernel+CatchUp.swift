import Definitions
import Logging
import Store
import Values

/// Brings the model in force to that of the database, one at a time.
actor ModelReloading {
    /// Builds the model that another process put into the database, unless it is in force by now.
    ///
    /// - Returns: false when it was made from other packs than this process has.
    func reload(_ entry: ModelVersions.Entry, _ overlay: Overlay, of kernel: Kernel) throws -> Bool {
        let known = kernel.snapshot
        guard entry.version > known.model.version else { return true }
        guard entry.digest == kernel.parts.packDigest else { return false }
        let model = try Kernel.build(kernel.parts, overlay: overlay, version: entry.version, previous: known.model)
        kernel.install(Snapshot(model: model, overlay: overlay, functions: kernel.parts.functions))
        return true
    }
}

extension Kernel {
    /// Takes over the definitions that this or another process has just changed.
    ///
    /// A process whose packs are older than the database goes on reading by the model it has, and refuses writes.
    /// Cost: building the model, some tenths of a second, once for each change.
    func catchUp() async throws {
        // A change of this very process is committed and comes into force within moments.
        let seen = snapshot.model.version
        try await Task.sleep(for: .milliseconds(10))
        if snapshot.model.version > seen { return }
        let (entry, overlay) = try await database.read { connection in
            (try ModelVersions(connection).current(), try Self.overlay(on: connection))
        }
        guard let entry else { return }
        if try await !reloading.reload(entry, overlay, of: self) {
            logger.warning("the database has the definitions of other packs: restart with the packs of this version")
        }
    }
}
