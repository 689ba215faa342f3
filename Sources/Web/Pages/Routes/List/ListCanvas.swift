import Definitions
import Kernel

/// What stands in place of the table when records are shown another way.
enum ListCanvas {
    /// The field by which a look places the records; nil when the object has none.
    static func field(
        for look: ListLook, _ definition: ObjectDefinition, _ eyes: Presentation, _ view: ViewDefinition?
    ) -> String? { nil }
}
