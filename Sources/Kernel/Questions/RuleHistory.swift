import Access
import Definitions
import Store
package import Values

/// What rules did, and what they could not do: the newest first.
package struct RuleHistory: Question {
    package struct Run: Sendable {
        package let id: RecordID
        package let at: Instant
        package let object: String
        package let record: RecordID
        package let rule: String
        package let trigger: String
        /// `done`, `failed`, `quiet` or `too_deep`.
        package let result: String
        package let text: String
        package let depth: Int
    }

    package let object: String?
    package let record: RecordID?
    package let result: String?
    package let limit: Int

    package init(object: String? = nil, record: RecordID? = nil, result: String? = nil, limit: Int = 50) {
        self.object = object
        self.record = record
        self.result = result
        self.limit = limit
    }

    /// For whoever may define or audit. One statement.
    ///
    /// - Throws: the rejection `not_allowed` for others.
    package func answer(in context: ReadContext) throws -> [Run] {
        let privileges = context.access.privileges
        guard context.actor.isSystem || privileges.contains("define") || privileges.contains("audit") else {
            throw Rejection.notAllowed
        }
        let runs = try RuleRuns(context.connection).latest(
            object: object, record: record, result: result, limit: Limits.rows(limit))
        return runs.map { run in
            Run(
                id: run.id, at: run.at, object: run.object, record: run.record, rule: run.rule, trigger: run.trigger,
                result: run.result, text: context.actor.language == .zh ? run.zh : run.en, depth: run.depth)
        }
    }
}
