import Definitions
import Expressions
import Kernel
import Values

/// Rules as sentences in the reader's language.
struct RuleWords {
    let eyes: Presentation

    private var language: Language { eyes.language }
    private var house: HouseWords { HouseWords(model: eyes.model, language: language) }
    private var expressions: ExpressionWords { ExpressionWords(model: eyes.model, format: eyes.page.format) }
    private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    func rule(_ rule: HouseRules.Rule) -> RulesPage.Rule {
        var sentences: [(lead: Label, text: String, source: String)] = []
        if let definition = rule.definition {
            let triggers = definition.triggers.map { trigger($0, of: rule.object) }
            sentences.append((Label(zh: "当", en: "When"), triggers.joined(separator: say("，或", ", or ")), ""))
            if let condition = definition.condition {
                sentences.append((Label(zh: "如果", en: "If"), expressions.sentence(condition), condition.source))
            }
            for (place, effect) in definition.effects.enumerated() {
                let lead = place == 0 ? Label(zh: "就", en: "Then") : Label(zh: "再", en: "and")
                sentences.append((lead, self.effect(effect, of: rule.object), ""))
            }
        }
        return RulesPage.Rule(
            object: rule.object, id: rule.id, label: rule.label[language], isOn: rule.isOn, sentences: sentences,
            figures: figures(rule), hasFailed: rule.failed > 0)
    }

    private func figures(_ rule: HouseRules.Rule) -> String {
        guard let last = rule.lastAt else {
            return say("近 \(HouseRules.days) 天没有动过", "not in the last \(HouseRules.days) days")
        }
        var parts = [say("近 \(HouseRules.days) 天做过 \(rule.done) 次", "\(rule.done) times in \(HouseRules.days) days")]
        if rule.failed > 0 { parts.append(say("失败 \(rule.failed)", "\(rule.failed) failed")) }
        if rule.left > 0 { parts.append(say("没做 \(rule.left)", "\(rule.left) left out")) }
        parts.append(say("最近 ", "last ") + eyes.page.format.instant(last))
        return parts.joined(separator: " · ")
    }

    func trigger(_ trigger: RuleTrigger, of object: String) -> String {
        let definition = eyes.model.object(object)
        let field = { (id: String) in definition?.field(id)?.label[language] ?? id }
        switch trigger {
        case .created: return say("新建一条时", "one is made")
        case .changed(let fields) where fields.isEmpty: return say("有改动时", "anything changes")
        case .changed(let fields):
            let names = fields.map { "“" + field($0) + "”" }.joined(separator: say("、", " or "))
            return say("\(names)改变时", "\(names) changes")
        case .action(let id):
            let name =
                id == "assign"
                ? say("转给他人", "hand to another owner")
                : definition?.actions.first { $0.id == id }?.label[language] ?? id
            return say("做了“\(name)”", "“\(name)” is done")
        case .clock(let id, let rung):
            let name = definition?.clocks.first { $0.id == id }?.label[language] ?? id
            return say("时钟“\(name)”\(self.rung(rung))", "the clock “\(name)” \(self.rung(rung))")
        case .time(let id): return say("到了“\(field(id))”", "“\(field(id))” has come")
        case .manual: return say("有人手动执行", "somebody asks for it")
        case .webhook: return say("外部程序请求时", "a program outside asks for it")
        }
    }

    private func rung(_ id: String) -> String {
        switch id {
        case "warn": say("快到期", "is due soon")
        case "late": say("超时", "is late")
        default: say("升级", "escalates")
        }
    }

    func effect(_ effect: EffectDefinition, of object: String) -> String {
        switch effect {
        case .set(let sets): return say("把", "set ") + assignments(sets, of: object, equals: say(" 改为 ", " to "))
        case .create(let template):
            let name = eyes.model.object(template.object)?.label[language] ?? template.object
            let values = assignments(template.sets, of: template.object, equals: say("＝", " = "))
            return say("新建\(name)", "make a \(name.lowercased())") + (values.isEmpty ? "" : say("：", ": ") + values)
        case .assign(let way):
            let names: [AssignmentDefinition.Way: (String, String)] = [
                .roundRobin: ("轮流", "in turn"), .leastLoad: ("按在手最少", "to whoever has the fewest"),
                .territory: ("按区域", "by territory"),
            ]
            let name = names[way.way] ?? ("", "")
            return say(
                "\(name.0)分给\(house.position(way.role))", "assign it \(name.1) among \(house.position(way.role))")
        case .notify(let notice):
            let to = house.position(notice.to, of: notice.isField ? object : nil)
            return say("告诉\(to)：“\(notice.message.zh)”", "tell \(to): “\(notice.message.en)”")
                + (notice.priority == .urgent
                    ? say("（紧急）", " (urgent)") : notice.priority == .digest ? say("（随摘要）", " (with the digest)") : "")
        case .start(let workflow): return say("启动流程“\(workflow)”", "start the workflow “\(workflow)”")
        case .send(let channel, let values):
            let first = values.first { ["to", "url"].contains($0.field) }.map { expressions.sentence($0.value) } ?? ""
            return channel == "mail"
                ? say("发邮件给 \(first)", "send a mail to \(first)")
                : say("通知外部程序 \(first)", "tell the program at \(first)")
        }
    }

    private func assignments(_ sets: [FieldAssignment], of object: String, equals: String) -> String {
        sets.map { set in
            let name = eyes.model.object(object)?.field(set.field)?.label[language] ?? set.field
            return "“" + name + "”" + equals + expressions.sentence(set.value)
        }.joined(separator: say("，", ", "))
    }

    func run(
        _ run: RuleHistory.Run, titles: [RecordID: String], rules: [HouseRules.Rule]
    ) -> RulesPage.Run {
        let rule = rules.first { $0.object == run.object && $0.id == run.rule }
        let because = rule?.definition?.triggers.first { $0.text == run.trigger }.map { trigger($0, of: run.object) }
        let object = eyes.model.object(run.object)?.label[language] ?? run.object
        let record: Shown =
            titles[run.record].map { .link(object + " " + $0, url: Paths.record(run.object, run.record.description)) }
            ?? .text(object + " · " + eyes.say(Words.notVisible))
        let tones: [String: Tone] = ["done": .ok, "failed": .bad, "quiet": .mute, "too_deep": .warn]
        let name = RulesPage.results.first { $0.0 == run.result }.map { eyes.say($0.1) } ?? run.result
        return RulesPage.Run(
            id: run.id.description, at: eyes.page.format.instant(run.at),
            rule: rule.map { $0.label[language] } ?? run.rule,
            record: record, trigger: because ?? run.trigger, result: Tag(name, tone: tones[run.result] ?? .mute),
            text: run.text, mayReplay: run.result != "done" && rule?.isOn == true && eyes.sight.has("define"))
    }
}
