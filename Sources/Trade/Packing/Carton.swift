package import Values

/// An export carton: its outer size, its gross weight when full, and how many pieces it holds.
package struct Carton: Sendable, Hashable {
    package let pieces: Int
    package let lengthCm: ExactDecimal
    package let widthCm: ExactDecimal
    package let heightCm: ExactDecimal
    package let grossKg: ExactDecimal

    /// - Throws: `TradeError.outOfRange` unless every measure is above zero.
    package init(
        pieces: Int, lengthCm: ExactDecimal, widthCm: ExactDecimal, heightCm: ExactDecimal, grossKg: ExactDecimal
    ) throws(TradeError) {
        try Bounds.positive(pieces, "pieces per carton")
        try Bounds.positive(lengthCm, "length")
        try Bounds.positive(widthCm, "width")
        try Bounds.positive(heightCm, "height")
        try Bounds.positive(grossKg, "gross weight")
        self.pieces = pieces
        self.lengthCm = lengthCm
        self.widthCm = widthCm
        self.heightCm = heightCm
        self.grossKg = grossKg
    }

    /// L × W × H ÷ 10⁶, 6 digits: what a packing list shows for one carton.
    package var volumeM3: ExactDecimal { get throws(TradeError) { try exactVolumeM3.rounded(to: 6) } }

    /// L × W × H, exact.
    var exactVolumeCm3: Fraction {
        get throws(TradeError) { try Fraction(lengthCm) * Fraction(widthCm) * Fraction(heightCm) }
    }

    var exactVolumeM3: Fraction {
        get throws(TradeError) { try exactVolumeCm3 / Fraction(whole: 1_000_000) }
    }

    /// How many cartons carry `quantity` pieces: ⌈quantity ÷ pieces⌉, and how many pieces lie in the last one.
    package func count(for quantity: Int) throws(TradeError) -> (cartons: Int, piecesInLast: Int) {
        try Bounds.positive(quantity, "quantity")
        let cartons = (quantity - 1) / pieces + 1
        return (cartons, quantity - (cartons - 1) * pieces)
    }
}
