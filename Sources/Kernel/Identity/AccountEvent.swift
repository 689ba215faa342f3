import Definitions
import Store
import Values

/// What happens to an account. Each leaves an event in the log of its user, in the transaction of the change; none
/// holds a secret.
enum AccountEvent: String, Sendable, CaseIterable {
    case opened
    /// The change `address` says from where.
    case signedIn = "signed_in"
    case passwordChanged = "password_changed"
    case passwordReset = "password_reset"
    /// A password that works once was handed out.
    case invited
    case unlocked
    /// The change `token` names it.
    case tokenMade = "token_made"
    case tokenRevoked = "token_revoked"
    case timeCodesOn = "time_codes_on"
    case timeCodesOff = "time_codes_off"
    /// The changes `sessions` and `tokens` say how many.
    case sessionsEnded = "sessions_ended"

    /// What the kinds of all such events begin with: `account:password_reset`.
    static let prefix = "account:"

    var kind: String { Self.prefix + rawValue }
}

/// Writes the events of one command about accounts.
struct AccountLog {
    let connection: any Connection
    let actor: Actor
    let now: Instant
    let command: RecordID
    let modelVersion: Int

    /// - Returns: the event's number.
    @discardableResult
    func note(_ event: AccountEvent, of user: RecordID, _ changes: [FieldChange] = []) throws -> Int64 {
        let entry = EventEntry(
            at: now, actor: actor.userID, actorName: actor.name, origin: actor.origin.rawValue, command: command,
            object: "user", record: user, kind: event.kind, changes: changes, reason: actor.statedReason,
            modelVersion: modelVersion)
        return Int64(try EventLog(connection).append([entry]))
    }

    /// Ends sessions and tokens of a user and says how many; no event when there were none.
    ///
    /// - Parameters:
    ///   - session: hash of the one that stays.
    ///   - withTokens: revoke the tokens too.
    /// - Returns: the event's number; 0 without one.
    func endSessions(of user: RecordID, except session: [UInt8]?, withTokens: Bool) throws -> Int64 {
        let sessions = try Sessions(connection).list(of: user, at: now).filter { $0.hash != session }
        try Sessions(connection).closeAll(of: user, except: session)
        var changes = Self.ended("sessions", sessions.count)
        if withTokens {
            let tokens = try APITokens(connection).list(of: user).filter { token in
                token.revokedAt == nil && token.expiresAt.map { $0 > now } ?? true
            }
            try APITokens(connection).revokeAll(of: user, at: now)
            changes += Self.ended("tokens", tokens.count)
        }
        return changes.isEmpty ? 0 : try note(.sessionsEnded, of: user, changes)
    }

    private static func ended(_ field: String, _ count: Int) -> [FieldChange] {
        count == 0 ? [] : [end(of: field, count)]
    }

    static func end(of field: String, _ count: Int) -> FieldChange {
        FieldChange(field: field, before: .decimal(ExactDecimal(count)), after: .decimal(ExactDecimal(0)))
    }
}

extension Kernel {
    /// One transaction about accounts with its log.
    func account<R: Sendable>(
        as actor: Actor, _ body: @escaping @Sendable (any Connection, AccountLog) throws -> R
    ) async throws -> R {
        let now = surroundings.now()
        let command = surroundings.ids.next(now)
        let version = snapshot.model.version
        return try await database.write { connection in
            try body(
                connection,
                AccountLog(connection: connection, actor: actor, now: now, command: command, modelVersion: version))
        }
    }
}
