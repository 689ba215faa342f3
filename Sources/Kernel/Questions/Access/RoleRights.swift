import Access
import Definitions

/// The model through the eyes of somebody who has one role and nothing else: what the role gives, by the compiler that gives
/// it.
///
/// - Throws: `not_allowed` for who neither manages accounts, nor defines, nor audits; `not_found` for an unknown role.
package struct RoleRights: Question {
    package let role: String

    package init(role: String) { self.role = role }

    package func answer(in context: ReadContext) throws -> ModelSight {
        guard ["users", "define", "audit"].contains(where: context.access.has) else { throw Rejection.notAllowed }
        guard context.model.role(role) != nil else { throw Rejection.noSuchRecord }
        let access = AccessCompiler.compile(model: context.model, subject: Subject(user: nil, roles: [role]))
        return ModelSight(model: context.model, access: access)
    }
}
