import Calendars
import Synchronization
package import Values

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

extension Kernel {
    /// The time of the house, for what a page calls today.
    package var now: Instant { surroundings.now() }
}

/// Offsets of time zones, for showing instants.
package enum ZoneOffsets {
    /// Seconds east of UTC at the instant.
    package static func seconds(at instant: Instant, in zone: String) -> Int { Zones.zone(zone).offset(at: instant) }
}
