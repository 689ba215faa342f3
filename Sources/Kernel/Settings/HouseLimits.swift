import Access
package import Definitions
import Store
import Values

/// The company's limits, what each measures, and how many run now.
package struct HouseLimits: Question {
    /// A clock of an object or a leg of a process that a limit measures.
    package struct Use: Sendable {
        package let object: String
        package let label: Label
        /// The process whose leg it is; nil for a clock.
        package let process: String?
    }

    package struct Limit: Sendable {
        package let record: RecordView
        package let uses: [Use]
        package let running: Int
        package let late: Int
        package let paused: Int
    }

    package struct Answer: Sendable {
        package let limits: [Limit]
        package let mayEdit: Bool
        /// Whether the house's figures are shown; without them all are 0.
        package let showsFigures: Bool
    }

    package init() {}

    static let object = "sla_rule"
    private static let columns = [
        "step", "zh", "en", "owner_role", "clock_start", "limit_value", "limit_unit", "clock", "warn_at", "escalate_1",
        "escalate_2", "active",
    ]

    /// For whoever may read the limits; figures for whoever may change them or audit. Three statements.
    ///
    /// - Throws: the rejection `not_found` for others.
    package func answer(in context: ReadContext) throws -> Answer {
        _ = try context.object(Self.object)
        let grant = context.access.grant(Self.object)
        let mayEdit = grant.actions.contains("update")
        let showsFigures = mayEdit || context.access.has("audit") || context.access.has("define")
        let rows = try context.ask(
            ListRecords(
                object: Self.object, columns: Self.columns.filter(grant.readable.contains),
                sort: [SortKey(path: "step", descending: false)], limit: 500)
        ).rows
        let uses = Self.uses(context.model)
        let figures = showsFigures ? try figures(context) : [:]
        return Answer(
            limits: rows.map { row in
                let step = row["step"].text ?? ""
                let tally = figures[step] ?? RunningTally(running: 0, late: 0, paused: 0)
                return Limit(
                    record: row, uses: uses[step] ?? [], running: tally.running, late: tally.late, paused: tally.paused)
            }, mayEdit: mayEdit, showsFigures: showsFigures)
    }

    /// Step → what it measures. A clock that a leg of the same object measures is left to the leg.
    private static func uses(_ model: Model) -> [String: [Use]] {
        var out: [String: [Use]] = [:]
        var measured: Set<String> = []
        for process in model.processes {
            for leg in process.legs {
                guard let clock = leg.clock else { continue }
                measured.insert(leg.object + " " + clock.rule)
                out[clock.rule, default: []].append(Use(object: leg.object, label: leg.label, process: process.id))
            }
        }
        for object in model.liveObjects {
            for clock in object.clocks where !measured.contains(object.id + " " + clock.rule) {
                out[clock.rule, default: []].append(Use(object: object.id, label: clock.label, process: nil))
            }
        }
        return out
    }

    private func figures(_ context: ReadContext) throws -> [String: RunningTally] {
        try context.connection.beyondSight {
            var out = try RunningClocks(context.connection).tallies(at: context.now)
            for row in try Legs(context.connection).tallies(at: context.now) {
                guard let step = context.model.process(row.process)?.leg(row.leg)?.clock?.rule else { continue }
                let known = out[step] ?? RunningTally(running: 0, late: 0, paused: 0)
                out[step] = RunningTally(
                    running: known.running + row.tally.running, late: known.late + row.tally.late,
                    paused: known.paused + row.tally.paused)
            }
            return out
        }
    }
}
