import Definitions
import Values

/// Chooses a colleague by name, pinyin or role, and shows whether they are there and how much they have in hand.
///
/// Without script a plain list with the same words; with it a field one types into, by keyboard too.
struct PersonPicker: Markup {
    let name: String
    let id: String
    let label: String
    let people: [Colleague]
    var isRequired = false
    /// What stands for nobody chosen.
    var empty: String
    var chosen: String?
    /// Not offered.
    var without: RecordID?

    func write(to html: inout HTML) {
        html("div", .class("fd")) { html in
            html("label", .class("fd-l"), .named("for", id)) { html in
                html.text(label)
                if isRequired { html("span", .class("rq"), .aria("hidden", "true"), text: "*") }
            }
            html.open("bt-person", [.data("none", html.page[Words.noneFound])])
            html("select", .class("in"), .id(id), .name(name), .flag("required", isRequired)) { html in
                html("option", .value(""), text: empty)
                for person in sorted { option(person, &html) }
            }
            html.close("bt-person")
        }
    }

    /// Whoever is there first, those who usually do this before others, then who has least in hand.
    private var sorted: [Colleague] {
        people.filter { $0.id != without }.enumerated().sorted { left, right in
            let (one, other) = (left.element.rank, right.element.rank)
            return one == other ? left.offset < right.offset : one < other
        }.map(\.element)
    }

    private func option(_ person: Colleague, _ html: inout HTML) {
        let spoken = SpokenName(person.name)
        let away = person.awayUntil.map { words(away: $0, person, html.page.format) }
        html(
            "option", .value(person.id.description), .flag("selected", person.id.description == chosen),
            .data("name", person.name), .data("role", person.role), .data("load", load(person, html.page.format)),
            .data("late", person.late > 0 ? "1" : ""), .data("away", away ?? ""),
            .data("key", spoken.full + " " + spoken.initials),
            text: ([person.name, person.role, load(person, html.page.format)] + [away].compactMap(\.self)).filter {
                !$0.isEmpty
            }.joined(separator: " · "))
    }

    private func load(_ person: Colleague, _ format: Format) -> String {
        let late = person.late > 0 ? Label(zh: "，超时 \(person.late)", en: ", \(person.late) late")[format.language] : ""
        return Label(zh: "在手 \(person.open)", en: "\(person.open) in hand")[format.language] + late
    }

    private func words(away until: Instant, _ person: Colleague, _ format: Format) -> String {
        // A stand-in's last day ends at midnight: the day before is the last one away.
        let day = format.day(format.localDay(until.adding(seconds: -1)))
        let by = person.standIn.map { Label(zh: "，\($0) 代", en: ", \($0) stands in")[format.language] } ?? ""
        return Label(zh: "不在，到 \(day)", en: "away until \(day)")[format.language] + by
    }
}
