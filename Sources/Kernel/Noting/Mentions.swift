import Access
package import Definitions
import Flow
import Store
package import Values

/// Finds whom a text speaks to with `@` and tells those who see the record.
struct Mentions {
    let context: ReadContext
    let ids: IDSource

    /// Most people that one note tells.
    static let most = 30

    /// - Returns: a warning that names those who do not see the record and so were not told; nothing when all were.
    func tell(of note: NoteCommand, _ notes: NoteObject, _ id: RecordID) throws -> [Problem] {
        guard case .text(let text)? = note.fields.fields["summary"], text.contains("@"),
            let definition = context.model.object(note.object)
        else { return [] }
        let found = try MentionText(context).find(in: text, meant: Set(note.mentioned))
        let teller = Teller(context: context, ids: ids, at: context.now)
        var unseen: [String] = []
        for person in found.prefix(Self.most) where person.id != context.actor.userID {
            // Its words for those who may read it, the bare fact for who sees the record alone.
            let words = try teller.title(of: id, notes.definition, for: person.id) ?? ""
            let tail = words.isEmpty ? "" : "：" + words.prefix(60)
            let author = context.actor.name
            let isTold = try teller.tell(
                person.id, kind: NoticeKind.mention.rawValue, object: definition.id, record: note.record,
                Label(
                    zh: "\(author) 提到了你" + tail,
                    en: "\(author) mentioned you" + (words.isEmpty ? "" : ": " + words.prefix(60))))
            if !isTold, !person.isOfRole { unseen.append(person.name) }
        }
        return unseen.isEmpty ? [] : [.unseen(unseen)]
    }
}

/// Names and roles after an `@`, the longest that fits; names are those of colleagues whom the author may see.
struct MentionText {
    struct Found {
        let id: RecordID
        let name: String
        /// Named by their role, not by themself.
        let isOfRole: Bool
    }

    private let people: [Colleagues.Person]
    private let roles: [(words: [String], id: String)]

    init(_ context: ReadContext) throws {
        people = try context.ask(Colleagues())
        roles = context.model.roles.map { ([$0.label.zh, $0.label.en, $0.id], $0.id) }
    }

    init(people: [Colleagues.Person], roles: [(words: [String], id: String)]) {
        self.people = people
        self.roles = roles
    }

    /// - Parameter meant: of several with one name, those that were chosen.
    func find(in text: String, meant: Set<RecordID>) -> [Found] {
        var out: [Found] = []
        func add(_ person: Colleagues.Person, _ isOfRole: Bool) {
            if !out.contains(where: { $0.id == person.id }) {
                out.append(Found(id: person.id, name: person.name, isOfRole: isOfRole))
            }
        }
        for part in text.split(separator: "@", omittingEmptySubsequences: false).dropFirst() {
            let named = people.filter { !$0.name.isEmpty && part.hasPrefix($0.name) }
            let longest = named.map(\.name.count).max() ?? 0
            let words = roles.flatMap { role in role.words.filter(part.hasPrefix).map { (word: $0, id: role.id) } }
            let role = words.max { $0.word.count < $1.word.count }
            if let role, role.word.count > longest {
                for person in people where person.roles.contains(role.id) { add(person, true) }
                continue
            }
            let same = named.filter { $0.name.count == longest }
            let chosen = same.filter { meant.contains($0.id) }
            for person in chosen.isEmpty ? same : chosen { add(person, false) }
        }
        return out
    }
}

extension Problem {
    static func unseen(_ names: [String]) -> Problem {
        Problem(
            field: "summary", code: "mention_unseen",
            message: Label(
                zh: names.joined(separator: "、") + " 看不到这条记录，没有提醒",
                en: names.joined(separator: ", ") + " can't see this record and was not told"))
    }
}

/// Who can be spoken to at a record: colleagues and roles whose names fit what was typed.
package struct MentionChoices: Question {
    package struct Choice: Sendable, Hashable {
        /// Nil for a role.
        package let id: RecordID?
        package let name: String
        /// Roles of a person; how many people a role has.
        package let note: String
        /// Sees the record; who does not is not told.
        package let sees: Bool
    }

    package var object: String
    package var id: RecordID
    package var language: Language
    /// Whether a name, or a word beside it, is one of those looked for.
    package var fits: @Sendable (String) -> Bool

    package init(object: String, id: RecordID, language: Language, fits: @escaping @Sendable (String) -> Bool) {
        self.object = object
        self.id = id
        self.language = language
        self.fits = fits
    }

    /// Up to eight people and four roles; one statement, and three for each person.
    package func answer(in context: ReadContext) throws -> [Choice] {
        _ = try context.ask(ShowRecord(object: object, id: id, fields: ["id"], withLines: false))
        guard let definition = context.model.object(object), context.access.grant("user").canRead else { return [] }
        let usable = context.access.grant("user").readable
        let rows = try context.ask(
            ListRecords(
                object: "user", columns: ["name", "login", "roles"].filter(usable.contains),
                filters: usable.contains("active") ? ["active"] : [], limit: 500)
        ).rows.filter { row in
            let words = [row["name"].text ?? row.title, row["login"].text ?? ""]
            return row.id != context.actor.userID && words.contains { !$0.isEmpty && fits($0) }
        }
        let teller = Teller(context: context, ids: IDSource { _ in id }, at: context.now)
        let people = try rows.prefix(8).map { row in
            var roles: [String] = []
            if case .list(let items) = row["roles"] { roles = items.compactMap(\.text) }
            return Choice(
                id: row.id, name: row["name"].text ?? row.title,
                note: roles.compactMap { context.model.role($0)?.label[language] }.joined(separator: " · "),
                sees: try teller.title(of: id, definition, for: row.id) != nil)
        }
        let roles = context.model.roles.map { $0.label[language] }.filter(fits).prefix(4).map {
            Choice(id: nil, name: $0, note: "", sees: true)
        }
        // Those who will be told stand first.
        return people.filter(\.sees) + roles + people.filter { !$0.sees }
    }
}
