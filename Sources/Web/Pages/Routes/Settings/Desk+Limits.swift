import Definitions
import Kernel
import Values

/// The company's limits in one list.
extension Desk {
    func limits() async throws -> Reply {
        let (frame, sheet) = try await ask(HouseLimits())
        let eyes = presentation(frame)
        let onlyLate = exchange[query: "late"] == "1" && sheet.showsFigures
        let words = LimitWords(eyes: eyes)
        let shown = Dictionary(grouping: sheet.limits.filter { !onlyLate || $0.late > 0 }) { words.object(of: $0) }
        let groups = words.order(shown.keys).map { object in
            LimitsPage.Group(
                title: words.title(object), icon: eyes.model.object(object)?.icon ?? "clock",
                limits: (shown[object] ?? []).map { words.limit($0) })
        }
        let content = LimitsPage(
            groups: groups, mayEdit: sheet.mayEdit, showsFigures: sheet.showsFigures, onlyLate: onlyLate)
        return settingsPage(content, frame, title: context[Words.houseLimits])
    }
}

/// Limits in the reader's words.
struct LimitWords {
    let eyes: Presentation

    private var house: HouseWords { HouseWords(model: eyes.model, language: eyes.language) }
    private func say(_ zh: String, _ en: String) -> String { eyes.language == .zh ? zh : en }

    /// The object whose records a limit measures first; empty for one that nothing uses.
    func object(of limit: HouseLimits.Limit) -> String {
        let legs = limit.uses.filter { $0.process != nil }
        return (legs.first ?? limit.uses.first)?.object ?? ""
    }

    /// As the processes run, then the other objects, then what nothing uses.
    func order(_ objects: some Collection<String>) -> [String] {
        let way = eyes.model.processes.flatMap(\.objects) + eyes.model.liveObjects.map(\.id)
        let place = { (object: String) in way.firstIndex(of: object) ?? way.count }
        return objects.sorted { (place($0), $0) < (place($1), $1) }
    }

    func title(_ object: String) -> String {
        eyes.model.object(object).map { eyes.say($0.label) } ?? say("还没有用到", "Not used yet")
    }

    /// The limit of a record of the table; empty when nothing is said.
    func span(_ record: RecordView) -> String {
        guard let value = record["limit_value"].decimal.flatMap({ Int(exactly: $0.floor) }) else { return "" }
        return house.span(value, unit: record["limit_unit"].text ?? "h", clock: record["clock"].text ?? "calendar")
    }

    func limit(_ limit: HouseLimits.Limit) -> LimitsPage.Limit {
        let record = limit.record
        // A warning at the very limit is none.
        let share = record["warn_at"].decimal.flatMap { $0 < ExactDecimal(1) ? $0.percentText : nil }
        return LimitsPage.Limit(
            id: record.id.description, name: record[eyes.language == .zh ? "zh" : "en"].text ?? record.title,
            step: record["step"].text ?? "", limit: span(record),
            owner: record["owner_role"].text.map { house.position($0) } ?? "",
            warning: share.map { say("用到 \($0) % 时提醒", "warns at \($0) %") } ?? "",
            escalations: ["escalate_1", "escalate_2"].compactMap { record[$0].text }.filter { !$0.isEmpty }
                .map { house.escalation($0) },
            uses: limit.uses.map { use in
                let object = eyes.model.object(use.object).map { eyes.say($0.label) } ?? use.object
                let name = object + " · " + eyes.say(use.label)
                return use.process == nil ? Tag(name, tone: .mute, icon: "clock") : Tag(name, tone: .pri, icon: "relay")
            },
            running: limit.running, late: limit.late, paused: limit.paused,
            isActive: record["active"] != .bool(false))
    }
}
