import Definitions

/// The addresses of pages, in one place. Ids are letters, digits, `_` and `-`, so nothing needs encoding but queries.
enum Paths {
    static let day = "/"
    static let signIn = "/sign-in"
    static let signOut = "/sign-out"
    static let firstRun = "/first-run"
    static let search = "/search"
    static let palette = "/palette"
    static let quick = "/quick"
    static let notices = "/notices"
    static let noticeSettings = "/settings/notices"
    static let deliveries = "/settings/deliveries"
    static let menu = "/menu"
    static let approvals = "/approvals"
    static let findMeeting = "/meetings/find"
    static let preferences = "/preferences"
    static let definitions = "/build"
    static let relay = "/relay"
    static let absence = "/absence"
    static let share = "/share"
    static let shareInto = "/share/into"
    static let offline = "/offline"
    static func manifest(_ language: Language) -> String { "/manifest/" + language.rawValue }
    static let trust = "/trust"
    static let trustCertificate = "/trust/ca.crt"
    /// The encrypted first page, as the proxy knows it.
    static let trustOpen = "/open"

    /// Leads to where one acts on a notice.
    static func notice(_ id: String) -> String { notices + "/" + id }
    static func approvals(_ box: String) -> String { approvals + "?box=" + encoded(box) }
    static func approval(_ id: String, box: String = "mine") -> String {
        approvals + "/" + id + "?box=" + encoded(box)
    }
    static func approval(_ id: String, verb: String, box: String) -> String {
        approvals + "/" + id + "/" + verb + "?box=" + encoded(box)
    }
    static func list(_ object: String) -> String { "/o/" + object }
    static func list(_ object: String, view: String) -> String { "/o/" + object + "?view=" + encoded(view) }
    static func new(_ object: String) -> String { "/o/" + object + "/new" }
    static func board(_ object: String) -> String { object == "exception" ? "/exceptions" : "/board/" + object }
    static func bin(_ object: String) -> String { "/o/" + object + "/bin" }
    static func importing(_ object: String) -> String { "/import/" + object }
    static func export(_ object: String) -> String { "/o/" + object + "/export.xlsx" }
    static func exports(_ object: String) -> String { "/o/" + object + "/export" }
    /// The empty sheet to fill in for an import.
    static func fillIn(_ object: String) -> String { "/import/" + object + "/sheet.xlsx" }
    static func exportText(_ object: String) -> String { "/o/" + object + "/export.csv" }
    static func views(_ object: String) -> String { "/o/" + object + "/views" }
    static func count(_ object: String) -> String { "/o/" + object + "/count" }
    static func pick(_ object: String) -> String { "/o/" + object + "/pick" }
    static func bulk(_ object: String) -> String { "/o/" + object + "/bulk" }
    static func cells(_ object: String) -> String { "/o/" + object + "/cells" }
    static func cell(_ object: String) -> String { "/o/" + object + "/cell" }
    static func ids(_ object: String) -> String { "/o/" + object + "/ids" }
    static func dryRun(_ object: String) -> String { "/o/" + object + "/dry-run" }
    static func record(_ object: String, _ id: String) -> String { "/o/" + object + "/" + id }
    /// What a field of a record was, what it is computed from and what is computed from it.
    static func history(_ object: String, _ id: String, _ field: String) -> String {
        record(object, id) + "/history?field=" + encoded(field)
    }
    static func edit(_ object: String, _ id: String) -> String { record(object, id) + "/edit" }
    static func delete(_ object: String, _ id: String) -> String { record(object, id) + "/delete" }
    static func restore(_ object: String, _ id: String) -> String { record(object, id) + "/restore" }
    static func action(_ object: String, _ id: String, _ action: String) -> String {
        record(object, id) + "/actions/" + action
    }
    static func files(_ object: String, _ id: String, _ part: String) -> String {
        record(object, id) + "/files/" + part
    }
    static func note(_ object: String, _ id: String) -> String { record(object, id) + "/note" }
    static func timeline(_ object: String, _ id: String) -> String { record(object, id) + "/timeline" }
    static func why(_ object: String, _ id: String) -> String { record(object, id) + "/why" }
    static func document(_ object: String, _ id: String) -> String { record(object, id) + "/document" }
    static func pdf(_ object: String, _ id: String) -> String { record(object, id) + "/document.pdf" }
    /// The panel of a baton, by its run or its record.
    static func leg(_ id: String) -> String { relay + "?leg=" + encoded(id) }
    static func relay(_ object: String) -> String { relay + "/" + object }
    /// The way of one record through its relay.
    static func relay(_ object: String, _ id: String) -> String { relay(object) + "/" + id }
    /// Where what is done with the baton is posted to: `accept`, `return`, `hand-over`, …
    static func baton(_ object: String, _ id: String, _ verb: String) -> String { relay(object, id) + "/" + verb }
    static func definition(_ object: String) -> String { definitions + "/" + object }

    /// Percent-encoding of a query value: everything but letters, digits and `-._~`.
    static func encoded(_ text: String) -> String {
        let digits: [UInt8] = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
            default: out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
