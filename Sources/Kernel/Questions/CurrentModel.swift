import Definitions
import Store

/// The model in force.
package struct CurrentModel: Question {
    package init() {}
}

/// What the house reports about itself.
package struct Vitals: Question {
    package static var isOfTheHouse: Bool { true }

    package init() {}
}

package struct VitalSigns: Sendable {
    package let modelVersion: Int
    package let lastSequence: Int64
    /// Events not yet sealed in a block.
    package let unsealed: Int64
    /// There is at least one account.
    package let hasAccounts: Bool
    package let isDemo: Bool
}

/// The number of the newest event: what a page that is read now knows of.
package struct LastEvent: Question {
    package init() {}

    /// One statement.
    package func answer(in context: ReadContext) throws -> Int64 {
        try context.connection.beyondSight { Int64(try EventLog(context.connection).lastSequence()) }
    }
}
