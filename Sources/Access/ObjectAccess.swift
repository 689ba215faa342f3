package import Expressions
import Synchronization

/// What one role gives on an object: which rows, and what on them.
package struct AccessAlternative: Sendable {
    /// Role id; `*` for the house.
    package let role: String
    /// The rows it is about; nil for all.
    package let predicate: TypedExpression?
    package let readable: Set<String>
    /// Fields that may be changed by create and update.
    package let writable: Set<String>
    /// `read`, `create`, `update`, `delete`, `assign`, `import`, `export` and action ids.
    package let actions: Set<String>

    package var reads: Bool { actions.contains("read") }
}

/// Which rows of an object may be seen.
package enum RowAccess: Sendable {
    case none
    case all
    case rows(TypedExpression)

    /// The predicate for a query; nil for all rows. Ask `isNone` first.
    package var predicate: TypedExpression? { if case .rows(let expression) = self { expression } else { nil } }
    package var isNone: Bool { if case .none = self { true } else { false } }
}

/// What may be done with one row.
package struct RowMask: Sendable, Hashable {
    package let readable: Set<String>
    package let writable: Set<String>
    package let actions: Set<String>

    package init(readable: Set<String>, writable: Set<String>, actions: Set<String>) {
        self.readable = readable
        self.writable = writable
        self.actions = actions
    }

    package static let nothing = RowMask(readable: [], writable: [], actions: [])

    package var isVisible: Bool { actions.contains("read") }
}

/// What a subject may do with the records of one object. For an object that is not there, the same as for one of
/// which nothing may be seen.
package struct ObjectAccess: Sendable {
    package let object: String
    /// Any of them gives its part (OR).
    package let alternatives: [AccessAlternative]
    /// All of them must hold (AND).
    package let restrictions: [TypedExpression]
    /// The OR of the alternatives that read, AND the restrictions.
    package let rows: RowAccess
    /// Readable on some row: what a page may ask for. The mask of each row decides what it shows.
    package let readable: Set<String>
    /// Readable on every row that is seen: usable in filters, sorts, groups and formulas.
    package let filterable: Set<String>
    /// Writable on a new record.
    package let creatable: Set<String>
    /// What may be done with some row.
    package let actions: Set<String>
    private let memory = MaskMemory()

    /// The predicate for queries; nil for all rows, or for none: see `rows`.
    package var readPredicate: TypedExpression? { rows.predicate }
    package var canRead: Bool { !rows.isNone }
    package var canCreate: Bool { actions.contains("create") }

    static func nothing(_ object: String) -> ObjectAccess {
        ObjectAccess(
            object: object, alternatives: [], restrictions: [], rows: .none, readable: [], filterable: [],
            creatable: [],
            actions: [])
    }

    /// What may be done with this row. A row that may not be read gives nothing at all.
    ///
    /// - Parameter row: must give the values at `paths`.
    package func masks(for row: some FieldSource, _ context: EvaluationContext) -> RowMask {
        for restriction in restrictions where !restriction.matches(row, context) { return .nothing }
        let matching = alternatives.map { $0.predicate?.matches(row, context) ?? true }
        return memory.mask(of: matching) { mask(of: matching) }
    }

    private func mask(of matching: [Bool]) -> RowMask {
        var readable: Set<String> = []
        var writable: Set<String> = []
        var actions: Set<String> = []
        for (alternative, matches) in zip(alternatives, matching) where matches {
            if alternative.reads { readable.formUnion(alternative.readable) }
            if alternative.actions.contains("update") { writable.formUnion(alternative.writable) }
            actions.formUnion(alternative.actions)
        }
        guard actions.contains("read") else { return .nothing }
        return RowMask(readable: readable, writable: writable.intersection(readable), actions: actions)
    }

    /// What `masks` reads of a row.
    package var paths: Set<FieldPath> {
        var paths: Set<FieldPath> = []
        for alternative in alternatives { paths.formUnion(alternative.predicate?.fieldPaths ?? []) }
        for restriction in restrictions { paths.formUnion(restriction.fieldPaths) }
        return paths
    }

    /// Whether the mask is the same for every row, so that no predicate need be evaluated.
    package var isUniform: Bool { restrictions.isEmpty && alternatives.allSatisfy { $0.predicate == nil } }
}

/// The masks of the combinations of alternatives that were met: a page of rows has two or three of them, and uniting
/// sets of fields for each row costs more than reading the row.
private final class MaskMemory: Sendable {
    private let known = Mutex<[[Bool]: RowMask]>([:])
    private static let limit = 64

    func mask(of matching: [Bool], _ make: () -> RowMask) -> RowMask {
        if let mask = known.withLock({ $0[matching] }) { return mask }
        let mask = make()
        known.withLock { if $0.count < Self.limit { $0[matching] = mask } }
        return mask
    }
}
