package import Expressions

/// What people in a role may do. Deny by default: what no grant gives is not there.
package struct RoleDefinition: Sendable {
    package let id: String
    package let label: Label
    /// Sensitivities the role may see.
    package let clearance: [String]
    package let grants: [ObjectGrant]
    /// `define` (change definitions), `users` (manage accounts), `export`, `import`, `audit`.
    package let privileges: [String]

    package init(id: String, label: Label, clearance: [String], grants: [ObjectGrant], privileges: [String]) {
        self.id = id
        self.label = label
        self.clearance = clearance
        self.grants = grants
        self.privileges = privileges
    }
}

package struct ObjectGrant: Sendable {
    /// Object id, or `*` for every object that is not a setting.
    package let object: String
    /// `read`, `create`, `update`, `delete`, `assign`, `import`, `export`, action ids, or `*`.
    package let actions: [String]
    package let scope: Scope
    /// Further narrows the rows; over the object's own fields.
    package let condition: TypedExpression?
    package let hidden: [String]
    /// nil: every readable field that is not read-only; otherwise just these.
    package let writable: [String]?
    /// Read and never written, for all that `writable` says.
    package let readOnly: [String]

    package init(
        object: String, actions: [String] = [], scope: Scope = .all, condition: TypedExpression? = nil,
        hidden: [String] = [], writable: [String]? = nil, readOnly: [String] = []
    ) {
        self.object = object
        self.actions = actions
        self.scope = scope
        self.condition = condition
        self.hidden = hidden
        self.writable = writable
        self.readOnly = readOnly
    }
}

package enum Scope: Sendable, Hashable {
    case all
    /// `owner = ME()`, or any of these link fields is me.
    case own(fields: [String])
    /// The actor's departments with everything below them.
    case department
    /// The actor's regions with everything below them.
    case region
    /// Rows whose link field `via` points to a record the actor may read, such as contacts of a company.
    case through(via: String)
}
