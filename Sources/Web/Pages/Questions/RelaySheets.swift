import Definitions
import Kernel
import Values

/// A board with the record that is open beside it.
struct RelayPageSheet: Question {
    let address: RelayAddress

    struct Answer: Sendable {
        let board: RelaySheet
        let open: RelayDetail?
        let sums: RelaySums
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        let process = try RelayProcess.of(address.object, sight)
        var question = RelayBoard(
            process: process.id, object: address.object, slice: address.slice, filters: address.filters,
            search: address.search.isEmpty ? nil : address.search)
        // The figures are picked from the rows, so all of them are wanted.
        if address.focus != nil { question.limit = 500 }
        let board = try context.ask(question)
        return Answer(
            board: board, open: try address.open.flatMap { try RelayDetail.find(address.object, $0, sight, context) },
            sums: try RelaySums(of: board, address.object, sight, context))
    }
}

/// One record's standing with what its forms offer.
struct RelayDetail: Sendable {
    let standing: RelayStanding
    /// Colleagues the baton can be passed to.
    let people: [Colleague]

    /// - Returns: nil for a record that is out of sight or gone.
    static func find(
        _ object: String, _ record: RecordID, _ sight: ModelSight, _ context: ReadContext
    ) throws -> RelayDetail? {
        do {
            let standing = try context.ask(RelayOf(object: object, record: record))
            return RelayDetail(standing: standing, people: try colleagues(standing, sight, context))
        } catch let rejection as Rejection where rejection.kind == .missing {
            return nil
        }
    }

    private static func colleagues(
        _ standing: RelayStanding, _ sight: ModelSight, _ context: ReadContext
    ) throws -> [Colleague] {
        if standing.capacity.isEmpty { return [] }
        let next = standing.exits.compactMap { exit in
            exit.next.flatMap { next in standing.process.legs(of: standing.record.object).first { $0.id == next } }
        }
        return try Colleague.all(
            sight, context, usually: Set((next + [standing.leg].compactMap(\.self)).flatMap(\.holders)))
    }
}

/// Somebody who can be given a baton, or stand in.
struct Colleague: Sendable {
    let id: RecordID
    let name: String
    /// Names of the roles, joined; empty where the reader may not see them.
    let role: String
    let awayUntil: Instant?
    let standIn: String?
    let open: Int
    let late: Int
    /// Usually takes what is handed over here.
    var isUsual = false

    /// The smaller the likelier.
    var rank: Int { (awayUntil == nil ? 0 : 100_000) + (isUsual ? 0 : 10_000) + open }

    /// Those at work, by name; none for who may not see users. Four statements.
    ///
    /// - Parameter positions: roles that usually take what is handed over here.
    static func all(
        _ sight: ModelSight, _ context: ReadContext, usually positions: Set<String> = []
    ) throws -> [Colleague] {
        let roles = Dictionary(sight.model.roles.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
        return try context.ask(Colleagues()).map { person in
            Colleague(
                id: person.id, name: person.name,
                role: person.roles.compactMap { roles[$0]?[context.actor.language] }.joined(separator: "、"),
                awayUntil: person.awayUntil, standIn: person.standIn, open: person.open, late: person.late,
                isUsual: !positions.isDisjoint(with: person.roles))
        }
    }
}

/// One record's whole way.
struct RelayMapSheet: Question {
    let object: String
    let record: RecordID

    func answer(in context: ReadContext) throws -> RelayDetail {
        let sight = try context.ask(VisibleModel())
        _ = try RelayProcess.of(object, sight)
        guard let detail = try RelayDetail.find(object, record, sight, context) else { throw Rejection.noSuchPath }
        return detail
    }
}

/// Which process an object runs in.
enum RelayProcess {
    /// - Throws: that there is no such page, for an object that runs in none or that the reader may not read.
    static func of(_ object: String, _ sight: ModelSight) throws(Rejection) -> ProcessDefinition {
        guard sight.canRead(object), let process = sight.model.processes.first(where: { $0.objects.contains(object) })
        else { throw .noSuchPath }
        return process
    }

    /// The object whose board is shown first: the one with the most legs of those that the reader may see.
    static func first(_ sight: ModelSight) -> String? {
        guard let process = sight.model.processes.first(where: { $0.objects.contains(where: sight.canRead) }) else {
            return nil
        }
        let readable = process.objects.filter(sight.canRead)
        let most = readable.map { process.legs(of: $0).count }.max()
        return readable.first { process.legs(of: $0).count == most }
    }
}

/// What the rows of a board are worth.
struct RelaySums: Sendable {
    /// In the house's currency.
    private(set) var base: [RecordID: ExactDecimal] = [:]
    /// As agreed, with its currency.
    private(set) var own: [RecordID: (amount: ExactDecimal, currency: String?)] = [:]

    /// Nothing when the board names no amount, or the reader may not see it. One statement.
    init(
        of board: RelaySheet, _ object: String, _ sight: ModelSight, _ context: ReadContext
    ) throws {
        guard !board.rows.isEmpty, let path = board.process.cards[object]?.amount, !path.contains("."),
            sight.readable(object).contains(path), let field = sight.model.object(object)?.field(path),
            case .money(let source) = field.type
        else { return }
        var columns = [path, path + ".base"]
        if case .record(let currency, _) = source, sight.readable(object).contains(currency) {
            columns.append(currency)
        }
        let ids = board.rows.map { "\"\($0.record)\"" }.joined(separator: ", ")
        let page = try context.ask(
            ListRecords(object: object, columns: columns, filters: ["id IN (\(ids))"], limit: 500))
        for row in page.rows {
            guard let amount = row[path].decimal else { continue }
            base[row.id] = row[path + ".base"].decimal ?? amount
            switch source {
            case .base: own[row.id] = (amount, sight.model.baseCurrency)
            case .own: own[row.id] = (amount, row[path + ".currency"].text)
            case .record(let currency, _): own[row.id] = (amount, row[currency].text)
            }
        }
    }
}
