import Calendars
import Definitions
import Flow
import Values

extension RecordWriter {
    /// Days that are given for instants: the end of the working day where the actor is.
    func closings(_ new: NewRecord, _ definition: ObjectDefinition) throws -> [String: Value] {
        var out: [String: Value] = [:]
        for (path, value) in new.values {
            guard case .day(let day) = value, definition.field(path)?.type == .instant else { continue }
            let zone = Zones.zone(context.actor.timeZone)
            out[path] = .instant(try zone.instant(of: LocalTime(day: day, secondOfDay: 18 * 3600)))
        }
        return out
    }
}
