import Kernel
import Values

/// Short ways to write the inputs of drafts.
extension Input {
    static func id(_ id: RecordID?) -> Input { id.map { .value(.record($0)) } ?? .null }
    static func ids(_ ids: [RecordID]) -> Input { .value(.list(ids.map { .record($0) })) }
    static func on(_ day: Day?) -> Input { day.map { .value(.day($0)) } ?? .null }
    static func at(_ instant: Instant?) -> Input { instant.map { .value(.instant($0)) } ?? .null }
    static func whole(_ number: Int) -> Input { .value(.decimal(ExactDecimal(number))) }
    static func codes(_ codes: [String]) -> Input { .value(.list(codes.map { .text($0) })) }

    /// `units` with `scale` decimal places; a scale of 4 for prices and money.
    static func decimal(_ units: Int, _ scale: Int) -> Input {
        .value(.decimal(ExactDecimal(units: Int128(units), scale: scale)))
    }

    /// An amount in cents, in the record's or the base currency.
    static func cents(_ cents: Int) -> Input { .decimal(cents * 100, 4) }

    static func money(_ cents: Int, _ currency: String) -> Input {
        .object(["amount": .number(decimalText(cents, 2)), "currency": .text(currency)])
    }

    /// Hundredths of a percent: 3000 is 30 %.
    static func percent(_ basis: Int) -> Input { .decimal(basis, 4) }

    static func about(_ object: String, _ id: RecordID) -> Input {
        .object(["object": .text(object), "id": .text(id.description)])
    }

    private static func decimalText(_ units: Int, _ scale: Int) -> String {
        ExactDecimal(units: Int128(units), scale: scale).description
    }
}

/// Money and quantities in whole numbers.
enum Sums {
    /// The amount in cents of a quantity at a price in ten-thousandths, half up.
    static func cents(_ quantity: Int, price: Int) -> Int { (quantity * price + 50) / 100 }

    /// A share in hundredths of a percent of an amount, half up.
    static func share(_ cents: Int, _ basis: Int) -> Int { (cents * basis + 5000) / 10_000 }

    /// The next whole number of cartons.
    static func fullCartons(_ quantity: Int, _ pieces: Int) -> Int { (quantity + pieces - 1) / pieces * pieces }

    /// `12,345.60`, for notes.
    static func text(_ cents: Int) -> String {
        var whole = String(cents / 100)
        var grouped = ""
        while whole.count > 3 {
            grouped = "," + whole.suffix(3) + grouped
            whole = String(whole.dropLast(3))
        }
        let rest = cents % 100
        return whole + grouped + "." + (rest < 10 ? "0" : "") + String(rest)
    }

    static func pad(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
