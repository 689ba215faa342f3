import Definitions
import Flow
import Store
import Values

/// What a user's record means for their account.
extension RecordWriter {
    /// What stands against a change of a user's roles, activity or login; nothing for other objects.
    func accountProblems(
        _ definition: ObjectDefinition, before: RecordState?, after: RecordState?
    ) throws -> [Problem] {
        guard definition.id == "user" else { return [] }
        var problems = try RoleGiving(context: context).problems(before: before, after: after)
        if let before, let after, before["login"] != after["login"],
            let login = after["login"].text, !Kernel.isLogin(login),
            try Store.Credentials(context.connection).credential(user: before.id) != nil
        {
            problems.append(.badLogin)
        }
        return problems
    }

    /// A user who is renamed signs in by the new login.
    func followLogin(_ definition: ObjectDefinition, before: RecordState, after: RecordState) throws {
        guard definition.id == "user", before["login"] != after["login"], let login = after["login"].text else {
            return
        }
        let accounts = Store.Credentials(context.connection)
        guard let old = try accounts.credential(user: before.id) else { return }
        try accounts.put(
            Credential(
                user: old.user, login: Kernel.canonical(login), password: old.password, totpSecret: old.totpSecret,
                totpStep: old.totpStep, recovery: old.recovery, mustChange: old.mustChange, changedAt: old.changedAt))
    }
}

extension Kernel {
    /// Whether an account may be called so: 2 to 100 letters, digits or `. _ - @ +`.
    static func isLogin(_ login: String) -> Bool {
        let canonical = canonical(login)
        return (2...100).contains(canonical.count)
            && canonical.allSatisfy { $0.isLetter || $0.isNumber || "._-@+".contains($0) }
    }
}

extension Problem {
    static let badLogin = Problem(
        field: "login", code: "format",
        message: Label(zh: "账号用 2 到 100 个字母、数字或 . _ - @", en: "Use 2 to 100 letters, digits or . _ - @"))
}
