package import Values

/// Whose access is compiled: a person with roles, or the house itself.
package struct Subject: Sendable, Hashable {
    package let user: RecordID?
    package let roles: [String]
    /// With everything below them.
    package let departments: [RecordID]
    package let regions: [RecordID]
    /// The house acting for a stated reason: sees and may do everything.
    package let isSystem: Bool

    package init(user: RecordID?, roles: [String], departments: [RecordID] = [], regions: [RecordID] = []) {
        self.user = user
        self.roles = roles
        self.departments = departments
        self.regions = regions
        isSystem = false
    }

    private init() {
        user = nil
        roles = []
        departments = []
        regions = []
        isSystem = true
    }

    package static let system = Subject()
}

/// A condition on the rows of an object that binds everybody but the house, whatever their roles.
package struct Restriction: Sendable, Hashable {
    package let object: String
    /// An expression over the object.
    package let source: String

    package init(object: String, source: String) {
        self.object = object
        self.source = source
    }
}
