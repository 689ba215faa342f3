import Access
package import Definitions
package import Expressions
import Store
package import Values

/// What a question is answered from: one connection in one read block, one model, one actor.
package struct ReadContext {
    let connection: any Connection
    let snapshot: Snapshot
    package let actor: Actor
    package let now: Instant
    let store: RecordStore
    private let rights: Rights
    var access: AccessTable { rights.access }
    let evaluation: EvaluationContext
    let memory = BlockMemory()

    init(connection: any Connection, snapshot: Snapshot, actor: Actor, now: Instant) {
        self.connection = connection
        self.snapshot = snapshot
        self.actor = actor
        self.now = now
        store = RecordStore(connection, tables: snapshot.tables)
        rights = snapshot.rights(of: actor)
        evaluation = Self.evaluation(of: actor, at: now)
    }

    /// Who reads, where and when, as conditions and the rules of tables ask for it.
    package static func evaluation(of actor: Actor, at now: Instant) -> EvaluationContext {
        EvaluationContext(
            now: now, today: Zones.day(of: now, in: actor.timeZone), me: actor.userID, departments: actor.departments,
            regions: actor.regions, roles: actor.roles)
    }

    package var model: Model { snapshot.model }

    /// Answers a smaller question in the same read block.
    package func ask<Q: Question>(_ question: Q) throws -> Q.Answer {
        Q.isOfTheHouse ? try connection.beyondSight { try question.answer(in: self) } : try question.answer(in: self)
    }

    /// The live object with this id.
    ///
    /// - Throws: the rejection `not_found` for an unknown object and for one the actor may not read at all.
    func object(_ id: String) throws(Rejection) -> ObjectDefinition {
        guard let object = model.object(id), !object.retired, access.grant(id).canRead else { throw .noSuchRecord }
        return object
    }

    /// The condition that a person or a script wrote, checked against what this actor may read.
    ///
    /// A hidden field and one that does not exist give the same refusal.
    func filter(_ source: String, on object: String) throws(Rejection) -> TypedExpression {
        guard source.utf8.count <= 10_000 else { throw .badFilter([]) }
        return try rights.condition(source, on: object) { () throws(Rejection) in try check(source, on: object) }
    }

    private func check(_ source: String, on object: String) throws(Rejection) -> TypedExpression {
        switch ExpressionChecker(schema: access.schema, functions: snapshot.functions)
            .check(source, on: object, expecting: .bool)
        {
        case .success(let expression):
            guard !expression.memoryOnly else { throw .badFilter([.memoryOnly]) }
            return expression
        case .failure(let diagnostics):
            throw .badFilter(
                diagnostics.items.map { item in
                    let hint = item.hint.map { Label(zh: $0.zh, en: " " + $0.en) } ?? Label(zh: "", en: "")
                    return Problem(
                        field: "filter", code: item.code, message: Label(zh: item.zh + hint.zh, en: item.en + hint.en))
                })
        }
    }

    func checked(_ paths: [String], on object: String, parameter: String) throws(Rejection) -> [FieldPath] {
        var out: [FieldPath] = []
        var problems: [Problem] = []
        for text in paths {
            let path = FieldPath(text: text)
            if access.checkPath(path, on: object) || isOwnReadable(path, on: object) {
                out.append(path)
            } else {
                problems.append(.unknownField(text))
            }
        }
        guard problems.isEmpty else { throw .badParameter(parameter, problems) }
        return out
    }
}

extension ReadContext {
    /// A field of the record itself that some of its rows may show; each row's mask decides.
    func isOwnReadable(_ path: FieldPath, on object: String) -> Bool {
        access.grant(object).readable.contains(path.first) && path.steps.count == 1
    }

    /// Conditions that a filter or a sort over linked records brings with it.
    func guards(_ paths: some Sequence<FieldPath>, on object: String) throws(Rejection) -> [TypedExpression] {
        var out: [TypedExpression] = []
        for path in paths where path.steps.count > 1 {
            switch access.access(to: path, on: object) {
            case .none: throw .badFilter([.unknownField(path.description)])
            case .usable(let rows): if let rows, !out.contains(rows) { out.append(rows) }
            }
        }
        return out
    }
}

extension FieldDefinition {
    var isMoney: Bool { if case .money = type { true } else { false } }
}

extension Problem {
    static let memoryOnly = Problem(
        field: "filter", code: "memory_only",
        message: Label(zh: "这个函数不能用于筛选", en: "This function can't be used in a filter"))

    static func unknownField(_ name: String) -> Problem {
        Problem(
            field: String(name.prefix(80)), code: "unknown_field",
            message: Label(zh: "没有这个字段", en: "There is no such field"))
    }
}

extension Rejection {
    static func badFilter(_ problems: [Problem]) -> Rejection {
        Rejection(
            .invalid, code: "bad_filter", message: Label(zh: "筛选条件有误", en: "The filter can't be used"),
            problems: problems)
    }

    static func badParameter(_ name: String, _ problems: [Problem]) -> Rejection {
        Rejection(
            .invalid, code: "bad_parameter",
            message: Label(zh: "参数 \(name) 有误", en: "The parameter \(name) can't be used"),
            problems: problems)
    }
}
