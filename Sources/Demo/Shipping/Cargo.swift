import Trade
import Values

/// Measures of a whole order, as packing list, booking, customs and bill of lading must state them alike.
struct Cargo {
    let cartons: Int
    /// Hundredths of a kilogram.
    let gross: Int
    let net: Int
    /// Thousandths of a cubic metre: each line rounded.
    let volume: Int

    init(_ order: SalesOrder) {
        var sums = (cartons: 0, gross: 0, net: 0, volume: 0)
        for line in order.items {
            let product = line.item.product
            let count = line.item.quantity / product.pieces
            sums.cartons += count
            sums.gross += count * (product.gross / 10)
            sums.net += count * (product.net / 10)
            sums.volume += (count * product.length * product.width * product.height + 500_000) / 1_000_000
        }
        (cartons, gross, net, volume) = sums
    }

    var isLoose: Bool { volume < 14_000 }

    /// Containers: their type and how many cartons go into each.
    var containers: [(type: String, cartons: Int)] {
        if volume <= 27_500, gross <= 2_150_000 { return [("20GP", cartons)] }
        let count = max(1, max((volume + 66_999) / 67_000, (gross + 2_599_999) / 2_600_000))
        return (0..<count).map { place in
            ("40HQ", cartons * (place + 1) / count - cartons * place / count)
        }
    }
}

/// Invented vessels and the numbers of containers.
enum Vessels {
    static let names = [
        "HAI LAN XING", "NORTHERN TERN", "GULF HERON", "PACIFIC MARTEN", "VELA AURORA", "CAPE LINDEN", "BALTIC WREN",
        "ORIENT KESTREL", "YONG JIANG STAR", "CORAL PETREL", "MERIDIAN CRANE", "ATLAS BITTERN",
    ]

    static func container(_ dice: inout Dice) -> String {
        let first = dice.pick(["HYNU", "YJCU", "QZTU", "LBXU"]) + Sums.pad(dice.int(100_000...999_999), 6)
        return first + String(ContainerNumber.checkDigit(first) ?? 0)
    }
}
