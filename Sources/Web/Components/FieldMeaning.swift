import Definitions
import Kernel

/// What a field means: the words of its definition, and how it is computed as far as the reader may know.
struct FieldMeaning {
    let eyes: Presentation
    let definition: ObjectDefinition
    let field: FieldDefinition

    /// Nil when there is nothing to add to its name. Words that somebody wrote go before those of the computation.
    var text: String? {
        field.help.map(eyes.say) ?? computation.map { eyes.say(Words.computedAs($0)) }
    }

    /// What a figure of this field says, in any case.
    var figure: String {
        if let text { return text }
        let isComputed = field.formula != nil || field.rollup != nil || field.readOnly
        return eyes.say(isComputed ? Words.figureComputed : Words.figureEntered(eyes.say(field.label)))
    }

    /// The computation in words; nil for what people fill in and for whom may not read all that stands in it.
    var computation: String? {
        guard eyes.sight.isOpen(field, of: definition) else { return nil }
        let words = ExpressionWords(model: eyes.model, format: eyes.page.format)
        if let formula = field.formula { return words.sentence(formula) }
        guard let rollup = field.rollup else { return nil }
        let object = eyes.model.object(rollup.object).map { eyes.say($0.plural) } ?? rollup.object
        let of = rollup.of.map { words.sentence($0) } ?? ""
        let what =
            switch rollup.function {
            case .count: Label(zh: "\(object)的条数", en: "How many \(object)")
            case .sum: Label(zh: "\(object)的“\(of)”合计", en: "Sum of “\(of)” of \(object)")
            case .min: Label(zh: "\(object)的“\(of)”最小值", en: "Least “\(of)” of \(object)")
            case .max: Label(zh: "\(object)的“\(of)”最大值", en: "Greatest “\(of)” of \(object)")
            }
        let filter = rollup.filter.map { words.sentence($0) }
        return eyes.say(what) + (filter.map { eyes.say(Label(zh: "，只算 \($0)", en: ", where \($0)")) } ?? "")
    }
}
