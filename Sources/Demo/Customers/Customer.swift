import Kernel
import Values

/// A customer, with what later business needs to know.
struct Customer: Sendable {
    /// How far things have come with them.
    enum Standing: String, Sendable { case active, dormant, quoting, sampling, prospect, lead, lost, blacklist }

    let id: RecordID
    let name: String
    let short: String
    let country: Country
    let standing: Standing
    let grade: String
    let contacts: [Contact]
    let owner: Person?
    let currency: String
    let term: String
    let incoterm: String
    let merchandiser: Person
    let since: Day
    let source: String
    let region: RecordID?
    /// Products they keep coming back to, by place in the catalogue.
    let taste: [Int]
    let marks: String

    var contact: Contact { contacts[0] }
}

struct Contact: Sendable {
    let id: RecordID
    let name: String
}
