package import Definitions

/// What is due, overdue or waiting for the actor: the views named `my_turn`, `follow_up` and `waiting` of all objects.
package struct MyDay: Question {
    package var limit: Int

    package init(limit: Int = 30) { self.limit = limit }
}

package struct DayPlan: Sendable {
    /// Section id → its groups, one per object that has a view for it and rows in it.
    package let sections: [DaySection]
}

package struct DaySection: Sendable {
    /// `my_turn`, `follow_up` or `waiting`.
    package let id: String
    package let groups: [DayGroup]
}

package struct DayGroup: Sendable {
    package let object: String
    package let label: Label
    package let columns: [String]
    package let rows: [RecordView]
    package let hasMore: Bool
}
