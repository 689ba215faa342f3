import Access
import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// One command inside its transaction: access, load, decide, write.
struct Transaction {
    let context: ReadContext
    let ids: IDSource
    let command: Command
    let commandID: RecordID
    let writer: RecordWriter
    /// Whether outcomes carry the record as its author sees it now.
    let readsBack: Bool

    init(
        context: ReadContext, ids: IDSource, command: Command, readsBack: Bool = true,
        rollupsLater: RollupsLater? = nil
    ) {
        self.context = context
        self.ids = ids
        self.command = command
        self.readsBack = readsBack
        commandID = ids.next(context.now)
        writer = RecordWriter(
            context: context, ids: ids, command: command, commandID: commandID, rollupsLater: rollupsLater)
    }

    func run() throws -> Outcome {
        guard context.actor.identity != .nobody else {
            throw Rejection(
                .unauthenticated, code: "unauthenticated", message: Label(zh: "请先登录", en: "Please sign in first"))
        }
        guard command.stamp == nil || context.actor.isSystem else { throw Rejection.notAllowed }
        guard let key = command.idempotencyKey, let user = context.actor.userID, !command.dryRun else {
            return try outcome(of: command.kind)
        }
        return try OnceOnly(context: context, user: user, key: key).run(command.kind) { try outcome(of: command.kind) }
    }

    private func outcome(of kind: Command.Kind) throws -> Outcome {
        switch kind {
        case .create(let object, let draft): return try create(object, draft)
        case .update(let object, let id, let draft, let expecting): return try update(object, id, draft, expecting)
        case .act(let object, let id, let action, let draft, let expecting):
            return try act(object, id, action, draft, expecting)
        case .delete(let object, let id, let expecting): return try delete(object, id, expecting)
        case .restore(let object, let id): return try restore(object, id)
        case .bulk(let kinds, let atomic): return try bulk(kinds, atomic: atomic)
        case .file(let step): return try file(step)
        case .approval(let step): return try approve(step)
        case .levels(let step): return try levels(step)
        case .rules(let step): return try rules(step)
        case .notices(let step): return try notices(step)
        case .deliveries(let step): return try deliveries(step)
        case .relay(let step): return try relay(step)
        case .workflow(let step): return try workflow(step)
        case .views(let step): return try views(step)
        case .merging(let step): return try merge(step)
        case .note(let note): return try write(note)
        case .handingOver(let step): return try handOver(step)
        case .define, .identity, .importing, .house:
            throw Fault(code: "wrong_door", detail: "the command belongs to another part of the Kernel")
        }
    }

    // MARK: Create

    func create(_ object: String, _ draft: Draft) throws -> Outcome {
        let definition = try target(object)
        let access = context.access.grant(object)
        guard access.canCreate else { throw Rejection.notAllowed }
        let reader = DraftReader(
            context: context, definition: definition, ids: ids,
            writable: context.actor.isSystem ? nil : access.creatable)
        var problems: [Problem] = []
        let change = reader.change(draft, stored: [:], &problems)
        let written = try writer.create(definition, change, problems: problems, access: access)
        return try outcome(of: written)
    }

    // MARK: Update

    func update(_ object: String, _ id: RecordID, _ draft: Draft, _ expecting: Int?) throws -> Outcome {
        let definition = try target(object)
        let (stored, mask) = try writer.load(definition, id)
        guard mask.actions.contains("update") else { throw Rejection.notAllowed }
        try expect(expecting, stored)
        let reader = DraftReader(
            context: context, definition: definition, ids: ids, writable: context.actor.isSystem ? nil : mask.writable)
        var problems: [Problem] = []
        let change = reader.change(draft, stored: stored.state.lines, &problems)
        // An edit says which version it is an edit of; a rehearsal writes nothing, and the house overwrites knowingly.
        guard expecting != nil || !problems.isEmpty || command.dryRun || context.actor.isSystem else {
            throw Rejection.versionRequired
        }
        let written = try writer.update(definition, stored, .update(change), kind: "updated", problems: problems)
        return try outcome(of: written)
    }

    // MARK: Actions

    func act(
        _ object: String, _ id: RecordID, _ name: String, _ draft: Draft, _ expecting: Int?,
        writer: RecordWriter? = nil
    ) throws -> Outcome {
        let writer = writer ?? self.writer
        let definition = try target(object)
        let (stored, mask) = try writer.load(definition, id)
        if name == "assign" { return try assign(definition, stored, mask, draft, expecting) }
        guard let action = definition.actions.first(where: { $0.id == name }) else { throw Rejection.noSuchRecord }
        guard mask.actions.contains(name) else { throw Rejection.notAllowed }
        try expect(expecting, stored)
        let claiming = Claiming(context: context)
        try claiming.check(name, stored.state, now: context.now)
        let asked = Set(action.input)
        var problems: [Problem] = draft.fields.keys.filter { !asked.contains($0) }.sorted().map { .unknownField($0) }
        var given = draft
        given.fields = draft.fields.filter { asked.contains($0.key) }
        // What an action asks for may be given by whoever may do the action.
        let reader = DraftReader(
            context: context, definition: definition, ids: ids, writable: context.actor.isSystem ? nil : asked)
        var change = reader.change(given, stored: stored.state.lines, &problems)
        if let day = try claiming.protection(name, stored.state, now: context.now) {
            change.values["protected_until"] = .day(day)
        }
        if let outcome = try throughApproval(definition, stored, action, change, problems) { return outcome }
        let written = try writer.update(
            definition, stored, .act(action, change), kind: "action:" + name, problems: problems)
        return try outcome(of: written)
    }

    /// Hands the record to another owner, whose department and region it takes.
    private func assign(
        _ definition: ObjectDefinition, _ stored: StoredRecord, _ mask: RowMask, _ draft: Draft, _ expecting: Int?
    ) throws -> Outcome {
        guard mask.actions.contains("assign") else { throw Rejection.notAllowed }
        try expect(expecting, stored)
        guard draft.lines.isEmpty, Set(draft.fields.keys) == ["owner"], let input = draft.fields["owner"],
            let field = definition.field("owner")
        else { throw Rejection.invalid([.notFound("owner")]) }
        let value: [String: Value]
        do throws(Problem) {
            value = try FieldDecoder(model: context.model).decode(input, as: field, at: "owner")
        } catch {
            throw Rejection.invalid([error])
        }
        let written = try writer.assign(definition, stored, owner: value["owner"]?.record)
        return try outcome(of: written)
    }

    // MARK: Delete and restore

    private func delete(_ object: String, _ id: RecordID, _ expecting: Int?) throws -> Outcome {
        let definition = try target(object)
        let (stored, mask) = try writer.load(definition, id)
        guard mask.actions.contains("delete") else { throw Rejection.notAllowed }
        try expect(expecting, stored)
        let obstacles = context.decider(definition, owner: stored.owner).obstacles(toDeleting: stored.state)
        if let first = obstacles.first, !context.actor.isSystem {
            throw Rejection(
                .conflict, code: first.code, message: first.message, problems: obstacles.map(Problem.init))
        }
        return Outcome(sequence: try writer.setDeleted(definition, stored, deleted: true))
    }

    private func restore(_ object: String, _ id: RecordID) throws -> Outcome {
        let definition = try target(object)
        let (stored, mask) = try writer.load(definition, id, deleted: .deleted)
        guard mask.actions.contains("delete") else { throw Rejection.notAllowed }
        // What went into another comes back by taking the merge back, with all that was its own.
        if try Merges(context.connection).destinations(of: [id])[id] != nil {
            throw Rejection.alreadyMerged(try context.store.titles(object, [id])[id] ?? "")
        }
        let sequence = try writer.setDeleted(definition, stored, deleted: false)
        return Outcome(record: try view(object, id), sequence: sequence)
    }

    // MARK: Bulk

    private func bulk(_ kinds: [Command.Kind], atomic: Bool) throws -> Outcome {
        var parts: [Result<Outcome, Rejection>] = []
        var sequence: Int64 = 0
        for (index, kind) in kinds.enumerated() {
            do {
                let part = try context.connection.savepoint { try outcome(of: kind) }
                sequence = max(sequence, part.sequence)
                parts.append(.success(part))
            } catch {
                guard let rejection = Self.rejection(error) else { throw error }
                if atomic { throw rejection.at(item: index) }
                parts.append(.failure(rejection))
            }
        }
        return Outcome(sequence: sequence, parts: parts)
    }

    /// What a person can mend; nil for the machine's faults, which end the whole command: its transaction is gone.
    static func rejection(_ error: any Error) -> Rejection? {
        if error as? CalendarError == .noWorkingTime { return .calendarNeverOpens(nil) }
        guard let error = error as? StoreError else { return error as? Rejection }
        switch error {
        case .unavailable, .full, .outcomeUnknown: return nil
        default: return Kernel.translation(of: error) as? Rejection
        }
    }

    // MARK: Pieces

    /// The object to write to. Lines are written with their record, whose state, formulas and version bind them.
    private func target(_ object: String) throws(Rejection) -> ObjectDefinition {
        guard let definition = context.model.object(object), !definition.retired else { throw .noSuchRecord }
        let access = context.access.grant(object)
        guard access.canRead || access.canCreate else { throw .noSuchRecord }
        guard definition.parent == nil else { throw .notAllowed }
        return definition
    }

    private func expect(_ expecting: Int?, _ stored: StoredRecord) throws {
        if let expecting, expecting != stored.version { throw StoreError.stale(current: stored.version) }
    }

    private func view(_ object: String, _ id: RecordID) throws -> RecordView? {
        do {
            return try context.ask(ShowRecord(object: object, id: id))
        } catch let rejection as Rejection where rejection.kind == .missing {
            return nil  // written, but out of the author's sight now
        }
    }

    func outcome(of written: WrittenRecord, _ approval: ApprovalSummary? = nil) throws -> Outcome {
        Outcome(
            record: readsBack ? try view(written.object, written.id) : nil, created: written.created,
            opens: written.opens, warnings: written.warnings, sequence: written.sequence, approval: approval)
    }
}

extension Rejection {
    /// The same, saying which item of a bulk it was.
    func at(item: Int) -> Rejection {
        let label = Label(zh: "第 \(item + 1) 项：" + message.zh, en: "Item \(item + 1): " + message.en)
        return Rejection(kind, code: code, message: label, problems: problems, retryAfter: retryAfter)
    }
}
