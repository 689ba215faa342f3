import Calendars
import Synchronization
import Values

/// Time zones by name, looked up once.
enum Zones {
    private static let known = Mutex<[String: Zone]>([:])

    /// The zone; UTC for a name that the machine does not know.
    static func zone(_ name: String) -> Zone {
        if let zone = known.withLock({ $0[name] }) { return zone }
        let zone = (try? Zone(name)) ?? .utc  // an unknown name is a setting's mistake; UTC is still a day
        known.withLock { $0[name] = zone }
        return zone
    }

    static func day(of instant: Instant, in name: String) -> Day { zone(name).day(at: instant) }
}
