import Access
import Calendars
import Definitions
import Expressions
import Flow
import Store
import Synchronization
import Values

/// A model with everything that is compiled from it once: formula orders, access per subject, the timeline's links.
final class Snapshot: Sendable {
    let model: Model
    let overlay: Overlay
    let packs: PackSet
    let functions: [ExternalFunction]
    let holidays: HolidayTable
    /// Object → formulas in order.
    let orders: [String: [FormulaStep]]
    /// Object → the link field whose target's timeline shows this object's events.
    let subjects: [String: String]
    /// Target object → rollup fields that read this object, as (holder, field, via).
    let rollups: [String: [RollupPlace]]
    /// Object → what its expressions read of linked records.
    let needs: [String: Needs]
    /// Object → every live field that stands in the object's own table.
    let ownPaths: [String: [FieldPath]]
    /// Objects with an amount whose exchange rate is kept.
    let locksRates: Set<String>
    /// Objects with a formula that reads a roll-up.
    let formulasReadRollups: Set<String>
    /// Relays in force, and those that records still run by.
    let processes: ProcessBook
    let kept = KeptTables()
    let workflows = WorkflowBook()
    let tables: ObjectTables
    /// Object → its clocks, but for those whose limit a leg of a process measures.
    let clocks: [String: [ClockDefinition]]
    /// Object → the clocks of others that its new records end or start anew.
    let answers: [String: [AnswerPlace]]
    private let known = Mutex<[Subject: Rights]>([:])

    struct RollupPlace: Sendable {
        let holder: String
        let field: FieldDefinition
        let rollup: Rollup
    }

    struct AnswerPlace: Sendable {
        /// The object whose clock it is.
        let holder: String
        let clock: ClockDefinition
        let via: String
        let restarts: Bool
    }

    init(
        model: Model, overlay: Overlay, packs: PackSet, functions: [ExternalFunction], holidays: HolidayTable
    ) {
        self.model = model
        self.overlay = overlay
        self.packs = packs
        self.functions = functions
        self.holidays = holidays
        var orders: [String: [FormulaStep]] = [:]
        var subjects: [String: String] = [:]
        var rollups: [String: [RollupPlace]] = [:]
        var needs: [String: Needs] = [:]
        var reading: Set<String> = []
        var ownPaths: [String: [FieldPath]] = [:]
        let legs = model.processes.flatMap(\.legs)
        var clocks: [String: [ClockDefinition]] = [:]
        var answers: [String: [AnswerPlace]] = [:]
        for object in model.liveObjects {
            needs[object.id] = Needs(object, model: model)
            ownPaths[object.id] = object.liveFields.filter(\.hasColumns).map { FieldPath([$0.id]) }
            let rolled = Set(object.liveFields.filter { $0.rollup != nil }.map(\.id))
            let read = object.liveFields.flatMap { $0.formula?.fieldPaths ?? [] }
            if read.contains(where: { rolled.contains($0.first) }) { reading.insert(object.id) }
            let measured = Set(legs.filter { $0.object == object.id }.compactMap { $0.clock?.rule })
            let own = object.clocks.filter { !measured.contains($0.rule) }
            if !own.isEmpty { clocks[object.id] = own }
            for clock in own {
                for (place, restarts) in clock.answered.map({ ($0, false) }) + clock.restarted.map({ ($0, true) }) {
                    answers[place.object, default: []].append(
                        AnswerPlace(holder: object.id, clock: clock, via: place.via, restarts: restarts))
                }
            }
            orders[object.id] = model.formulaOrder(of: object.id)
            for list in object.related where subjects[list.object] == nil { subjects[list.object] = list.via }
            for field in object.liveFields {
                guard let rollup = field.rollup else { continue }
                rollups[rollup.object, default: []].append(RollupPlace(holder: object.id, field: field, rollup: rollup))
            }
        }
        self.needs = needs
        self.clocks = clocks
        self.answers = answers
        self.ownPaths = ownPaths
        tables = ObjectTables(model)
        processes = ProcessBook(model: model, functions: functions)
        formulasReadRollups = reading
        locksRates = Set(model.liveObjects.filter { $0.liveFields.contains(where: \.locksRate) }.map(\.id))
        self.orders = orders
        self.subjects = subjects
        self.rollups = rollups
    }

    /// What the actor may do; compiled at the first use by a subject and kept as long as the model.
    func access(of actor: Actor) -> AccessTable { rights(of: actor).access }

    func rights(of actor: Actor) -> Rights {
        let subject =
            actor.isSystem
            ? Subject.system
            : Subject(user: actor.userID, roles: actor.roles, departments: actor.departments, regions: actor.regions)
        if let rights = known.withLock({ $0[subject] }) { return rights }
        let rights = Rights(AccessCompiler.compile(model: model, subject: subject))
        known.withLock { known in
            // A few thousand people at most; an unusual number of different subjects starts the memory anew.
            if known.count > 5000 { known = [:] }
            known[subject] = rights
        }
        return rights
    }
}
