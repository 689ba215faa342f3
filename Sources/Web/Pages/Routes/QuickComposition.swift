import Definitions
import Kernel
import Values

/// Makes the short form of an object.
struct QuickComposition {
    let eyes: Presentation
    let definition: ObjectDefinition
    let values: FormValues
    /// What came with the address or the card: what of it has no control is carried along.
    let given: [String: String]
    var problems: [Problem] = []
    var suspects: [LikelySame.Suspect] = []
    /// The answer whether it is the same is still owed.
    var asksWhetherSame = false
    var key = ""
    /// The company of a card that is not kept yet.
    var missingHouse: [String: String]?
    /// Who stands on the card of the company, as fields of a contact.
    var person: [String: String] = [:]
    var card = ""
    var isCardEmpty = false

    private var settable: Set<String> { eyes.sight.creatable(definition.id) }

    func page() -> QuickPage {
        let fields = QuickFields(definition: definition, settable: settable).fields ?? []
        let form = FormComposition(eyes: eyes, definition: definition, values: values, record: nil, problems: problems)
        var page = QuickPage(
            title: eyes.say(Words.new(definition.label)), object: definition.id,
            fields: fields.compactMap { field in
                var control = form.maker.control(field)
                control?.scope = QuickPage.scope
                return control
            })
        page.problems = form.problemItems.map {
            ErrorSummary.Item(text: $0.text, control: $0.control.map { QuickPage.scope + $0.dropFirst(1) })
        }
        page.carried = carried(Set(fields.map(\.id)))
        page.same = LikelySameList(object: definition.id, label: eyes.say(definition.label), suspects: suspects)
        page.asksWhetherSame = asksWhetherSame
        page.key = key
        page.takesCard = takesCard
        page.card = card
        page.isCardEmpty = isCardEmpty
        if let contact = eyes.model.object("contact") {
            page.people = contact.liveFields.compactMap { field in
                person[field.id].map {
                    QuickPage.Carried(name: QuickPage.person + field.id, value: $0, label: "", shown: $0)
                }
            }
        }
        if let missingHouse, let house = eyes.model.object("company") {
            let query = missingHouse.sorted { $0.key < $1.key }.map { $0.key + "=" + Paths.encoded($0.value) }
            page.missing = QuickPage.Missing(
                name: missingHouse["name_en"] ?? missingHouse["name_zh"] ?? "",
                text: eyes.say(Words.new(house.label)), url: Paths.quick(house.id) + "?" + query.joined(separator: "&"))
        }
        return page
    }

    /// Objects with a way to reach somebody are read from cards.
    private var takesCard: Bool {
        definition.liveFields.contains { field in
            if case .text(_, let format) = field.type { format != .plain && settable.contains(field.id) } else { false }
        }
    }

    private func carried(_ shown: Set<String>) -> [QuickPage.Carried] {
        definition.liveFields.compactMap { field in
            guard given[field.id] != nil, let text = values.texts[field.id], !text.isEmpty, !shown.contains(field.id),
                settable.contains(field.id), !field.isSystem
            else { return nil }
            return QuickPage.Carried(
                name: field.id, value: text, label: eyes.say(field.label),
                shown: (values.titles[text] ?? text).split(whereSeparator: \.isNewline).joined(separator: ", "))
        }
    }
}
