package import Definitions
import Values

/// One page of the records of an object that the actor may see.
package struct ListRecords: Question {
    package var object: String
    /// Field paths to return; empty: the fields of the first view.
    package var columns: [String]
    /// Further conditions, in the expression language; all must hold.
    package var filters: [String]
    package var sort: [SortKey]
    package var search: String?
    /// 1...500.
    package var limit: Int
    /// What the page before gave as `next`.
    package var cursor: String?
    /// Only the recycle bin.
    package var deleted: Bool
    package var withLines: Bool

    package init(
        object: String, columns: [String] = [], filters: [String] = [], sort: [SortKey] = [], search: String? = nil,
        limit: Int = 50, cursor: String? = nil, deleted: Bool = false, withLines: Bool = false
    ) {
        self.object = object
        self.columns = columns
        self.filters = filters
        self.sort = sort
        self.search = search
        self.limit = limit
        self.cursor = cursor
        self.deleted = deleted
        self.withLines = withLines
    }
}

package struct RecordPage: Sendable {
    package let rows: [RecordView]
    package let columns: [String]
    /// Cursor of the next page; nil at the end.
    package let next: String?
}

/// How many records a list has, counted up to `cap`.
package struct CountRecords: Question {
    package var object: String
    package var filters: [String]
    package var search: String?
    package var cap: Int

    package init(object: String, filters: [String] = [], search: String? = nil, cap: Int = 1000) {
        self.object = object
        self.filters = filters
        self.search = search
        self.cap = cap
    }
}

package struct RecordCount: Sendable, Hashable {
    package let count: Int
    /// There are more than `count`.
    package let isCapped: Bool
}
