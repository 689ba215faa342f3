import Kernel
import Values

/// A product of the catalogue, with what prices and packing need.
struct Product: Sendable {
    let id: RecordID
    let sku: String
    let english: String
    let chinese: String
    let spec: String
    let hs: String
    let moq: Int
    let pieces: Int
    /// Millimetres.
    let length: Int
    let width: Int
    let height: Int
    /// Grams per carton.
    let net: Int
    let gross: Int
    let lead: Int
    /// Ten-thousandths of a yuan and of a dollar.
    let purchase: Int
    let list: Int
    let supplier: Int
    /// Short name that customers and people here use.
    let spoken: String

    /// Volume of a carton in millionths of a cubic metre.
    var volume: Int { (length * width * height + 500) / 1000 }

    /// The price in another currency at today's ratio.
    func price(_ currency: String, rate: Int, dollar: Int) -> Int {
        currency == "USD" ? list : (list * (dollar / 100) / (rate / 100) + 5) / 10 * 10
    }
}

/// A row of the catalogue.
struct CatalogueRow {
    let cells: [String]

    var sku: String { cells[0] }
    func text(_ index: Int) -> String { cells[index] }
    func int(_ index: Int) -> Int { Int(cells[index]) ?? 1 }

    /// `12.5` with two places gives 1250.
    func scaled(_ index: Int, _ places: Int) -> Int {
        let parts = cells[index].split(separator: ".")
        var units = Int(parts.first ?? "0") ?? 0
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        for _ in 0..<places { units *= 10 }
        let padded = (fraction + String(repeating: "0", count: places)).prefix(places)
        return units + (Int(padded) ?? 0)
    }

    static let all: [CatalogueRow] = Catalogue.table.split(separator: "\n").map { line in
        CatalogueRow(cells: line.split(separator: "|").map(String.init))
    }
}
