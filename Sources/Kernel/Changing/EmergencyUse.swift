import Access
import Definitions
import Store
package import Values

/// How much of the emergency lane this calendar month has used: of all requests, how many were decided as emergencies,
/// and the share that may be. The counts are the house's, like the cap.
package struct EmergencyUse: Question {
    package struct Month: Sendable, Hashable {
        package let urgent: Int
        package let all: Int
        /// 0 to 1.
        package let share: ExactDecimal
    }

    package let object: String

    package init(object: String) { self.object = object }

    /// - Returns: nil for objects without an emergency lane. Two counts.
    package func answer(in context: ReadContext) throws -> Month? {
        let definition = try context.object(object)
        guard let emergency = definition.change?.emergency else { return nil }
        let cap = EmergencyCap(context: context, ids: IDSource.random)
        let counts = try context.connection.beyondSight { try cap.month(definition, emergency) }
        return Month(urgent: counts.urgent, all: counts.all, share: emergency.share)
    }
}
