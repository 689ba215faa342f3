import Definitions
import Expressions
import Flow
import Store
import Values

extension RecordWriter {
    /// Hands the baton on when a record's change leaves its leg: ends the run of that leg, begins the next one, sets
    /// its clock and tells who takes it. No statement for an object without a relay, or when nothing that legs ask
    /// has changed.
    func passBaton(
        _ definition: ObjectDefinition, before: RecordState?, after: RecordState?, kind: String
    ) throws {
        guard let newest = context.snapshot.processes.current(of: definition.id), let machine = definition.states,
            let id = after?.id ?? before?.id
        else { return }
        func leg(_ state: RecordState?, _ process: ProcessDefinition) -> LegDefinition? {
            guard let state, let code = state[machine.field].text else { return nil }
            return process.leg(of: definition.id, in: code, record: state, context.evaluation)
        }
        let (from, to) = (leg(before, newest.process), leg(after, newest.process))
        let isSameState = before?[machine.field] == after?[machine.field]
        let runner = LegRunner(writer: self, definition: definition, state: after, before: before)
        if isSameState, from?.id == to?.id {
            guard let to, let before, let after, to.names(before) != to.names(after) else { return }
            return try runner.follow(id)
        }
        if before == nil, to == nil { return }
        let current = before == nil ? nil : try Legs(context.connection).current(of: id)
        let version =
            try current.flatMap {
                try context.snapshot.processes.version($0.version, of: definition.id, on: context.connection)
            } ?? newest
        let next = leg(after, version.process)
        if let current, current.leg == next?.id { return }
        if let current {
            try runner.end(current, kind: kind, hasNext: next != nil)
        }
        if let next {
            try runner.begin(
                next, of: version, after: current, cameFrom: before?[machine.field].text)
        }
    }

    /// Hands the baton on when what others did to a record's sums leaves its leg, such as the order that a proforma
    /// invoice has become. No statement unless the leg changes.
    func passDerivedBaton(
        _ definition: ObjectDefinition, _ id: RecordID, before: [String: Value], after: [String: Value]
    ) throws {
        guard let process = context.snapshot.processes.current(of: definition.id)?.process,
            let machine = definition.states,
            process.legs(of: definition.id).contains(where: { $0.condition != nil })
        else { return }
        let states = [before, after].map { RecordState(object: definition.id, id: id, values: $0) }
        let legs = states.map { state in
            state[machine.field].text.flatMap {
                process.leg(of: definition.id, in: $0, record: state, context.evaluation)?.id
            }
        }
        guard legs[0] != legs[1] else { return }
        try passBaton(definition, before: states[0], after: states[1], kind: "derived")
    }
}

extension LegDefinition {
    /// The people whom the record itself names for the leg, in order.
    func names(_ state: RecordState) -> [RecordID] { holders.compactMap { state[$0].record } }
}
