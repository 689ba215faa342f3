/// One change that a designer makes to the customer's definitions. What it means is checked when the model is built.
package enum DefinitionChange: Sendable, Hashable {
    /// A new object with one text field `name`; more fields follow as `addField`.
    case addObject(id: String, label: Label, plural: Label, icon: String)
    case relabelObject(id: String, label: Label, plural: Label)
    case retireObject(id: String)
    case restoreObject(id: String)
    case addField(object: String, FieldDraft)
    case relabelField(object: String, field: String, label: Label, help: Label?)
    case retireField(object: String, field: String)
    case restoreField(object: String, field: String)
    /// `type` as in a pack, such as `decimal(2)` or `link(company)`.
    case changeType(object: String, field: String, type: String)
    /// `required` or `unique`; a pack's own rule can't be switched off.
    case setRule(object: String, field: String, rule: FieldRule, on: Bool)
    case setView(object: String, ViewDraft)
    case removeView(object: String, view: String)
    case setSection(object: String, id: String, label: Label, fields: [String])
    case setCheck(object: String, CheckDraft)
    /// Adds, renames or retires codes; a list that is not there is made.
    case patchList(id: String, label: Label?, codes: [CodeDraft])
    case setRole(RoleDraft)
    case removeRole(id: String)
    case setMenu([MenuDraft])
    /// Any part in the form of an overlay document, as JSON text: what the simpler changes don't say.
    case merge(document: String)
}

package enum FieldRule: String, Sendable, Hashable {
    case required
    case unique
}

/// A new field as a designer gives it; texts are as in a pack.
package struct FieldDraft: Sendable, Hashable {
    package var id: String
    package var label: Label
    package var type: String
    package var help: Label?
    package var required: Bool
    package var unique: Bool
    /// Expressions.
    package var defaultValue: String?
    package var formula: String?
    package var sensitivity: String?
    package var unit: String?

    package init(
        id: String, label: Label, type: String, help: Label? = nil, required: Bool = false, unique: Bool = false,
        defaultValue: String? = nil, formula: String? = nil, sensitivity: String? = nil, unit: String? = nil
    ) {
        self.id = id
        self.label = label
        self.type = type
        self.help = help
        self.required = required
        self.unique = unique
        self.defaultValue = defaultValue
        self.formula = formula
        self.sensitivity = sensitivity
        self.unit = unit
    }
}

package struct ViewDraft: Sendable, Hashable {
    package var id: String
    package var label: Label
    package var columns: [String]
    package var filter: String?
    /// `-updated_at` for descending.
    package var sort: [String]
    package var group: String?

    package init(
        id: String, label: Label, columns: [String], filter: String? = nil, sort: [String] = [], group: String? = nil
    ) {
        self.id = id
        self.label = label
        self.columns = columns
        self.filter = filter
        self.sort = sort
        self.group = group
    }
}

package struct CheckDraft: Sendable, Hashable {
    package var id: String
    package var expression: String
    package var message: Label
    package var field: String?
    package var blocking: Bool

    package init(id: String, expression: String, message: Label, field: String? = nil, blocking: Bool = true) {
        self.id = id
        self.expression = expression
        self.message = message
        self.field = field
        self.blocking = blocking
    }
}

package struct CodeDraft: Sendable, Hashable {
    package var code: String
    package var label: Label
    package var tone: String?
    package var retired: Bool

    package init(code: String, label: Label, tone: String? = nil, retired: Bool = false) {
        self.code = code
        self.label = label
        self.tone = tone
        self.retired = retired
    }
}

package struct GrantDraft: Sendable, Hashable {
    package var object: String
    package var actions: [String]
    /// `all`, `own`, `own(field)`, `department`, `region`, `through(company)`.
    package var scope: String
    package var condition: String?
    package var hidden: [String]
    package var writable: [String]?

    package init(
        object: String, actions: [String], scope: String = "all", condition: String? = nil, hidden: [String] = [],
        writable: [String]? = nil
    ) {
        self.object = object
        self.actions = actions
        self.scope = scope
        self.condition = condition
        self.hidden = hidden
        self.writable = writable
    }
}

package struct RoleDraft: Sendable, Hashable {
    package var id: String
    package var label: Label
    package var clearance: [String]
    package var privileges: [String]
    package var grants: [GrantDraft]

    package init(id: String, label: Label, clearance: [String], privileges: [String], grants: [GrantDraft]) {
        self.id = id
        self.label = label
        self.clearance = clearance
        self.privileges = privileges
        self.grants = grants
    }
}

package struct MenuDraft: Sendable, Hashable {
    package var object: String
    package var label: Label?
    package var icon: String?
    package var primary: Bool

    package init(object: String, label: Label? = nil, icon: String? = nil, primary: Bool = false) {
        self.object = object
        self.label = label
        self.icon = icon
        self.primary = primary
    }
}
