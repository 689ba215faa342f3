package import Values

/// Grouped figures over the records the actor may read.
package struct GroupRecords: Question {
    package enum Function: String, Sendable { case count, sum, min, max }

    package struct Measure: Sendable {
        package let id: String
        package let function: Function
        /// Field path; nil for `count`.
        package let of: String?

        package init(id: String, function: Function, of: String?) {
            self.id = id
            self.function = function
            self.of = of
        }
    }

    package var object: String
    package var filters: [String]
    /// Field paths; their values make the groups.
    package var group: [String]
    package var measures: [Measure]
    package var limit: Int

    package init(object: String, filters: [String], group: [String], measures: [Measure], limit: Int = 500) {
        self.object = object
        self.filters = filters
        self.group = group
        self.measures = measures
        self.limit = limit
    }
}

/// Columns: the groups, then the measures.
package struct FigureTable: Sendable {
    package let columns: [String]
    package let rows: [[Value]]
}
