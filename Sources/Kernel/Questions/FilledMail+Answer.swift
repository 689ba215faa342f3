import Access
import Definitions
import Expressions
import Values

extension FilledMail {
    /// Reads the template and the record by the asker's rights: at most five statements besides those of names.
    ///
    /// - Throws: the rejection `not_found` for a record or template out of sight, `wrong_template` for one that is about
    ///   other records.
    package func answer(in context: ReadContext) throws -> Answer {
        let template = try context.ask(ShowRecord(object: MailTemplate.object, id: self.template, withLines: false))
        guard template["about"].text == object else { throw Rejection.wrongTemplate }
        let schema = MailSchema(context: context, object: object)
        let language = template["language"].text ?? ""
        let texts = ["subject", "body"].map { template[$0].text ?? "" }
        // A text that is no template any more goes out as it stands.
        let parts = texts.map { text in (try? MailText(text))?.parts ?? [.words(text)] }
        var places: [String: TypedExpression] = [:]
        for case .place(let source) in parts.joined() where places[source] == nil {
            if case .success(let expression) = schema.check(source) { places[source] = expression }
        }
        let words = MailWords(context: context, language: language)
        let wanted = Set(places.values.flatMap { words.paths(of: $0, schema) })
        let view = try context.ask(
            ShowRecord(
                object: object, id: record, fields: ["id"] + wanted.sorted(),
                withLines: places.values.contains { $0.readsLines(of: context.model) }))
        var filling = MailFilling(
            words: words, schema: schema, places: places,
            source: ViewSource(view: view, names: try names(schema, language, context)))
        let filled = parts.map { filling.text($0) }
        let note = NoteObject.find(for: object, in: context.model)?.definition
        return Answer(
            subject: Self.cut(filled[0].replacing("\n", with: " "), to: "subject", of: note),
            body: Self.cut(filled[1], to: "summary", of: note), language: language, gaps: filling.gaps)
    }

    /// No longer than the note holds.
    private static func cut(_ text: String, to field: String, of note: ObjectDefinition?) -> String {
        switch note?.field(field)?.type {
        case .text(let most, _), .longText(let most): String(String.UnicodeScalarView(text.unicodeScalars.prefix(most)))
        default: text
        }
    }

    private func names(_ schema: MailSchema, _ language: String, _ context: ReadContext) throws -> [String: Value] {
        var out: [String: Value] = ["sender": .text(context.actor.name)]
        if let receiver {
            out["receiver"] = .text(
                try context.ask(ShowRecord(object: "contact", id: receiver, withLines: false)).title)
        }
        let names = language == "zh" ? ["name_zh", "name_en"] : ["name_en", "name_zh"]
        let readable = context.access.grant("own_company").readable
        if context.access.grant("own_company").canRead {
            let house = try context.ask(
                ListRecords(object: "own_company", columns: names.filter(readable.contains), limit: 1)
            ).rows.first
            out["our_company"] = names.lazy.compactMap { house?[$0].text }.first { !$0.isEmpty }.map { .text($0) }
        }
        return out.filter { schema.isName($0.key) }
    }
}

/// Puts values into the places of a template and keeps what could not be filled.
struct MailFilling {
    let words: MailWords
    let schema: MailSchema
    let places: [String: TypedExpression]
    let source: ViewSource
    private(set) var gaps: [FilledMail.Gap] = []

    init(words: MailWords, schema: MailSchema, places: [String: TypedExpression], source: ViewSource) {
        self.words = words
        self.schema = schema
        self.places = places
        self.source = source
    }

    /// What stays open stands in brackets, so that it is not sent unseen.
    mutating func text(_ parts: [MailText.Part]) -> String {
        var out = ""
        for part in parts {
            switch part {
            case .words(let text): out += text
            case .place(let place):
                if let filled = filled(place) {
                    out += filled
                } else {
                    let gap = gap(place)
                    if !gaps.contains(gap) { gaps.append(gap) }
                    out += "[" + words.name(of: gap) + "]"
                }
            }
        }
        return out
    }

    private func filled(_ place: String) -> String? {
        guard let expression = places[place] else { return nil }
        // A value that can't be computed is as open as one that is not there; the sender is told.
        let value = (try? expression.evaluate(source, words.context.evaluation)) ?? .null
        let text = words.text(value, of: expression, source)
        return text.isEmpty ? nil : text
    }

    private func gap(_ place: String) -> FilledMail.Gap {
        guard case .success(let whole) = schema.checkWhole(place) else {
            return FilledMail.Gap(place: place, label: nil, reason: .unknown)
        }
        let isSeen = places[place].map { expression in
            expression.fieldPaths.allSatisfy { schema.isName($0.description) || source.shows($0) }
        }
        return FilledMail.Gap(
            place: place, label: words.label(of: whole), reason: isSeen == true ? .empty : .unseen)
    }
}

/// A record as its reader sees it, with names besides, as expressions read it.
struct ViewSource: FieldSource {
    let view: RecordView
    var names: [String: Value] = [:]

    func value(at path: FieldPath) -> Value { names[path.description] ?? view[path.description] }
    func lines(at path: FieldPath) -> [any FieldSource] {
        (view.lines[path.description] ?? []).map { ViewSource(view: $0) }
    }

    /// Whether the record's reader was shown the field; empty fields are shown, too.
    func shows(_ path: FieldPath) -> Bool {
        if view.values[path.description] != nil || view.lines[path.first] != nil { return true }
        // An empty link leads to nothing that could be hidden.
        return view.values[path.first]?.isNull == true
    }
}

extension TypedExpression {
    fileprivate func readsLines(of model: Model) -> Bool {
        fieldPaths.contains { model.object(object)?.field($0.first)?.isLines == true }
    }
}

extension Rejection {
    static let wrongTemplate = Rejection(
        .invalid, code: "wrong_template",
        message: Label(zh: "这个模板不是写给这种记录的", en: "This template is for other records"))
}
