package import Definitions
import Expressions

/// The one compiler of access, for every surface.
package enum AccessCompiler {
    /// Compiles what a subject may do.
    ///
    /// - Parameter restrictions: conditions that bind everybody but the house.
    /// - Complexity: grants × fields, plus one check of an expression per grant with a condition or scope.
    package static func compile(
        model: Model, subject: Subject, restrictions: [Restriction] = []
    ) -> AccessTable {
        let compilation = Compilation(model: model, subject: subject, restrictions: restrictions)
        return compilation.table()
    }
}
