import Definitions
import Store
package import Values

/// One's own tokens for programs, newest first; never what they hold.
package struct MyTokens: Question {
    package struct Token: Sendable {
        package let id: RecordID
        package let name: String
        package let createdAt: Instant
        package let expiresAt: Instant?
        package let revokedAt: Instant?
    }

    package init() {}

    /// - Throws: the rejection `forbidden` for who is nobody's account.
    package func answer(in context: ReadContext) throws -> [Token] {
        guard let user = context.actor.userID else { throw Rejection.notAllowed }
        // Tables of secrets are closed to blocks in a person's name; these are the asker's own.
        let tokens = try context.connection.beyondSight { try APITokens(context.connection).list(of: user) }
        return tokens.map { token in
            Token(
                id: token.id, name: token.name, createdAt: token.createdAt, expiresAt: token.expiresAt,
                revokedAt: token.revokedAt)
        }
    }
}
