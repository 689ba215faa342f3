import Definitions
import Flow
import Store
import Values

/// Whether somebody can take a leg that is handed to them by name: only who reads the record can work on it.
struct LegTakers {
    let teller: Teller
    let book: PeopleBook

    /// One read as that person; some more when they are refused, for the names of others.
    ///
    /// - Throws: the rejection `taker_without_sight` at `to`, with up to three who could take it.
    func admit(
        _ person: PeopleBook.Person, to leg: LegDefinition, of definition: ObjectDefinition, _ state: RecordState
    ) throws {
        guard try !sees(person.id, definition, state) else { return }
        let others = try able(leg, definition, state, without: person.id).map(\.name)
        let zh = others.isEmpty ? "，请选择看得到它的同事" : "；可以交给 " + others.joined(separator: "、")
        let en =
            others.isEmpty ? "; choose a colleague who does" : "; it could go to " + others.joined(separator: ", ")
        let message = Label(
            zh: "\(person.name) 看不到这条记录，接不了“\(leg.label.zh)”\(zh)",
            en: "\(person.name) doesn't see this record and can't take “\(leg.label.en)”\(en)")
        throw Rejection(
            .invalid, code: "taker_without_sight", message: message,
            problems: [Problem(field: "to", code: "taker_without_sight", message: message)])
    }

    func admit(_ person: PeopleBook.Person, to leg: LegDefinition, of record: StoredRecord) throws {
        try admit(person, to: leg, of: record.definition, record.state)
    }

    private func sees(_ person: RecordID, _ definition: ObjectDefinition, _ state: RecordState) throws -> Bool {
        try teller.title(of: state.id, definition, for: person) != nil
    }

    /// Of those whom the leg names, and of those above its owner, the first three who see the record.
    private func able(
        _ leg: LegDefinition, _ definition: ObjectDefinition, _ state: RecordState, without refused: RecordID
    ) throws -> [PeopleBook.Person] {
        let owner = state["owner"].record
        let roles = Set(teller.context.model.roles.map(\.id))
        var people: [RecordID] = []
        for name in leg.holders + leg.backups {
            people +=
                definition.field(name) != nil
                ? [state[name].record].compactMap { $0 }
                : book.holders(of: name, near: owner, knownRoles: roles, spreading: state.id)
        }
        people += [book.superior(of: owner)].compactMap { $0 }
        var asked: Set<RecordID> = [refused]
        var out: [PeopleBook.Person] = []
        for id in people where asked.insert(id).inserted && asked.count <= 12 && out.count < 3 {
            guard let person = book.byID[id], person.isActive, try sees(id, definition, state) else { continue }
            out.append(person)
        }
        return out
    }
}
