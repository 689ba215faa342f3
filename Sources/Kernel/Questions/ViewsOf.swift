import Store
package import Values

/// The saved views and templates of an object that the asker has, and how they have arranged views.
package struct ViewsOf: Question {
    package struct View: Sendable, Hashable {
        package let id: RecordID
        package let name: String
        package let audience: ViewAudience
        package let isMine: Bool
        /// As it was kept.
        package let content: String
    }

    package struct Answer: Sendable {
        package let views: [View]
        /// Templates of sheets, by which lists are exported and files filled in.
        package let sheets: [View]
        /// View → content of the asker's arrangement.
        package let arrangements: [String: String]
    }

    package let object: String

    package init(object: String) { self.object = object }

    /// None for who is nobody's account. One statement.
    ///
    /// - Throws: `not_found` for an object out of sight.
    package func answer(in context: ReadContext) throws -> Answer {
        _ = try context.object(object)
        guard let user = context.actor.userID else { return Answer(views: [], sheets: [], arrangements: [:]) }
        var (views, sheets): ([View], [View]) = ([], [])
        var arrangements: [String: String] = [:]
        for row in try SavedViews(context.connection).list(of: object, for: user) {
            if row.name.hasPrefix(KeptViewText.arrangement) {
                if row.user == user { arrangements[String(row.name.dropFirst())] = row.document }
                continue
            }
            guard let kept = KeptViewText.read(row.document) else { continue }
            let isMine = row.user == user
            let isOfTeam =
                kept.department.map { $0 == context.actor.department || context.actor.departments.contains($0) }
                ?? false
            guard isMine || kept.audience == .all || kept.audience == .team && isOfTeam else { continue }
            let view = View(
                id: row.id, name: row.name, audience: kept.audience, isMine: isMine, content: kept.content)
            if kept.isSheet { sheets.append(view) } else { views.append(view) }
        }
        return Answer(views: views, sheets: sheets, arrangements: arrangements)
    }
}
