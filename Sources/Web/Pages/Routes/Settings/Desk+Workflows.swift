import Definitions
import Foundation
import Kernel
import Values

/// Workflows in the settings: brought in, looked at, retired, their runs migrated.
extension Desk {
    func workflows(_ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, isPost) {
        case (nil, _, false): return try await workflowList()
        case ("bring"?, 1, false): return try await bringPage(BringForm(key: exchange[query: "key"] ?? ""))
        case ("bring"?, 1, true): return try await bring()
        case (let key?, 1, false): return try await workflowPage(key)
        case (let key?, 2, false) where rest[1] == "file": return try await workflowFile(key)
        case (let key?, 2, true) where rest[1] == "retire": return try await retireWorkflow(key)
        case (let key?, 2, _) where rest[1] == "migrate": return try await workflowMigration(key)
        default: throw Rejection.noSuchPath
        }
    }

    private func workflowList() async throws -> Reply {
        let (frame, rows) = try await ask(WorkflowList())
        let eyes = presentation(frame)
        let content = WorkflowsPage(
            rows: rows.map { row in
                WorkflowsPage.Row(
                    key: row.key, name: row.name, object: WorkflowWords(eyes: eyes).object(row.object),
                    number: row.number, isInForce: row.isInForce, running: row.running, done: row.done,
                    cancelled: row.cancelled, since: context.format.instant(row.createdAt))
            }, mayDefine: frame.sight.has("define"))
        return settingsPage(content, frame, title: context[Words.workflows])
    }

    private func workflowFile(_ key: String) async throws -> Reply {
        let (name, bytes) = try await kernel.answer(WorkflowFileOf(key), as: actor)
        return Reply(
            headers: [
                ("content-type", "application/octet-stream"), ("cache-control", "private, no-store"),
                ("content-disposition", "attachment; filename*=UTF-8''" + Paths.encoded(name)),
            ], body: .bytes(bytes))
    }

    private func retireWorkflow(_ key: String) async throws -> Reply {
        _ = try await kernel.perform(Command(.workflow(.retire(key: key))), as: actor)
        return done(
            Paths.workflow(key),
            context[Label(zh: "已停用，不再启动新的", en: "Retired: no new run begins")])
    }

    private func workflowPage(_ key: String) async throws -> Reply {
        let (frame, detail) = try await ask(WorkflowOf(key))
        return settingsPage(
            WorkflowWords(eyes: presentation(frame)).page(detail), frame, title: detail.summary.name,
            crumbs: [Shell.Crumb(text: context[Words.workflows], url: Paths.workflows)])
    }

    // MARK: Bringing in

    /// The form of bringing in, as it was sent.
    private struct BringForm {
        var kept: SentFile?
        var key = ""
        var object = ""
        var process = ""
        var lanes: [String: String] = [:]
    }

    private func bring() async throws -> Reply {
        var form = BringForm(
            key: field("key").trimmingSpaces, object: field("object"), process: field("process").trimmingSpaces)
        for (name, value) in fields where name.hasPrefix("lane.") && !value.isEmpty {
            form.lanes[String(name.dropFirst("lane.".count))] = value
        }
        form.kept = sentFile
        guard let kept = form.kept else {
            return try await bringPage(
                form, error: context[Label(zh: "先选一个 BPMN 文件", en: "Choose a BPMN file first")], status: 422)
        }
        let file = WorkflowFile(
            bytes: kept.bytes, key: form.key.isEmpty ? nil : form.key,
            process: form.process.isEmpty ? nil : form.process,
            object: form.object.isEmpty ? nil : form.object, lanes: form.lanes)
        let isTrial = field("do") != "bring"
        do {
            let outcome = try await kernel.perform(Command(.workflow(.bring(file)), dryRun: isTrial), as: actor)
            if !isTrial {
                let key = outcome.workflow?.report?.key ?? form.key
                return done(Paths.workflow(key), context[Label(zh: "已导入并启用", en: "Brought in and in force")])
            }
            return try await bringPage(form, report: outcome.workflow?.report)
        } catch let rejection as Rejection where [.invalid, .conflict, .malformed, .tooLarge].contains(rejection.kind) {
            let reasons = rejection.problems.prefix(12).map { context[$0.message] }
            let text = ([context[rejection.message]] + reasons).joined(separator: " · ")
            // What can't run is shown with what becomes of each part.
            let report =
                isTrial || rejection.code != "workflow_not_runnable"
                ? nil
                : try await kernel.perform(Command(.workflow(.bring(file)), dryRun: true), as: actor).workflow?.report
            return try await bringPage(form, report: report, error: text, status: 422)
        }
    }

    private func bringPage(
        _ form: BringForm, report: WorkflowReport? = nil, error: String? = nil, status: Int = 200
    ) async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        guard frame.sight.has("define") else { throw Rejection.notForThisRole }
        let eyes = presentation(frame)
        let words = WorkflowWords(eyes: eyes)
        var content = BringWorkflowPage(
            objects: frame.sight.objects.filter { $0.parent == nil && !$0.isSetting && !$0.retired }
                .map { FieldControl.Choice($0.id, eyes.say($0.label)) },
            holders: words.holders(of: form.object))
        content.kept = form.kept
        content.key = form.key
        content.object = form.object
        content.process = form.process
        content.report = report.map { words.report($0, chosen: form.lanes) }
        content.error = error
        return settingsPage(
            content, frame, title: context[Words.bringWorkflow],
            crumbs: [Shell.Crumb(text: context[Words.workflows], url: Paths.workflows)], status: status)
    }
}
