package import Values

/// Full-text search over every object the actor may read (or the given ones), best first.
package struct SearchRecords: Question {
    package var text: String
    package var objects: [String]
    package var limit: Int

    package init(text: String, objects: [String] = [], limit: Int = 20) {
        self.text = text
        self.objects = objects
        self.limit = limit
    }
}

package struct SearchHit: Sendable {
    package let object: String
    package let id: RecordID
    package let title: String
    /// A second line: state, customer, country.
    package let subtitle: String
}
