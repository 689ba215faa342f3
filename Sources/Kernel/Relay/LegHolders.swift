import Definitions
import Flow
import Values

struct LegHolder {
    let person: RecordID?
    /// In whose stead.
    let inStead: RecordID?
}

/// Who takes a leg of a record.
struct LegHolders {
    let book: PeopleBook
    /// Ids of the model's roles.
    let roles: Set<String>
    let definition: ObjectDefinition
    let at: Instant

    /// The first of the leg's holders that leads to somebody who is there; else a backup, else the owner's superior.
    ///
    /// Of several who hold a position equally near, the record decides: work spreads evenly, and a record that comes
    /// back finds the one who knows it.
    func holder(of leg: LegDefinition, _ state: RecordState) -> LegHolder {
        let owner = state["owner"].record
        for name in leg.holders + leg.backups {
            let people =
                definition.field(name) != nil
                ? [state[name].record].compactMap { $0 }
                : book.holders(of: name, near: owner, knownRoles: roles, spreading: state.id)
            for person in people {
                guard let present = book.present(person, at: at) else { continue }
                return LegHolder(person: present, inStead: present == person ? nil : person)
            }
        }
        return LegHolder(person: book.superior(of: owner), inStead: nil)
    }
}
