/// Whether an ordered quantity fills whole cartons, and which quantities nearby do.
package struct OrderQuantity: Sendable, Hashable {
    package let quantity: Int
    package let piecesPerCarton: Int

    package init(_ quantity: Int, piecesPerCarton: Int) throws(TradeError) {
        try Bounds.positive(quantity, "quantity")
        try Bounds.positive(piecesPerCarton, "pieces per carton")
        self.quantity = quantity
        self.piecesPerCarton = piecesPerCarton
    }

    package var fillsWholeCartons: Bool { quantity % piecesPerCarton == 0 }

    /// The next quantity, this one included, that fills whole cartons; nil beyond what an `Int` holds.
    package var nextMultiple: Int? {
        let cartons = (quantity - 1) / piecesPerCarton + 1
        let (pieces, overflow) = cartons.multipliedReportingOverflow(by: piecesPerCarton)
        return overflow ? nil : pieces
    }

    /// The largest quantity not above this one that fills whole cartons; zero when not even one is filled.
    package var previousMultiple: Int { quantity / piecesPerCarton * piecesPerCarton }
}
