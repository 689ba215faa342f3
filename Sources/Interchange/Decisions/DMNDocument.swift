/// A DMN file: its decision tables to read and change, and all else untouched.
package struct DMNDocument: Sendable, Hashable {
    package private(set) var xml: XMLDocument

    /// The versions of DMN whose tables read the same: 1.1 to 1.5.
    private static func isDMN(_ namespace: String) -> Bool {
        namespace.hasPrefix("https://www.omg.org/spec/DMN/") || namespace.hasPrefix("http://www.omg.org/spec/DMN/")
    }

    /// The namespace of DMN 1.3.
    package static let namespace = "https://www.omg.org/spec/DMN/20191111/MODEL/"

    package init(_ xml: XMLDocument) throws(InterchangeError) {
        guard Self.isDMN(xml.root.name.namespace), xml.root.name.local == "definitions" else {
            throw .otherFormat(xml.root.name.qualified)
        }
        self.xml = xml
    }

    package init(_ bytes: [UInt8]) throws(InterchangeError) { try self.init(XMLDocument(bytes)) }

    /// A new file with these tables, an element on each line.
    package init(name: String, tables: [DecisionTable]) {
        let root = XMLElement(
            XMLName("definitions", namespace: Self.namespace),
            attributes: [
                XMLAttribute("xmlns", Self.namespace), XMLAttribute("id", "definitions"), XMLAttribute("name", name),
                XMLAttribute("namespace", "urn:baton:decisions"),
            ])
        xml = XMLDocument(root: root)
        for table in tables { set(table) }
        xml.root = xml.root.indented()
    }

    /// The file in UTF-8.
    package var written: String { xml.written }

    /// The tables, in the order of the file. A table with an unknown hit policy is not among them; the report says so.
    package var tables: [DecisionTable] {
        let names = inputNames
        return xml.root.all("decision").compactMap { Self.table(of: $0, names: names) }
    }

    /// Names that the file gives to data, for they may hold blanks.
    private var inputNames: Set<String> {
        Set(
            (xml.root.all("inputData") + xml.root.all("decision")).flatMap { element in
                [element["name"], element.first("variable")?["name"]].compactMap { $0 }
            })
    }

    private static func table(of decision: XMLElement, names: Set<String>) -> DecisionTable? {
        guard let element = decision.first("decisionTable"),
            let policy = HitPolicy(word: element["hitPolicy"], aggregation: element["aggregation"])
        else { return nil }
        let name = decision["name"] ?? decision.id ?? ""
        let inputs = element.all("input").map { input in
            let expression = input.first("inputExpression")
            return DecisionTable.Input(
                id: input.id, label: input["label"], expression: expression.map(Self.text) ?? "",
                type: expression?["typeRef"].map(Self.plainType), allowed: input.first("inputValues").map(Self.text))
        }
        let outputs = element.all("output").map { output in
            DecisionTable.Output(
                id: output.id, label: output["label"],
                name: output["name"] ?? decision.first("variable")?["name"] ?? name,
                type: output["typeRef"].map(Self.plainType), allowed: output.first("outputValues").map(Self.text),
                fallback: output.first("defaultOutputEntry").map(Self.text))
        }
        let rules = element.all("rule").map { rule in
            DecisionTable.Rule(
                id: rule.id, tests: rule.all("inputEntry").map(Self.text),
                results: rule.all("outputEntry").map(Self.text),
                notes: rule.all("annotationEntry").map(Self.text))
        }
        return DecisionTable(
            id: decision.id ?? name, name: name, hitPolicy: policy, inputs: inputs, outputs: outputs, rules: rules,
            names: names)
    }

    private static func text(_ element: XMLElement) -> String { element.first("text")?.text ?? "" }

    /// `feel:number` of older files is `number`.
    private static func plainType(_ type: String) -> String { XMLName(type, namespace: "").local }

    /// Puts a table in the place of the first one with its id, or adds a decision for it. What is equal stays as it was
    /// written; what the file holds besides stays.
    package mutating func set(_ table: DecisionTable) {
        let others = xml.root.all("decision").map { $0.id ?? $0["name"] ?? "" }
        let names = inputNames
        var isSet = false
        xml.root.setAll(
            "decision", others.contains(table.id) ? others : others + [table.id], id: { $0 },
            after: ["import", "itemDefinition", "inputData"]
        ) { decision, id in
            guard id == table.id, !isSet else { return }
            isSet = true
            if Self.table(of: decision, names: names) != table { Self.write(table, to: &decision) }
        }
    }

    private static func write(_ table: DecisionTable, to decision: inout XMLElement) {
        if decision.id != table.id { decision.set("id", table.id) }
        if decision["name"] != table.name { decision.set("name", table.name) }
        decision.setAll(
            "decisionTable", [table], id: { _ in nil },
            after: ["variable", "informationRequirement", "knowledgeRequirement", "authorityRequirement"]
        ) { element, table in
            if HitPolicy(word: element["hitPolicy"], aggregation: nil)?.word != table.hitPolicy.word {
                element.set("hitPolicy", table.hitPolicy.word)
            }
            if HitPolicy(word: element["hitPolicy"], aggregation: element["aggregation"]) != table.hitPolicy {
                element.set("aggregation", table.hitPolicy.aggregation?.rawValue)
            }
            writeColumns(table, to: &element)
            element.setAll("rule", table.rules, id: \.id, after: ["annotation", "output"]) { rule, wanted in
                rule.set("id", wanted.id)
                setTexts("inputEntry", wanted.tests, in: &rule, after: ["description"])
                setTexts("outputEntry", wanted.results, in: &rule, after: ["inputEntry"])
                setTexts("annotationEntry", wanted.notes, in: &rule, after: ["outputEntry"])
            }
        }
    }

    private static func writeColumns(_ table: DecisionTable, to element: inout XMLElement) {
        element.setAll("input", table.inputs, id: \.id) { input, wanted in
            input.set("id", wanted.id)
            input.set("label", wanted.label)
            input.setAll("inputExpression", [wanted], id: { _ in nil }) { expression, wanted in
                setType(wanted.type, of: &expression)
                expression.setAll("text", [wanted.expression], id: { _ in nil }) { change(&$0, $1) }
            }
            setText(of: "inputValues", wanted.allowed, in: &input, after: ["inputExpression"])
        }
        let alone = table.outputs.count == 1
        element.setAll("output", table.outputs, id: \.id, after: ["input"]) { output, wanted in
            output.set("id", wanted.id)
            output.set("label", wanted.label)
            if output["name"] != nil || !alone || wanted.name != table.name { output.set("name", wanted.name) }
            setType(wanted.type, of: &output)
            setText(of: "outputValues", wanted.allowed, in: &output)
            setText(of: "defaultOutputEntry", wanted.fallback, in: &output, after: ["outputValues"])
        }
    }

    private static func setType(_ type: String?, of element: inout XMLElement) {
        if element["typeRef"].map(plainType) != type { element.set("typeRef", type) }
    }

    private static func setText(of local: String, _ text: String?, in element: inout XMLElement, after: [String] = []) {
        if element.first(local).map(Self.text) != text { element.setText(of: local, text, after: after) }
    }

    private static func setTexts(_ local: String, _ texts: [String], in rule: inout XMLElement, after: [String]) {
        guard rule.all(local).map(text) != texts else { return }
        rule.setAll(local, texts, id: { _ in nil }, after: after) { entry, text in
            entry.setAll("text", [text], id: { _ in nil }) { change(&$0, $1) }
        }
    }

    private static func change(_ element: inout XMLElement, _ text: String) {
        if element.text != text { element.setText(text) }
    }
}
