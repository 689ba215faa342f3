package import Definitions

extension AccessTable {
    /// Whether this subject holds all that a role gives, so that they may hand it to somebody: its privileges and
    /// sensitivities, and on each object its actions and fields; what the role gives on all rows they hold on all rows.
    ///
    /// Who may change the definitions could write any right into a role, so they may hand out every role. A role that
    /// is not there gives nothing.
    ///
    /// - Complexity: that of compiling the role.
    package func covers(role: String) -> Bool {
        if subject.isSystem || has("define") { return true }
        let given = AccessCompiler.compile(model: model, subject: Subject(user: nil, roles: [role]))
        return given.privileges.isSubset(of: privileges) && given.clearance.isSubset(of: clearance)
            && model.liveObjects.allSatisfy { covers(given.grant($0.id)) }
    }

    private func covers(_ given: ObjectAccess) -> Bool {
        let own = grant(given.object).alternatives
        return given.alternatives.allSatisfy { alternative in
            let usable = alternative.predicate == nil ? own.filter { $0.predicate == nil } : own
            let held = { (part: KeyPath<AccessAlternative, Set<String>>) in
                usable.reduce(into: Set<String>()) { $0.formUnion($1[keyPath: part]) }
            }
            return alternative.actions.isSubset(of: held(\.actions))
                && alternative.readable.isSubset(of: held(\.readable))
                && alternative.writable.isSubset(of: held(\.writable))
        }
    }

    /// Whether what these roles open by the place of their holder, all of a department or of a region, is open to this
    /// subject in every place: so that they may move a holder to a place that is not their own.
    ///
    /// - Parameter place: `.department` or `.region`.
    package func reachesEveryPlace(_ place: Scope, of roles: Set<String>) -> Bool {
        if subject.isSystem || has("define") { return true }
        let grants = model.roles.filter { roles.contains($0.id) }.flatMap(\.grants).filter { $0.scope == place }
        return grants.allSatisfy { grant in
            model.liveObjects.filter { Compilation.isNamed($0, by: grant) }.allSatisfy {
                if case .all = self.grant($0.id).rows { true } else { false }
            }
        }
    }
}
