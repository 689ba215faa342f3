import Definitions
import Kernel
import Values

/// What a card or a signature says, as fields of a short form.
struct CardFields {
    let definition: ObjectDefinition
    let settable: Set<String>
    let model: Model
    let card: CallingCard

    /// Whether the object is a person: somebody with mail, at a house.
    var isPerson: Bool { field(.email) != nil }

    /// Link to the house that the person works for.
    var houseLink: FieldDefinition? {
        guard isPerson else { return nil }
        return definition.liveFields.first { settable.contains($0.id) && $0.type.linkTarget == "company" }
    }

    /// Field id → text; nothing that may not be set.
    var texts: [String: String] {
        var out: [String: String] = [:]
        func put(_ id: String?, _ text: String) {
            guard let id, !text.isEmpty, settable.contains(id), definition.field(id)?.retired == false else { return }
            out[id] = text
        }
        if isPerson {
            put(definition.title.first, card.name)
            put("title", card.title)
            put(field(.email), card.mail)
            put(field(.phone), card.mobile.isEmpty ? card.phone : card.mobile)
            return out
        }
        let isChinese = card.company.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
        put(isChinese ? "name_zh" : "name_en", card.company)
        put(field(.phone), card.phone.isEmpty ? card.mobile : card.phone)
        put(field(.url), card.website.isEmpty ? card.houseDomain : card.website)
        put("address", card.address)
        put("city", card.city)
        put("postcode", card.postcode)
        put("tax_id", card.taxID)
        if case .choice(let list)? = definition.field("country")?.type, model.lists[list]?.code(card.country) != nil {
            put("country", card.country)
        }
        return out
    }

    /// What the company of the card is looked for by.
    var house: [String: String] {
        let isChinese = card.company.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
        var out = [isChinese ? "name_zh" : "name_en": card.company]
        out["website"] = card.website.isEmpty ? card.houseDomain : card.website
        out["country"] = card.country
        return out.filter { !$0.value.isEmpty }
    }

    private func field(_ format: TextFormat) -> String? {
        definition.liveFields.first { field in
            if case .text(_, format) = field.type { settable.contains(field.id) } else { false }
        }?.id
    }
}
