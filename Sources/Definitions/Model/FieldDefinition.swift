package import Expressions

/// A field of an object, checked and ready for use.
///
/// A constant shared by reference: every request looks fields up hundreds of times, and copying this many parts costs
/// more than what is done with them.
package final class FieldDefinition: Sendable {
    /// Permanent, unique in the object: lower-case letters, digits and `_`.
    package let id: String
    package let label: Label
    package let help: Label?
    package let type: FieldType
    package let layer: Layer
    package let required: Bool
    package let unique: Bool
    /// Set once, at creation.
    package let immutable: Bool
    /// Computed, or kept by the kernel: nobody writes it directly.
    package let readOnly: Bool
    /// Value for a new record when none is given.
    package let defaultValue: TypedExpression?
    /// Same-record formula, over own fields, links and lines; recomputed and stored with every write.
    package let formula: TypedExpression?
    /// Aggregate over the records of another object that link here; kept up to date by the writes there.
    package let rollup: Rollup?
    /// Pattern of a number series such as `Q{yymmdd}{###}`; the field is then read-only.
    package let series: NumberSeries?
    /// Restricts what a link may point to, an expression over the linked object.
    package let linkFilter: TypedExpression?
    /// Group that only roles with the clearance may see: `cost`, `margin`, `supplier`, `bank`, ….
    package let sensitivity: String?
    /// Region whose supplement this field is; nil for the global core.
    package let region: String?
    /// Hidden but kept; can be restored.
    package let retired: Bool
    /// 0 at first; each change of type makes a new physical column with the next number.
    package let generation: Int
    package let multiline: Bool
    /// Unit shown behind a number, such as `kg` or `cm`.
    package let unit: String?
    /// Lists are often filtered by it or rights depend on it: the engine keeps its rows in order.
    package let indexed: Bool

    init(
        id: String, label: Label, help: Label?, type: FieldType, layer: Layer, required: Bool, unique: Bool,
        immutable: Bool, readOnly: Bool, defaultValue: TypedExpression?, formula: TypedExpression?, rollup: Rollup?,
        series: NumberSeries?, linkFilter: TypedExpression?, sensitivity: String?, region: String?, retired: Bool,
        generation: Int, multiline: Bool, unit: String?, indexed: Bool = false
    ) {
        self.id = id
        self.label = label
        self.help = help
        self.type = type
        self.layer = layer
        self.required = required
        self.unique = unique
        self.immutable = immutable
        self.readOnly = readOnly
        self.defaultValue = defaultValue
        self.formula = formula
        self.rollup = rollup
        self.series = series
        self.linkFilter = linkFilter
        self.sensitivity = sensitivity
        self.region = region
        self.retired = retired
        self.generation = generation
        self.multiline = multiline
        self.unit = unit
        self.indexed = indexed
    }

    /// Physical column (or prefix of the columns) in the object's table.
    package var column: String { generation == 0 ? "f_" + id : "f_" + id + "__" + String(generation) }
}

/// `SUM(of)` and the like over the records of `object` whose link field `via` points to this record.
package struct Rollup: Sendable {
    package enum Function: String, Sendable { case count, sum, min, max }
    package let function: Function
    package let object: String
    package let via: String
    /// Absent for `count`.
    package let of: TypedExpression?
    package let filter: TypedExpression?
}

/// `Q{yymmdd}{###}`: literal text, date parts of the day of creation, a counter with at least that many digits.
/// The counter starts anew whenever the text before it changes.
package struct NumberSeries: Sendable, Hashable {
    package let pattern: String
    /// Finance series: the number is taken at commit, so that no number is missing.
    package let gapless: Bool
}
