import Definitions
import Flow
import Store
import Values

/// What a time limit of a run does when its time has come, and what the end of a record does to its runs.
struct WorkflowRinging {
    let context: ReadContext
    let ids: IDSource

    /// - Returns: the sequence number of its event; nil when the run is over or the limit gone.
    func ring(_ timer: TimerEntry) throws -> Int64? {
        guard let number = Int(timer.rung), let run = try WorkflowRuns(context.connection).find(timer.record),
            run.status == "running", let entry = try Workflows(context.connection).find(run.workflow)
        else { return nil }
        let writer = writer(reason: entry.name)
        let loaded = try context.snapshot.workflows.load(entry, on: context.connection)
        var runner = try WorkflowRunner(run, by: loaded, writer: writer)
        let name = runner.name(ofTimer: number)
        guard let name else { return nil }
        do {
            let sequence = try runner.log("timer", name)
            try context.connection.savepoint { try runner.move(.fired(timer: number)) }
            return max(sequence, runner.sequence)
        } catch let rejection as Rejection {
            // The way out of the limit can't be gone: that is told, and the task goes on.
            let plain = try WorkflowRunner(run, by: loaded, writer: writer)
            try plain.tell(
                run.startedBy,
                Label(
                    zh: "流程“\(entry.name)”的时限“\(name)”到了，但走不下去：\(rejection.message.zh)",
                    en: "The limit “\(name)” of “\(entry.name)” has come, but it can't go on: \(rejection.message.en)"))
            return try plain.log(
                "failed", name + " · " + rejection.message.zh + " / " + name + " · " + rejection.message.en)
        }
    }

    /// The record is gone: what runs on it ends. One statement when nothing runs.
    func cancelAll(on record: RecordID) throws {
        for run in try WorkflowRuns(context.connection).of(record, limit: 100) where run.status == "running" {
            guard let entry = try Workflows(context.connection).find(run.workflow) else { continue }
            let loaded = try context.snapshot.workflows.load(entry, on: context.connection)
            var runner = try WorkflowRunner(run, by: loaded, writer: writer(reason: entry.name))
            try runner.cancel(context.actor.language == .zh ? "记录已删除" : "The record was deleted")
        }
    }

    private func writer(reason: String) -> RecordWriter {
        RecordWriter(
            context: context, ids: ids, command: Command(.bulk([], atomic: true), reason: reason),
            commandID: ids.next(context.now))
    }
}
