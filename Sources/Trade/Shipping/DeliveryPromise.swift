package import Values

/// The steps between a deposit and the buyer's door.
package struct DeliveryPromiseInput: Sendable, Hashable {
    /// The day the deposit arrives.
    package var deposit: Day
    /// Production, working days of the origin.
    package var leadWorkingDays: Int
    /// Inspection, working days of the origin.
    package var inspectionWorkingDays: Int
    /// Way to the port, working days of the origin.
    package var toPortWorkingDays: Int
    /// Days between the cargo cut-off and the sailing.
    package var cutOffDays: Int
    /// ISO weekday of the sailing, Monday 1 ... Sunday 7.
    package var sailingWeekday: Int
    /// Port to port, calendar days.
    package var transitDays: Int

    package init(
        deposit: Day, leadWorkingDays: Int, inspectionWorkingDays: Int = 2, toPortWorkingDays: Int = 3,
        cutOffDays: Int = 2, sailingWeekday: Int, transitDays: Int
    ) {
        self.deposit = deposit
        self.leadWorkingDays = leadWorkingDays
        self.inspectionWorkingDays = inspectionWorkingDays
        self.toPortWorkingDays = toPortWorkingDays
        self.cutOffDays = cutOffDays
        self.sailingWeekday = sailingWeekday
        self.transitDays = transitDays
    }
}

/// The dates that a delivery promise is made of.
///
/// deposit → + lead working days → + inspection → + way to port → + cut-off → next sailing → + transit → next working
/// day at the destination.
package struct DeliveryPromise: Sendable, Hashable {
    package let goodsReady: Day
    package let inspected: Day
    package let atPort: Day
    /// The first sailing not before the cut-off has passed.
    package let departure: Day
    package let arrival: Day
    /// The arrival, or the next working day at the destination.
    package let deliverable: Day

    package init(
        _ input: DeliveryPromiseInput, origin: WorkdayCount, destination: WorkdayCount
    ) throws(TradeError) {
        guard (1...7).contains(input.sailingWeekday) else {
            throw .outOfRange(field: "sailing weekday", allowed: "1 ... 7")
        }
        let counts = [
            input.leadWorkingDays, input.inspectionWorkingDays, input.toPortWorkingDays, input.cutOffDays,
            input.transitDays,
        ]
        guard counts.allSatisfy({ (0...1000).contains($0) }) else {
            throw .outOfRange(field: "days", allowed: "0 ... 1000")
        }
        goodsReady = try origin.day(input.deposit, plus: input.leadWorkingDays)
        inspected = try origin.day(goodsReady, plus: input.inspectionWorkingDays)
        atPort = try origin.day(inspected, plus: input.toPortWorkingDays)
        let earliest = atPort.adding(days: input.cutOffDays)
        departure = earliest.adding(days: (input.sailingWeekday - earliest.weekday + 7) % 7)
        arrival = departure.adding(days: input.transitDays)
        deliverable = try destination.firstWorkday(from: arrival)
    }
}
