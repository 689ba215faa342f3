import Kernel
import Values

extension World {
    /// Sees to it that every stage has an order: where one is missing, an order that has just left it stays a little
    /// longer.
    mutating func fillStages() {
        for leg in Self.legEnds.indices.dropLast() where !orders.contains(where: { isInLeg(leg, $0) }) {
            let next = orders.indices.filter { isInLeg(leg + 1, orders[$0]) }
            guard next.count > 1, let index = next.max(by: { end(leg, $0) < end(leg, $1) }) else { continue }
            hold(index, in: leg)
        }
    }

    /// When an order leaves each stage, in the order of the stages.
    private static var legEnds: [WritableKeyPath<OrderTimes, Instant>] {
        [
            \.reviewed, \.deposit, \.released, \.purchased, \.scheduled, \.finished, \.passed, \.slot, \.cleared,
            \.sailed, \.presented,
        ]
    }

    private func end(_ leg: Int, _ index: Int) -> Instant { orders[index].times[keyPath: Self.legEnds[leg]] }

    private func isInLeg(_ leg: Int, _ order: SalesOrder) -> Bool {
        let begun = leg == 0 ? order.times.ordered : order.times[keyPath: Self.legEnds[leg - 1]]
        return !order.isCancelled && hasHappened(begun) && !hasHappened(order.times[keyPath: Self.legEnds[leg]])
    }

    private mutating func hold(_ index: Int, in leg: Int) {
        var now = officeTime(after: horizon, hours: 1...6)
        for later in leg..<Self.legEnds.count {
            let path = Self.legEnds[later]
            guard orders[index].times[keyPath: path] < now else { break }
            orders[index].times[keyPath: path] = now
            now = officeTime(after: now, hours: 6...20)
        }
        let scheduled = Clock.day(of: orders[index].times.scheduled)
        if orders[index].times.start <= scheduled { orders[index].times.start = workday(scheduled, plus: 1) }
    }
}
