import Definitions
import Documents
import Expressions

/// Finds the field that a heading means: by id, by label, by the company's synonyms.
struct HeadingMatch {
    private let targets: ImportTargets
    /// Folded heading → path; what was known first counts.
    private var known: [String: String] = [:]

    init(_ targets: ImportTargets, synonyms: ImportSynonyms) {
        self.targets = targets
        learnOwn(synonyms)
        learnLines(synonyms)
        learnLinks(synonyms)
        learnNeighbours(synonyms)
    }

    /// - Returns: a path that leads somewhere, or nil.
    func path(of heading: String) -> String? {
        if heading.utf8.count <= 200, targets.target(heading.lowercased()) != nil { return heading.lowercased() }
        return known[Self.folded(heading)]
    }

    /// Lower case, without blanks and signs, fullwidth as halfwidth: `Customer No.` and `customer_no` are one.
    static func folded(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in CellParsing.plain(text).lowercased().unicodeScalars {
            let properties = scalar.properties
            if properties.isAlphabetic || properties.numericType != nil || scalar == "#" || scalar == "%" {
                out.append(scalar)
            }
        }
        return String(out)
    }

    private mutating func learn(_ heading: String, _ path: String) {
        let key = Self.folded(heading)
        guard !key.isEmpty, known[key] == nil, targets.target(path) != nil else { return }
        known[key] = path
    }

    private mutating func learn(labelsOf object: ObjectDefinition, prefix: String) {
        for field in object.liveFields where !field.isSystem || field.id == "owner" {
            learn(field.label.zh, prefix + field.id)
            learn(field.label.en, prefix + field.id)
            learn(field.id, prefix + field.id)
        }
    }

    private mutating func learnOwn(_ synonyms: ImportSynonyms) {
        learn(labelsOf: targets.definition, prefix: "")
        for (field, headings) in synonyms.fields(of: targets.definition.id) {
            for heading in headings { learn(heading, field) }
        }
    }

    private mutating func learnLines(_ synonyms: ImportSynonyms) {
        for field in targets.definition.liveFields {
            guard case .lines(let child) = field.type, let object = targets.model.object(child) else { continue }
            for (name, headings) in synonyms.fields(of: "line") + synonyms.fields(of: child) {
                for heading in headings { learn(heading, field.id + "." + name) }
            }
            for link in object.liveFields where !link.isSystem {
                guard case .link(let other) = link.type else { continue }
                for (name, headings) in synonyms.fields(of: other) {
                    let path = field.id + "." + Self.copied(name, over: link.id, in: object)
                    for heading in headings { learn(heading, path) }
                }
            }
            learn(labelsOf: object, prefix: field.id + ".")
        }
    }

    /// The line's own field that takes its default from `link.name`: papers keep their own words.
    private static func copied(_ name: String, over link: String, in object: ObjectDefinition) -> String {
        let source = link + "." + name
        return object.liveFields.first { $0.defaultValue?.source == source }?.id ?? source
    }

    private mutating func learnLinks(_ synonyms: ImportSynonyms) {
        for link in targets.definition.liveFields where !link.isSystem {
            guard case .link(let other) = link.type, other != targets.definition.id else { continue }
            for (name, headings) in synonyms.fields(of: other) {
                for heading in headings { learn(heading, link.id + "." + name) }
            }
        }
    }

    private mutating func learnNeighbours(_ synonyms: ImportSynonyms) {
        for neighbour in targets.neighbours {
            for (name, headings) in synonyms.fields(of: neighbour.object.id) {
                for heading in headings { learn(heading, neighbour.object.id + "." + name) }
            }
        }
    }
}
