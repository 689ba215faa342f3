import Values

/// The limits that inputs of the formulas keep; each names the field it refuses.
enum Bounds {
    /// Zero or more.
    static func notNegative(_ value: ExactDecimal, _ field: String) throws(TradeError) {
        if value.isNegative { throw .outOfRange(field: field, allowed: ">= 0") }
    }

    /// More than zero.
    static func positive(_ value: ExactDecimal, _ field: String) throws(TradeError) {
        if value.isNegative || value.isZero { throw .outOfRange(field: field, allowed: "> 0") }
    }

    /// More than zero.
    static func positive(_ value: Int, _ field: String) throws(TradeError) {
        if value <= 0 { throw .outOfRange(field: field, allowed: "> 0") }
    }

    /// A rate as a share of one: 0.13 for 13 %; from 0 up to and including 1.
    static func share(_ value: ExactDecimal, _ field: String) throws(TradeError) {
        if value.isNegative || value > ExactDecimal(1) { throw .outOfRange(field: field, allowed: "0 ... 1") }
    }
}
