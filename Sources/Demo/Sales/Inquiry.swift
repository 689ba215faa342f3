import Kernel
import Values

/// An inquiry with what came of it, decided before anything is written.
struct Inquiry: Sendable {
    enum Outcome: Sendable { case new, contacted, qualified, sampling, quoting, negotiating, won, lost, invalid }

    let id: RecordID
    let received: Instant
    /// Place in `World.customers`; nil while nobody is linked.
    let customer: Int?
    let outcome: Outcome
    let isRepeat: Bool
    let items: [Item]
    let owner: Person?
}

/// A product and how much of it.
struct Item: Sendable {
    let product: Product
    let quantity: Int
}

/// A chain of quotation versions for one inquiry.
struct Deal: Sendable {
    let inquiry: Int
    let customer: Int
    let items: [Item]
    let start: Instant
    let owner: Person
    var versions: [Version] = []

    struct Version: Sendable {
        let id: RecordID
        let number: Int
        let at: Instant
        let day: Day
        var lines: [PricedItem]
        var charges: [(name: String, kind: String, cents: Int)]
        let status: String
        let sent: Instant?
        let decided: Instant?
        let rate: Int
        let freight: Int
        /// At list prices, cents.
        let list: Int
        let note: String?
    }
}

struct PricedItem: Sendable {
    let item: Item
    /// Ten-thousandths of the currency.
    var price: Int
    /// Freight in the price, per piece, for terms that include it.
    var freight = 0

    var cents: Int { Sums.cents(item.quantity, price: price) }
}

struct Campaign: Sendable {
    let id: RecordID
    let channel: String
    let start: Day
    let end: Day
}

struct FreightLane: Sendable {
    let id: RecordID
    let port: String
}
