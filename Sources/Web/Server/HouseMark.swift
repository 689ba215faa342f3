import Kernel
import Synchronization

/// Which logo stands above the menu: asked for at most every ten seconds, so that a page costs nothing more.
final class HouseMark: Sendable {
    private struct Known {
        let at: ContinuousClock.Instant
        let hash: String?
    }

    private let known = Mutex<Known?>(nil)

    private static let lasts = Duration.seconds(10)

    /// The logo's hash; nil without one.
    func current(_ kernel: Kernel) async throws -> String? {
        let now = ContinuousClock.now
        if let known = known.withLock({ $0 }), known.at + Self.lasts > now { return known.hash }
        let hash = try await kernel.answer(Letterhead(), as: .system("logo"))?.logo?.hash
        known.withLock { $0 = Known(at: now, hash: hash) }
        return hash
    }

    /// It was changed here just now.
    func forget() { known.withLock { $0 = nil } }
}
