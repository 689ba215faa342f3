import Definitions
import Foundation
import Kernel
import Values

/// The level table of one approval: what is in force, its versions as files, and a DMN file that comes in.
extension Desk {
    func levelFiles(_ tail: [String]) async throws -> Reply {
        guard let key = ApprovalKey(tail[0]) else { throw Rejection.noSuchPath }
        switch (tail.count, tail.last, isPost) {
        case (1, _, false): return try await levelFilePage(LevelForm(key: key))
        case (2, "file", false): return try await levelFile(key)
        case (2, "bring", true): return try await bringLevels(key)
        case (2, "retire", true):
            _ = try await kernel.perform(Command(.levels(.takeOut(approval: key))), as: actor)
            return done(
                Paths.levels(key.description),
                context[Label(zh: "已停用；只按公司的审批级别", en: "Out of force; the company's limits decide")])
        default: throw Rejection.noSuchPath
        }
    }

    private func levelFile(_ key: ApprovalKey) async throws -> Reply {
        let version = exchange[query: "version"]
        let number = version.flatMap { Int($0) }
        guard version == nil || number != nil else { throw Rejection.noSuchPath }
        let text = try await kernel.answer(
            LevelFile(approval: key, source: number.map { .version($0) } ?? .limits), as: actor)
        let name = key.description + (number.map { "-v\($0)" } ?? "") + ".dmn"
        return Reply(
            headers: [
                ("content-type", "application/octet-stream"), ("cache-control", "private, no-store"),
                ("content-disposition", "attachment; filename=\"\(name)\""),
            ], body: .bytes(Array(text.utf8)))
    }

    /// The form of bringing in, as it was sent.
    private struct LevelForm {
        let key: ApprovalKey
        var kept: SentFile?
        var rehearsal: RehearseLevels.Answer?
        var error: String?
    }

    private func bringLevels(_ key: ApprovalKey) async throws -> Reply {
        var form = LevelForm(key: key)
        form.kept = sentFile
        guard let kept = form.kept else {
            form.error = context[Label(zh: "先选一个 DMN 文件", en: "Choose a DMN file first")]
            return try await levelFilePage(form, status: 422)
        }
        form.rehearsal = try await kernel.answer(RehearseLevels(approval: key, file: kept.bytes), as: actor)
        guard field("do") == "bring", form.rehearsal?.isFit == true else {
            return try await levelFilePage(form, status: form.rehearsal?.isFit == true ? 200 : 422)
        }
        do {
            let asked = field("idempotency-key")
            _ = try await kernel.perform(
                Command(
                    .levels(.bringIn(approval: key, file: kept.bytes)), idempotencyKey: asked.isEmpty ? nil : asked),
                as: actor)
            return done(Paths.levels(key.description), context[Label(zh: "已导入并启用", en: "Brought in and in force")])
        } catch let rejection as Rejection where [.invalid, .conflict].contains(rejection.kind) {
            form.error = context[rejection.message]
            return try await levelFilePage(form, status: 422)
        }
    }

    private func levelFilePage(_ form: LevelForm, status: Int = 200) async throws -> Reply {
        let (frame, answer) = try await ask(LevelsOf(approval: form.key))
        let mayChange = frame.sight.canCreate(LevelRules.object)
        if isPost, !mayChange { throw Rejection.notForThisRole }
        let eyes = presentation(frame)
        let object = frame.sight.model.object(form.key.object)
        let approval = object?.approvals.first { $0.id == form.key.approval }
        let title = [object.map { eyes.say($0.label) }, approval.map { eyes.say($0.label) }].compactMap(\.self)
            .joined(separator: " · ")
        var content = LevelFilePage(
            key: form.key.description, title: title,
            versions: answer.versions.map { version in
                LevelFilePage.Version(
                    number: version.number, name: version.name,
                    since: version.at.map { context.format.instant($0) } ?? "", isInForce: version.isInForce)
            },
            tables: answer.tables.map { table in
                LevelFilePage.Table(
                    name: eyes.say(table.title), policy: table.policy, columns: table.columns.map { eyes.say($0) },
                    rules: table.rules.map { $0.map { eyes.say($0) } })
            }, inputs: answer.inputs, mayChange: mayChange)
        content.kept = form.kept
        content.report = form.rehearsal.map { levelReport($0) }
        content.error = form.error
        return settingsPage(
            content, frame, title: title,
            crumbs: [Shell.Crumb(text: context[Words.houseLevels], url: Paths.levels)], backURL: Paths.levels,
            status: status)
    }

    private func levelReport(_ answer: RehearseLevels.Answer) -> LevelFilePage.Report {
        let (gone, come) = (
            answer.changes.count { $0.kind == .removed }, answer.changes.count { $0.kind == .added }
        )
        let against =
            answer.replaces.map { Label(zh: "与现行 V\($0) 相比", en: "against V\($0) in force") }
            ?? Label(zh: "与公司的审批级别相比", en: "against the company's limits")
        let lead: Label
        if !answer.isFit {
            let count = answer.findings.count(where: \.isError)
            lead = Label(
                zh: "还不能启用：\(count) 处要改", en: "It can't come into force yet: \(count) to mend")
        } else if answer.changes.isEmpty {
            lead = Label(
                zh: "可以启用；规则\(against.zh)没有变化", en: "It can come into force; the rules are the same \(against.en)")
        } else {
            lead = Label(
                zh: "可以启用；\(against.zh)：新增 \(come) 条规则，去掉 \(gone) 条",
                en: "It can come into force; \(against.en): \(come) rules come, \(gone) go")
        }
        return LevelFilePage.Report(
            lead: context[lead], isFit: answer.isFit,
            findings: answer.findings.map { finding in
                LevelFilePage.Finding(
                    line: finding.line, decision: finding.decision ?? "", text: context[finding.message],
                    isError: finding.isError)
            },
            changes: answer.changes.map {
                LevelFilePage.Change(decision: context[$0.title], isAdded: $0.kind == .added, text: context[$0.text])
            })
    }
}
