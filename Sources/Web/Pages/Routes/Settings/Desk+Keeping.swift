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
        let (frame, state) = try await ask(BackupState(folder: kernel.backupFolder))
        let content = BackupPage(
            state: state, copiedAt: pages.site.settings.copy?()?.at,
            mayBackUp: frame.sight.has("define") && kernel.backupFolder != nil, now: kernel.now)
        return settingsPage(content, frame, title: context[Words.backup])
    }

    func numbers(_ rest: [String]) async throws -> Reply {
        if rest == ["pattern"], isPost { return try await changePattern() }
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

    /// What the pattern would give, or the pattern itself.
    private func changePattern() async throws -> Reply {
        let (object, field, pattern) = (field("object"), self.field("field"), self.field("pattern"))
        do {
            guard self.field("do") == "save" else {
                let preview = try await kernel.answer(
                    PreviewSeries(object: object, field: field, pattern: pattern), as: actor)
                return try await numbersPage(changing: (object + "." + field, pattern, preview, nil))
            }
            let command = HouseCommand.setPattern(object: object, field: field, pattern: pattern)
            _ = try await kernel.perform(Command(.house(command)), as: actor)
            return done(
                Paths.numbers + "#n-" + object,
                context[Label(zh: "规则已改，新的号照它编", en: "New numbers follow the new pattern")])
        } catch let rejection as Rejection where rejection.kind == .invalid {
            let text = context[rejection.problems.first?.message ?? rejection.message]
            return try await numbersPage(status: 422, changing: (object + "." + field, pattern, nil, text))
        }
    }

    private typealias Changing = (series: String, pattern: String, preview: PreviewSeries.Answer?, problem: String?)

    private func change(_ series: [NumbersPage.Series], _ changing: Changing?) -> NumbersPage.Change? {
        let wanted = changing?.series ?? exchange[query: "series"] ?? ""
        guard let found = series.first(where: { $0.object + "." + $0.field == wanted }) else { return nil }
        return NumbersPage.Change(
            series: found, pattern: changing?.pattern ?? found.pattern, preview: changing?.preview?.numbers ?? [],
            taken: changing?.preview?.taken ?? 0, hasPlace: changing?.preview?.places.isEmpty == false,
            problem: changing?.problem)
    }

    private func numbersPage(
        _ problem: (object: String, text: String)? = nil, status: Int = 200, changing: Changing? = nil
    ) async throws -> Reply {
        let (frame, all) = try await ask(NumberStandings())
        let eyes = presentation(frame)
        let series = all.map { each in
            NumbersPage.Series(
                object: each.object, field: each.field,
                name: eyes.model.object(each.object).map { eyes.say($0.label) } ?? each.object, pattern: each.pattern,
                next: each.next, preview: each.preview, gapless: each.gapless)
        }
        let content = NumbersPage(
            series: series, problem: problem, typed: field("next"), change: change(series, changing))
        return settingsPage(content, frame, title: context[Words.numbers], status: status)
    }
}
