import Kernel
import Values

/// An order with the whole course it takes; what lies after the horizon has not happened yet.
struct SalesOrder: Sendable {
    let id: RecordID
    let pi: RecordID
    let contract: RecordID?
    let deal: Deal
    let version: Deal.Version
    let customer: Customer
    let merchandiser: Person
    let owner: Person
    var times: OrderTimes
    let total: Int
    let isCancelled: Bool
    var deposit: Int
    var purchase: [RecordID] = []
    var plan: RecordID?
    var inspection: RecordID?
    var booking: RecordID?
    var shipment: RecordID?
    var customs: RecordID?
    var invoice: RecordID?
    var credit: RecordID?
    var receivables: [RecordID] = []
    var payments: [RecordID] = []
    /// Events of the last leg that has happened, in order.
    var stage = "contract_review"

    var currency: String { customer.currency }
    var items: [PricedItem] { version.lines }
    var cartons: Int { items.reduce(0) { $0 + $1.item.quantity / $1.item.product.pieces } }
    /// Hundredths of a kilogram.
    var gross: Int { items.reduce(0) { $0 + $1.item.quantity / $1.item.product.pieces * ($1.item.product.gross / 10) } }
    /// Thousandths of a cubic metre, each line rounded.
    var volume: Int {
        items.reduce(0) { $0 + ($1.item.quantity / $1.item.product.pieces * $1.item.product.volume + 500) / 1000 }
    }

    /// Line ids follow from the order's.
    func line(_ place: Int) -> RecordID { PastLine.id(of: id, place: place + 1) }
}

/// When each leg of an order is run.
struct OrderTimes: Sendable {
    var piMade: Instant
    var piSent: Instant
    var piConfirmed: Instant
    var ordered: Instant
    var reviewed: Instant
    var deposit: Instant
    var released: Instant
    var purchased: Instant
    var scheduled: Instant
    var start: Day
    var finished: Instant
    var inspected: Instant
    var passed: Instant
    var bookingSent: Instant
    var slot: Instant
    var declared: Instant
    var cleared: Instant
    var sailed: Instant
    var presented: Instant
    var balance: Instant
    var refunded: Instant
    var closed: Instant
    var promised: Day
    /// As it stands now.
    var current: Day
    var arrival: Day
    /// The final inspection failed at first.
    var failed: Bool
    /// The balance is still open although long due.
    var isUnpaid: Bool
}
