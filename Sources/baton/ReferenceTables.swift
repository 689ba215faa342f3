import Calendars
import Definitions
import Documents
import Foundation

/// The code lists that come from reference tables: those the set-up built, else the project's own facts.
struct ReferenceTables {
    /// Folders to look in, first found wins: `reference`, `Resources`, `Packs/trade/reference`.
    let folders: [String]

    /// List id → label and files in which it may stand.
    private static let sources: [(id: String, label: Label, files: [String])] = [
        ("country", Label(zh: "国家和地区", en: "Country"), ["countries.csv", "country_facts.csv"]),
        ("currency", Label(zh: "币种", en: "Currency"), ["currencies.csv", "currency_facts.csv"]),
        ("language", Label(zh: "语言", en: "Language"), ["languages.csv", "language_facts.csv"]),
        ("time_zone", Label(zh: "时区", en: "Time zone"), ["time_zones.csv"]),
        ("port", Label(zh: "港口", en: "Port"), ["ports.csv"]),
        ("hs", Label(zh: "海关编码章", en: "HS chapter"), ["hs_chapters.csv"]),
    ]

    func lists() throws -> [CodeList] {
        try Self.sources.compactMap { source in
            guard let path = find(source.files) else { return nil }
            return CodeList(id: source.id, label: source.label, codes: try codes(path))
        }
    }

    func holidays() throws -> HolidayTable {
        guard let path = find(["holidays.csv", "holidays-own.csv"]) else { return .empty }
        return try HolidayTable(csv: String(contentsOfFile: path, encoding: .utf8))
    }

    private func find(_ names: [String]) -> String? {
        for name in names {
            for folder in folders where FileManager.default.fileExists(atPath: folder + "/" + name) {
                return folder + "/" + name
            }
        }
        return nil
    }

    /// The columns `code`, `zh`, `en`; what else stands there is kept beside the code.
    private func codes(_ path: String) throws -> [Code] {
        var reader = try TableSource.open(path: path)
        guard let first = try reader.next() else { return [] }
        let names = first.cells.map(\.display)
        guard let code = names.firstIndex(of: "code"),
            let zh = names.firstIndex(of: "zh") ?? names.firstIndex(of: "name_zh"),
            let en = names.firstIndex(of: "en") ?? names.firstIndex(of: "name_en")
        else { throw House.Failure.text("\(path): the columns code, zh and en are needed") }
        var out: [Code] = []
        while let row = try reader.next() {
            func cell(_ index: Int) -> String { index < row.cells.count ? row.cells[index].display : "" }
            guard !cell(code).isEmpty else { continue }
            var extra: [String: String] = [:]
            for (index, name) in names.enumerated() where ![code, zh, en].contains(index) { extra[name] = cell(index) }
            let english = cell(en).isEmpty ? cell(code) : cell(en)
            let chinese = cell(zh).isEmpty ? english : cell(zh)
            out.append(Code(code: cell(code), label: Label(zh: chinese, en: english), extra: extra))
        }
        return out
    }
}
