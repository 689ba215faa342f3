import Access
import Definitions
import Store
import Values

/// The paths that a column of a file may fill for the asker, in the order of the object's fields.
package struct FillableColumns: Question {
    package let object: String

    package init(object: String) { self.object = object }

    /// - Throws: `not_found` for an object out of sight, `not_allowed` without the right to import.
    package func answer(in context: ReadContext) throws -> [String] {
        let definition = try context.object(object)
        try ImportRun.admit(context.actor, to: definition, context.access)
        let request = ImportRequest(object: object, path: "", name: "")
        return ImportPlanner(context: context, request: request, definition: definition).allowedPaths
    }
}
