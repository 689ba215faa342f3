import Definitions
import Kernel
import Values

/// How the house is kept: backups and number series.
extension Desk {
    func backup(_ rest: [String]) async throws -> Reply {
        guard rest.isEmpty else { throw Rejection.noSuchPath }
        guard !isPost else {
            do {
                _ = try await kernel.perform(Command(.house(.backUp)), as: actor)
                return done(Paths.backup, context[Label(zh: "已备份", en: "Backed up")])
            } catch let rejection as Rejection where rejection.kind == .unavailable {
                return done(Paths.backup, context[rejection.message], isError: true)
            }
        }
        let (frame, state) = try await ask(BackupState())
        let content = BackupPage(
            state: state, copiedAt: pages.site.settings.copy?()?.at, folder: kernel.backupFolder,
            mayBackUp: frame.sight.has("define"), now: kernel.now)
        return settingsPage(content, frame, title: context[Words.backup])
    }

    func numbers(_ rest: [String]) async throws -> Reply {
        guard rest.isEmpty else { throw Rejection.noSuchPath }
        guard isPost else { return try await numbersPage() }
        do {
            _ = try await kernel.perform(
                Command(
                    .house(
                        .raiseNumber(object: field("object"), field: field("field"), next: Int(field("next")) ?? 0))),
                as: actor)
            return done(Paths.numbers + "#n-" + field("object"), context[Words.saved])
        } catch let rejection as Rejection where rejection.kind == .invalid {
            let text = context[rejection.problems.first?.message ?? rejection.message]
            return try await numbersPage((field("object"), text), status: 422)
        }
    }

    private func numbersPage(_ problem: (object: String, text: String)? = nil, status: Int = 200) async throws -> Reply
    {
        let (frame, all) = try await ask(NumberStandings())
        let eyes = presentation(frame)
        let series = all.map { each in
            NumbersPage.Series(
                object: each.object, field: each.field,
                name: eyes.model.object(each.object).map { eyes.say($0.label) } ?? each.object, pattern: each.pattern,
                next: each.next, preview: each.preview, gapless: each.gapless)
        }
        let content = NumbersPage(series: series, problem: problem, typed: field("next"))
        return settingsPage(content, frame, title: context[Words.numbers], status: status)
    }
}
