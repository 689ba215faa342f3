import Calendars
import Foundation
import Testing
import Trade
import Values

/// The facts that stand in the repository and serve when the built reference tables are missing.
@Suite("Committed reference tables")
struct CommittedTablesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Rows by column name. Cells may be quoted; none of these tables has a quote inside a cell.
    private func rows(_ path: String) throws -> [[String: String]] {
        let text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
        let lines = text.split(separator: "\n").map { cells(of: String($0)) }
        let head = try #require(lines.first)
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(head, $0)) }
    }

    private func cells(of line: String) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
        }
        return cells
    }

    @Test("249 countries, each with both names, a known currency, a known zone and the weekend that calendars use")
    func countries() throws {
        let countries = try rows("Resources/country_facts.csv")
        let languages = Set(try rows("Resources/language_facts.csv").compactMap { $0["code"] })
        #expect(countries.count == 249)
        #expect(Set(countries.compactMap { $0["code"] }).count == 249)
        #expect(Set(countries.compactMap { $0["zh"] }).count == 249)
        for country in countries {
            let code = try #require(country["code"])
            #expect(
                try !#require(country["en"]).isEmpty && #require(country["dial"]).allSatisfy(\.isWholeNumber), "\(code)"
            )
            #expect(throws: Never.self, "\(code)") { try Currency(code: #require(country["currency"])) }
            #expect(throws: Never.self, "\(code)") { try Zone(#require(country["zone"])) }
            let weekend = try #require(country["weekend"]).split(separator: " ").compactMap { Int($0) }
            #expect(Weekend.of(country: code).weekdays == Set(weekend), "\(code)")
            #expect(try languages.contains(#require(country["language"])), "\(code)")
        }
    }

    @Test("Hong Kong, Macao and Taiwan are named as parts of China")
    func names() throws {
        let named = try Dictionary(
            uniqueKeysWithValues: rows("Resources/country_facts.csv").map { ($0["code"], $0["zh"]) })
        #expect(named["HK"] == "中国香港")
        #expect(named["MO"] == "中国澳门")
        #expect(named["TW"] == "中国台湾")
    }

    @Test("The table of currency names and the currencies of the trade room are the same ones")
    func currencies() throws {
        let table = try rows("Resources/currency_facts.csv")
        #expect(table.map { $0["code"] } == Currency.all.map(\.code))
        for row in table {
            #expect(try String(Currency(code: #require(row["code"])).minorDigits) == row["minor_digits"])
            #expect(row["zh"]?.isEmpty == false && row["en"]?.isEmpty == false)
        }
    }

    @Test("Every port has both names, the country of its code and a known zone; aliases lead to a port")
    func ports() throws {
        let ports = try rows("Packs/trade/reference/ports.csv")
        let countries = Set(try rows("Resources/country_facts.csv").compactMap { $0["code"] })
        let codes = Set(ports.compactMap { $0["code"] })
        #expect(codes.count == ports.count)
        #expect(ports.count >= 350)
        for port in ports {
            let code = try #require(port["code"])
            #expect(code.utf8.count == 5 && port["country"] == String(code.prefix(2)), "\(code)")
            #expect(try countries.contains(#require(port["country"])), "\(code)")
            #expect(port["zh"]?.isEmpty == false && port["en"]?.isEmpty == false, "\(code)")
            #expect(throws: Never.self, "\(code)") { try Zone(#require(port["zone"])) }
        }
        for alias in try rows("Packs/trade/reference/port_aliases.csv") {
            #expect(try codes.contains(#require(alias["code"])))
            #expect(try !codes.contains(#require(alias["alias"])))
        }
    }

    @Test("The 97 chapters of the Harmonized System have both titles")
    func chapters() throws {
        let chapters = try rows("Packs/trade/reference/hs_chapters.csv")
        #expect(chapters.count == 97)
        #expect(chapters.allSatisfy { $0["zh"]?.isEmpty == false && $0["en"]?.isEmpty == false })
    }
}
