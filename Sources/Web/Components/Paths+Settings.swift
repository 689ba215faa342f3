extension Paths {
    static let settings = "/settings"
    static let calendars = "/settings/calendars"
    static let rules = "/settings/rules"
    static let limits = "/settings/limits"
    static let processes = "/settings/processes"
    static let levels = "/settings/levels"

    static func calendar(_ id: String) -> String { calendars + "/" + id }
    static func calendar(country: String) -> String { calendars + "?country=" + encoded(country) }
    /// Where what is done with a rule is posted to: `on`, `off`, `try`.
    static func rule(_ object: String, _ id: String, _ verb: String) -> String {
        rules + "/" + object + "/" + id + "/" + verb
    }
    /// Where a rule is asked for by hand on a record.
    static func rule(_ object: String, _ id: String, asked rule: String) -> String {
        record(object, id) + "/rules/" + rule
    }
    /// The level table of an approval: `quotation.price`; below it `file`, `bring`, `retire`.
    static func levels(_ approval: String) -> String { levels + "/" + approval }
    static func levels(_ approval: String, _ verb: String) -> String { levels(approval) + "/" + verb }
    static func process(_ id: String) -> String { processes + "/" + id }
}
