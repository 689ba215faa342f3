package import Definitions
package import Expressions
package import Values

/// What somebody wants to do with one record, values already of the fields' types.
package enum Intent: Sendable {
    case create(RecordChange)
    case update(RecordChange)
    case act(ActionDefinition, RecordChange)
}

/// Values given for a record and its lines.
package struct RecordChange: Sendable {
    /// Path → value: field ids, and the parts of money fields (`total.currency`).
    package var values: [String: Value]
    /// Lines field id → the complete new list of lines in order; a field not named keeps its lines.
    package var lines: [String: [LineState]]

    package init(values: [String: Value] = [:], lines: [String: [LineState]] = [:]) {
        self.values = values
        self.lines = lines
    }
}

/// What a decision knows besides the record.
package struct DecisionContext: Sendable {
    package let evaluation: EvaluationContext
    /// Digits after the point of a currency.
    package let minorUnits: @Sendable (String) -> Int
    /// How much of the base currency one unit of a currency is worth now; nil when no rate is known.
    package let rate: @Sendable (String) -> ExactDecimal?
    /// What is missing is a warning, not a problem: for imports and drafts.
    package let forgivesMissing: Bool
    /// Whether the actor owns the record, for actions that one may not do to one's own.
    package let actorIsOwner: Bool

    package init(
        evaluation: EvaluationContext, minorUnits: @escaping @Sendable (String) -> Int,
        rate: @escaping @Sendable (String) -> ExactDecimal?, forgivesMissing: Bool = false, actorIsOwner: Bool = false
    ) {
        self.evaluation = evaluation
        self.minorUnits = minorUnits
        self.rate = rate
        self.forgivesMissing = forgivesMissing
        self.actorIsOwner = actorIsOwner
    }
}

/// What becomes of an intent: nothing is written yet.
package struct Decision: Sendable {
    /// The record as it will be, computed through.
    package var after: RecordState
    /// What stands in the way; empty when the decision may be carried out.
    package var problems: [FlowProblem]
    /// What is doubtful but doesn't block.
    package var warnings: [FlowProblem]
    /// Records that the action makes, in order.
    package var creates: [NewRecord]
}

/// A record made from a template.
package struct NewRecord: Sendable {
    package let object: String
    package let values: [String: Value]
    /// Lines field id → values of each line in order.
    package let lines: [String: [[String: Value]]]
    /// Whether it is opened next.
    package let opens: Bool
    /// The line it is made for, whose link will hold it.
    package var line: Place?

    package struct Place: Sendable, Hashable {
        package let lines: String
        package let line: RecordID
        package let into: String
    }

    package init(object: String, values: [String: Value], lines: [String: [[String: Value]]], opens: Bool) {
        self.object = object
        self.values = values
        self.lines = lines
        self.opens = opens
    }
}

/// Something wrong, or doubtful, and what to do about it.
package struct FlowProblem: Sendable, Hashable {
    /// Field id, or `lines[2].price` (lines counted from 0); nil for the whole record.
    package let field: String?
    /// Stable and documented.
    package let code: String
    package let message: Label

    package init(field: String?, code: String, message: Label) {
        self.field = field
        self.code = code
        self.message = message
    }

    /// The same problem inside a line.
    func at(_ line: String) -> FlowProblem {
        FlowProblem(field: field.map { line + "." + $0 } ?? line, code: code, message: message)
    }
}
