/// A decision table as its author wrote it: cells are FEEL texts. `DecisionLogic` checks and runs it.
package struct DecisionTable: Sendable, Hashable {
    package struct Input: Sendable, Hashable {
        package var id: String?
        package var label: String?
        /// What is asked, mostly a name.
        package var expression: String
        /// `number`, `string`, `boolean`, `date`, `integer`, …; nil when the file doesn't say.
        package var type: String?
        /// Tests that every value must meet, such as `"A","B","C"`.
        package var allowed: String?

        package init(
            id: String? = nil, label: String? = nil, expression: String, type: String? = nil, allowed: String? = nil
        ) {
            self.id = id
            self.label = label
            self.expression = expression
            self.type = type
            self.allowed = allowed
        }
    }

    package struct Output: Sendable, Hashable {
        package var id: String?
        package var label: String?
        /// The name of the figure; the table's own when there is only one output without a name.
        package var name: String
        package var type: String?
        /// The possible values, best first for the hit policies P and O.
        package var allowed: String?
        /// What comes out when no rule matches.
        package var fallback: String?

        package init(
            id: String? = nil, label: String? = nil, name: String, type: String? = nil, allowed: String? = nil,
            fallback: String? = nil
        ) {
            self.id = id
            self.label = label
            self.name = name
            self.type = type
            self.allowed = allowed
            self.fallback = fallback
        }
    }

    package struct Rule: Sendable, Hashable {
        package var id: String?
        /// One cell for each input.
        package var tests: [String]
        /// One cell for each output.
        package var results: [String]
        /// Notes beside the rule; they decide nothing.
        package var notes: [String]

        package init(id: String? = nil, tests: [String], results: [String], notes: [String] = []) {
            self.id = id
            self.tests = tests
            self.results = results
            self.notes = notes
        }
    }

    /// The id of the decision.
    package var id: String
    package var name: String
    package var hitPolicy: HitPolicy
    package var inputs: [Input]
    package var outputs: [Output]
    package var rules: [Rule]
    /// Names with blanks that the texts may use.
    package var names: Set<String>

    package init(
        id: String, name: String, hitPolicy: HitPolicy, inputs: [Input], outputs: [Output], rules: [Rule],
        names: Set<String> = []
    ) {
        self.id = id
        self.name = name
        self.hitPolicy = hitPolicy
        self.inputs = inputs
        self.outputs = outputs
        self.rules = rules
        self.names = names
    }
}
