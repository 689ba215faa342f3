import Definitions
import Kernel
import Values

/// Runs of workflows: started on a record, looked at, their tasks done.
extension Desk {
    func workflowRuns(_ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, isPost) {
        case ("start"?, 1, true): return try await startWorkflow()
        case (let text?, 1, false): return try await runPage(try runID(text))
        case (let text?, 2, true) where rest[1] == "cancel": return try await cancelRun(try runID(text))
        case (let text?, 4, true) where rest[1] == "tasks": return try await doTask(try runID(text), rest[2], rest[3])
        default: throw Rejection.noSuchPath
        }
    }

    private func runID(_ text: String) throws(Rejection) -> RecordID {
        guard let id = RecordID(text) else { throw .noSuchPath }
        return id
    }

    private func startWorkflow() async throws -> Reply {
        let record = RecordID(field("id")).map { RecordReference(object: field("object"), id: $0) }
        let here = record.map { Paths.record($0.object, $0.id.description) } ?? Paths.day
        do {
            let key = field("idempotency-key")
            let outcome = try await kernel.perform(
                Command(
                    .workflow(.start(workflow: field("workflow"), record: record)),
                    idempotencyKey: key.isEmpty ? nil : key), as: actor)
            guard let run = outcome.workflow?.run else { throw Rejection.noSuchPath }
            return done(Paths.workflowRun(run.description), context[Label(zh: "流程已启动", en: "The workflow has started")])
        } catch let rejection as Rejection where [.conflict, .invalid, .forbidden].contains(rejection.kind) {
            return done(
                here,
                ([rejection.message] + rejection.problems.prefix(2).map(\.message)).map { context[$0] }.joined(
                    separator: " · "), isError: true)
        }
    }

    private func cancelRun(_ run: RecordID) async throws -> Reply {
        do {
            _ = try await kernel.perform(
                Command(.workflow(.cancel(run: run, reason: field("reason").trimmingSpaces))), as: actor)
            return done(Paths.workflowRun(run.description), context[Label(zh: "实例已取消", en: "The run is cancelled")])
        } catch let rejection as Rejection where [.conflict, .invalid].contains(rejection.kind) {
            return try await runPage(run, error: context[rejection.message], status: 422)
        }
    }

    private func doTask(_ run: RecordID, _ text: String, _ verb: String) async throws -> Reply {
        let task = try runID(text)
        let command: WorkflowCommand
        let said: Label
        switch verb {
        case "take": (command, said) = (.take(task: task), Label(zh: "已领取", en: "It is yours"))
        case "put-back":
            (command, said) = (.putBack(task: task), Label(zh: "已放回，别人可以领", en: "Put back; others may take it"))
        case "complete": return try await completeTask(run, task)
        case "give-back":
            (command, said) = (
                .giveBack(task: task, to: field("to"), reason: field("reason").trimmingSpaces),
                Label(zh: "已退回", en: "Given back")
            )
        default: throw Rejection.noSuchPath
        }
        do {
            _ = try await kernel.perform(Command(.workflow(command)), as: actor)
            return done(taskBack(run), context[said])
        } catch let rejection as Rejection where [.conflict, .invalid, .forbidden, .stale].contains(rejection.kind) {
            let text = ([rejection.message] + rejection.problems.prefix(2).map(\.message)).map { context[$0] }
            return try await runPage(
                run, error: text.joined(separator: " · "), status: rejection.kind == .forbidden ? 403 : 422)
        }
    }

    private func taskBack(_ run: RecordID) -> String {
        field("back").isEmpty ? Paths.workflowRun(run.description) : Pages.local(field("back"))
    }

    /// Completes a task with the fields of the record that its form has; what is refused is said at the field.
    private func completeTask(_ run: RecordID, _ task: RecordID) async throws -> Reply {
        let note = field("note").trimmingSpaces
        let typed = fields.filter { $0.name.hasPrefix(WorkflowTaskForms.prefix) }.map {
            (name: String($0.name.dropFirst(WorkflowTaskForms.prefix.count)), value: $0.value)
        }
        do {
            var completion = WorkflowDone(note: note)
            if !typed.isEmpty {
                let (frame, sheet) = try await ask(WorkflowRunSheet(run: run))
                if let record = sheet.record, let definition = frame.sight.model.object(record.object) {
                    completion.values = try WorkflowTaskForms.draft(
                        typed, record, definition, context.format, frame.sight.model)
                    completion.expecting = version
                }
            }
            _ = try await kernel.perform(Command(.workflow(.complete(task: task, completion))), as: actor)
            return done(taskBack(run), context[Label(zh: "任务完成", en: "Done")])
        } catch let rejection as Rejection where [.conflict, .invalid, .forbidden, .stale].contains(rejection.kind) {
            let message = context[rejection.kind == .stale ? Words.stale : rejection.message]
            let refused = WorkflowTaskForms.Refused(
                task: task, message: message, problems: rejection.problems, note: note, typed: typed)
            return try await runPage(
                run, error: rejection.problems.isEmpty ? message : nil, refused: refused,
                status: rejection.kind == .forbidden ? 403 : rejection.kind == .stale ? 409 : 422)
        }
    }

    private func runPage(
        _ run: RecordID, error: String? = nil, refused: WorkflowTaskForms.Refused? = nil, status: Int = 200
    ) async throws -> Reply {
        let (frame, sheet) = try await ask(WorkflowRunSheet(run: run))
        let detail = sheet.detail
        let eyes = presentation(frame)
        var shown = refused
        if let typed = refused?.typed, let definition = sheet.record.flatMap({ eyes.model.object($0.object) }) {
            let links = FormComposition(
                eyes: eyes, definition: definition, values: FormValues(posted: typed, definition: definition),
                record: sheet.record)
            shown?.titles = try await kernel.answer(NamesOf(wanted: links.linksWithoutNames()), as: actor)
        }
        let forms = WorkflowTaskForms(
            eyes: eyes, record: sheet.record, refused: shown, open: exchange[query: "task"].flatMap { RecordID($0) })
        var content = WorkflowWords(eyes: eyes).run(detail, forms: forms)
        content.error = error
        let crumbs = detail.run.object.map { object in
            [
                Shell.Crumb(
                    text: frame.sight.model.object(object).map { eyes.say($0.plural) } ?? object,
                    url: Paths.list(object)),
                Shell.Crumb(text: detail.run.title ?? detail.run.name, url: content.recordURL),
            ]
        }
        return page(
            content, frame, title: content.title, place: detail.run.object,
            crumbs: (crumbs ?? []) + [Shell.Crumb(text: detail.run.name, url: nil)],
            backURL: content.recordURL ?? Paths.day, scripts: ["settings.js", "combobox.js"],
            status: status)
    }
}
