import Definitions
import Logging
import Store
package import Values

extension Kernel {
    /// Claims what has to go out now. Nobody else gets it before the lease ends; a process that dies leaves it to the
    /// next one, with the same key. One read when nothing is due.
    ///
    /// - Parameters:
    ///   - lease: seconds; longer than all attempts of one claim take together.
    ///   - address: where people open the system, for links; empty for none.
    package func takeDeliveries(limit: Int, lease: Int, sendsMail: Bool, address: String) async throws
        -> [OutgoingMessage]
    {
        let now = surroundings.now()
        let waits = try await database.read { try Outbox($0).figures(at: now).oldestDue != nil }
        guard waits else { return [] }
        while true {
            let (messages, claimed) = try await claimDeliveries(limit, lease, sendsMail: sendsMail, address: address)
            // What was put off or settled makes room for what is behind it.
            if !messages.isEmpty || claimed < limit { return messages }
        }
    }

    private func claimDeliveries(
        _ limit: Int, _ lease: Int, sendsMail: Bool, address: String
    ) async throws -> (messages: [OutgoingMessage], claimed: Int) {
        let (snapshot, now) = (snapshot, surroundings.now())
        return try await database.write { connection in
            let outbox = Outbox(connection)
            let context = ReadContext(connection: connection, snapshot: snapshot, actor: .system("delivery"), now: now)
            let reader = OutgoingReader(context: context, sendsMail: sendsMail, address: address, lease: lease)
            let items = try outbox.due(at: now, limit: limit, lease: lease)
            let sorted = try reader.sort(items)
            for wait in sorted.waits { try outbox.postpone(wait.ids, until: wait.until) }
            try outbox.done(sorted.settled, at: now)
            return (sorted.messages, items.count)
        }
    }

    /// Notes that a message went out, and whom it interrupted.
    package func delivered(_ message: OutgoingMessage) async throws {
        let now = surroundings.now()
        try await settle(message, .sent) { connection in
            try Outbox(connection).done(message.ids, at: now)
            try Notifications(connection).markInterrupted(message.alone, at: now)
        }
    }

    /// Notes a failed attempt; with `retryAt` nil it is given up and stays to be looked at.
    package func deliveryFailed(_ message: OutgoingMessage, error: String, retryAt: Instant?) async throws {
        let now = surroundings.now()
        if retryAt == nil {
            logger.error("a delivery was given up", metadata: ["key": "\(message.key)", "detail": "\(error)"])
        }
        try await settle(message, retryAt == nil ? .failed : nil) { connection in
            for id in message.ids {
                try Outbox(connection).failed(id, error: String(error.prefix(500)), retryAt: retryAt, at: now)
            }
        }
    }

    /// Writes what became of a message, and at the note that it is.
    private func settle(
        _ message: OutgoingMessage, _ state: MailState?, _ body: @escaping @Sendable (any Connection) throws -> Void
    ) async throws {
        guard case .personal(let mail) = message.content, let state else {
            return try await database.write { try body($0) }
        }
        for _ in 0..<5 {
            do {
                let (snapshot, now, ids) = (snapshot, surroundings.now(), surroundings.ids)
                let sequence = try await database.write { connection in
                    guard try ModelVersions(connection).current()?.version == snapshot.model.version else {
                        throw ModelMoved()
                    }
                    try body(connection)
                    let context = ReadContext(
                        connection: connection, snapshot: snapshot, actor: .system("delivery"), now: now)
                    return try mail.keep(state, in: context, ids)
                }
                if sequence > 0 { await hub.publish(sequence) }
                return
            } catch is ModelMoved {
                try await catchUp()
            }
        }
        throw Rejection.definitionsMoving
    }
}
