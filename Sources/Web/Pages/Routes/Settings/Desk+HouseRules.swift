import Definitions
import Kernel
import Values

/// Rules: read as sentences, switched on and off, tried on a record, done again.
extension Desk {
    func houseRules(_ rest: [String]) async throws -> Reply {
        switch (rest.count, rest.last, isPost) {
        case (0, _, false): return try await rulesPage()
        case (3, "on"?, true), (3, "off"?, true): return try await switchRule(rest[0], rest[1], on: rest[2] == "on")
        case (3, "try"?, true): return try await tryRule(rest[0], rest[1])
        case (3, "replay"?, true) where rest[0] == "runs":
            guard let id = RecordID(rest[1]) else { throw Rejection.noSuchPath }
            return try await replay(id)
        default: throw Rejection.noSuchPath
        }
    }

    private func switchRule(_ object: String, _ id: String, on: Bool) async throws -> Reply {
        let rules = try await kernel.answer(HouseRules(), as: actor)
        guard let rule = rules.first(where: { $0.object == object && $0.id == id }) else { throw Rejection.noSuchPath }
        let target = Paths.rules + "#rule-" + object + "-" + id
        do {
            let change = RuleDefinition.switching(id, label: rule.label, of: object, on: on)
            _ = try await kernel.perform(Command(.define([change])), as: actor)
        } catch let rejection as Rejection where [.invalid, .conflict].contains(rejection.kind) {
            return done(target, context[rejection.problems.first?.message ?? rejection.message], isError: true)
        }
        return done(
            target,
            context[on ? Label(zh: "规则已打开", en: "The rule is on") : Label(zh: "规则已关掉", en: "The rule is off")])
    }

    private func replay(_ id: RecordID) async throws -> Reply {
        do {
            _ = try await kernel.perform(Command(.rules(.replay(id))), as: actor)
            return done(Paths.rules + "#runs", context[Label(zh: "已做", en: "Done")])
        } catch let rejection as Rejection where rejection.kind == .conflict {
            return done(Paths.rules + "#runs", context[rejection.message], isError: true)
        }
    }

    /// A rule that is done by hand, on a record.
    func askRule(_ object: String, _ id: RecordID, _ rule: String) async throws -> Reply {
        let here = Paths.record(object, id.description)
        do {
            _ = try await kernel.perform(
                Command(.rules(.run(object: object, id: id, rule: rule, byProgram: false))), as: actor)
            return done(here, context[Label(zh: "规则已执行", en: "The rule has acted")])
        } catch let rejection as Rejection where rejection.kind == .conflict || rejection.kind == .forbidden {
            return done(here, context[rejection.message], isError: true)
        }
    }

    private func tryRule(_ object: String, _ id: String) async throws -> Reply {
        guard let record = RecordID(field("record")) else {
            let problem = context[Label(zh: "请从列表里选一条记录", en: "Choose a record from the list")]
            return try await rulesPage(trial: Trial(object: object, rule: id, problem: problem), status: 422)
        }
        var trial = Trial(object: object, rule: id, record: record)
        do {
            let outcome = try await kernel.perform(
                Command(.rules(.rehearse(object: object, id: record, rule: id)), dryRun: true), as: actor)
            trial.outcome = outcome.warnings.first
        } catch let rejection as Rejection where rejection.kind == .missing {
            trial.problem = context[Label(zh: "没有这条记录，或规则已关", en: "There is no such record, or the rule is off")]
        }
        return try await rulesPage(trial: trial, status: trial.problem == nil ? 200 : 422)
    }

    /// What was tried just now.
    private struct Trial {
        let object: String
        let rule: String
        var record: RecordID?
        var outcome: Problem?
        var problem: String?
    }

    private func rulesPage(trial: Trial? = nil, status: Int = 200) async throws -> Reply {
        let wanted = exchange[query: "result"].flatMap { result in
            RulesPage.results.contains { $0.0 == result } && !result.isEmpty ? result : nil
        }
        let (frame, sheet) = try await ask(
            RulesSheet(result: wanted, tried: trial.flatMap { trial in trial.record.map { (trial.object, $0) } }))
        let eyes = presentation(frame)
        let words = RuleWords(eyes: eyes)
        var groups: [RulesPage.Group] = []
        for object in eyes.model.liveObjects {
            let own = sheet.rules.filter { $0.object == object.id }
            if own.isEmpty { continue }
            let rules = own.map { rule in
                var shown = words.rule(rule)
                if let trial, trial.object == rule.object, trial.rule == rule.id {
                    shown.problem = trial.problem
                    if let record = trial.record {
                        shown.tried = FieldControl.Linked(id: record.description, title: sheet.triedTitle ?? "—")
                    }
                    shown.said = trial.outcome.map { outcome in
                        let lead = outcome.code == "done" ? eyes.say(Label(zh: "会：", en: "It would: ")) : ""
                        return (
                            outcome.code == "done" ? .ok : outcome.code == "failed" ? .bad : .info,
                            lead + context[outcome.message]
                        )
                    }
                }
                return shown
            }
            groups.append(
                RulesPage.Group(
                    object: object.id, label: eyes.say(object.label), icon: object.icon, rules: rules))
        }
        let content = RulesPage(
            groups: groups, runs: sheet.runs.map { words.run($0, titles: sheet.titles, rules: sheet.rules) },
            only: wanted, mayDefine: frame.sight.has("define"))
        return settingsPage(content, frame, title: context[Words.houseRules], status: status)
    }
}

/// The rules with the last of what they did, and the names of those records as far as the reader may see them.
struct RulesSheet: Question {
    let result: String?
    let tried: (object: String, id: RecordID)?

    struct Answer: Sendable {
        let rules: [HouseRules.Rule]
        let runs: [RuleHistory.Run]
        let titles: [RecordID: String]
        let triedTitle: String?
    }

    func answer(in context: ReadContext) throws -> Answer {
        let rules = try context.ask(HouseRules())
        let runs = try context.ask(RuleHistory(result: result, limit: 40))
        var titles: [RecordID: String] = [:]
        for (object, own) in Dictionary(grouping: runs, by: \.object) {
            for id in Set(own.map(\.record)) { titles[id] = try Self.title(object, id, context) }
        }
        return Answer(
            rules: rules, runs: runs, titles: titles,
            triedTitle: try tried.flatMap { try Self.title($0.object, $0.id, context) })
    }

    private static func title(_ object: String, _ id: RecordID, _ context: ReadContext) throws -> String? {
        do {
            return try context.ask(ShowRecord(object: object, id: id, withLines: false)).title
        } catch let rejection as Rejection where rejection.kind == .missing {
            return nil
        }
    }
}
