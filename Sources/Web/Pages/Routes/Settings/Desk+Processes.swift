import Definitions
import Kernel
import Values

/// The relays of the house, and bringing records to the version in force.
extension Desk {
    func processes(_ rest: [String]) async throws -> Reply {
        switch (rest.count, isPost) {
        case (0, false): return try await processPage(nil)
        case (1, false): return try await processPage(rest[0])
        case (2, true) where rest[1] == "migrate": return try await migrate(rest[0])
        default: throw Rejection.noSuchPath
        }
    }

    private func migrate(_ id: String) async throws -> Reply {
        let isTrial = field("dry") != "0"
        var legs: [String: String] = [:]
        for (name, value) in fields where name.hasPrefix("leg.") && !value.isEmpty {
            legs[String(name.dropFirst("leg.".count))] = value
        }
        do {
            let outcome = try await kernel.perform(
                Command(.relay(.migrate(process: id, legs: legs)), dryRun: isTrial), as: actor)
            let lines = outcome.warnings.map { context[$0.message] }
            if !isTrial {
                return done(
                    Paths.process(id) + "#versions",
                    context[Label(zh: "已按现在的版本走", en: "All run by the version in force")])
            }
            let lead = context[Label(zh: "可以迁移：", en: "It can be done:")]
            return try await processPage(id, outcome: (.info, lead, lines), chosen: legs)
        } catch let rejection as Rejection where rejection.kind == .conflict {
            return try await processPage(
                id, outcome: (.bad, context[rejection.message], rejection.problems.map { context[$0.message] }),
                chosen: legs, status: 409)
        }
    }

    private func processPage(
        _ id: String?, outcome: (tone: Tone, lead: String, lines: [String])? = nil, chosen: [String: String] = [:],
        status: Int = 200
    ) async throws -> Reply {
        let (frame, sheet) = try await ask(ProcessSheet(id: id))
        let eyes = presentation(frame)
        guard let sheet else {
            let empty = EmptyPage(
                title: context[Words.houseProcesses],
                state: EmptyState(
                    icon: "relay", title: context[Label(zh: "还没有流程", en: "There are no processes yet")],
                    hint: context[
                        Label(
                            zh: "流程写在定义里：每一棒绑在记录的状态上，说明谁接、多久、交什么。",
                            en:
                                "Processes stand in the definitions: a leg stands on states of a record and says who takes it, how long it may take and what is handed over."
                        )]))
            return settingsPage(empty, frame, title: context[Words.houseProcesses])
        }
        var content = ProcessComposition(eyes: eyes, sheet: sheet).page(chosen: chosen)
        content.outcome = outcome
        return settingsPage(
            content, frame, title: content.title,
            crumbs: [Shell.Crumb(text: context[Words.houseProcesses], url: Paths.processes)], status: status)
    }
}

/// A page that teaches why there is nothing.
struct EmptyPage: Markup {
    let title: String
    let state: EmptyState

    func write(to html: inout HTML) {
        html.add(PageHead(title: title))
        html("div", .class("hw")) { html in html("section", .class("card")) { $0.add(state) } }
    }
}

/// A process with the tables that belong to it; nil in a house without one.
struct ProcessSheet: Question {
    let id: String?

    struct Content: Sendable {
        let process: ProcessDefinition
        let all: [ProcessDefinition]
        let standing: HouseProcesses.Process
        let raci: [RecordView]
        let limits: [String: RecordView]
    }

    func answer(in context: ReadContext) throws -> Content? {
        let standings = try context.ask(HouseProcesses())
        let sight = try context.ask(VisibleModel())
        guard let process = id.map({ sight.model.process($0) }) ?? sight.model.processes.first,
            let standing = standings.first(where: { $0.id == process.id })
        else {
            if id != nil { throw Rejection.noSuchPath }
            return nil
        }
        var raci: [RecordView] = []
        if let table = process.raci, sight.canRead(table.object) {
            let fields = sight.model.object(table.object)?.liveFields.filter { !$0.isSystem }.map(\.id) ?? []
            raci = try context.ask(
                ListRecords(
                    object: table.object, columns: fields.filter(sight.readable(table.object).contains),
                    sort: [SortKey(path: "created_at", descending: false), SortKey(path: "id", descending: false)],
                    limit: 200)
            ).rows
        }
        var limits: [String: RecordView] = [:]
        if sight.canRead("sla_rule") {
            for limit in try context.ask(HouseLimits()).limits {
                limit.record["step"].text.map { limits[$0] = limit.record }
            }
        }
        return Content(
            process: process, all: sight.model.processes, standing: standing, raci: raci, limits: limits)
    }
}

/// Makes the page of one process.
struct ProcessComposition {
    let eyes: Presentation
    let sheet: ProcessSheet.Content

    private var process: ProcessDefinition { sheet.process }
    private var house: HouseWords { HouseWords(model: eyes.model, language: eyes.language) }
    private func say(_ zh: String, _ en: String) -> String { eyes.language == .zh ? zh : en }

    func page(chosen: [String: String]) -> ProcessPage {
        let title = eyes.say(process.label)
        let columns = raciColumns
        return ProcessPage(
            id: process.id, title: title,
            others: sheet.all.map {
                Tabs.Tab(label: eyes.say($0.label), url: Paths.process($0.id), isCurrent: $0.id == process.id)
            },
            map: RelayMapLayout(process: process, eyes: eyes, legs: sheet.standing.legs).map(
                label: say("流程图：", "Map of ") + title),
            legs: process.legs.map(leg), columns: columns.map { eyes.say($0.label) },
            raci: stages.map { responsibility($0, columns) },
            raciURL: process.raci.flatMap { eyes.sight.may("update", $0.object) ? Paths.list($0.object) : nil },
            versions: sheet.standing.versions.map(version),
            moves: sheet.standing.outside.map { move($0, chosen: chosen[$0.leg]) },
            mayMigrate: eyes.sight.has("define"),
            boardURL: process.objects.first { eyes.sight.canRead($0) }.map { Paths.relay($0) })
    }

    /// A leg of an older version with the legs of the same object that it can become.
    private func move(_ outside: HouseProcesses.Outside, chosen: String?) -> ProcessPage.Move {
        let object = eyes.model.object(outside.object).map { eyes.say($0.label) } ?? outside.object
        let name = process.leg(outside.leg).map { eyes.say($0.label) } ?? outside.leg
        return ProcessPage.Move(
            leg: outside.leg, name: object + " · " + name, count: outside.count, isGone: outside.isGone,
            chosen: chosen ?? (outside.isGone ? "" : outside.leg),
            choices: process.legs.filter { $0.object == outside.object }.map {
                FieldControl.Choice($0.id, eyes.say($0.label))
            })
    }

    private func leg(_ leg: LegDefinition) -> ProcessPage.Leg {
        let object = eyes.model.object(leg.object)
        let list = object?.states.flatMap { states -> CodeList? in
            guard case .choice(let list)? = object?.field(states.field)?.type else { return nil }
            return eyes.model.lists[list]
        }
        let tally = sheet.standing.legs[leg.id]
        let record = leg.clock.flatMap { sheet.limits[$0.rule] }
        let names = { (words: [String]) in
            words.map { house.position($0, of: leg.object) }.joined(separator: say("，否则 ", ", else "))
        }
        return ProcessPage.Leg(
            id: leg.id, name: eyes.say(leg.label), object: object.map { eyes.say($0.label) } ?? leg.object,
            states: leg.states.map { list?.code($0).map { eyes.say($0.label) } ?? $0 }.joined(
                separator: say("、", ", ")),
            holder: names(leg.holders), backup: leg.backups.isEmpty ? "–" : names(leg.backups),
            limit: record.map { LimitWords(eyes: eyes).span($0) } ?? leg.clock?.rule ?? eyes.say(Words.noLimit),
            limitURL: record == nil ? nil : leg.clock.map { Paths.limits + "#limit-" + $0.rule },
            deliverables: leg.deliverables.map {
                Tag(eyes.say($0.label), tone: $0.required ? .pri : .mute, icon: $0.done == nil ? "hand" : nil)
            },
            figures: figures(tally), isLate: (tally?.late ?? 0) > 0, isAccepted: leg.handshake)
    }

    private func figures(_ tally: HouseProcesses.Leg?) -> String {
        guard let tally, tally.running + tally.paused > 0 else { return "–" }
        var parts = ["\(tally.running) " + eyes.say(Words.runningNow)]
        if tally.late > 0 { parts.append("\(tally.late) " + eyes.say(Words.lateNow)) }
        if tally.paused > 0 { parts.append("\(tally.paused) " + eyes.say(Words.standing)) }
        return parts.joined(separator: " · ")
    }

    private func version(_ version: HouseProcesses.Version) -> ProcessPage.Version {
        ProcessPage.Version(
            digest: version.digest, isCurrent: version.isCurrent,
            since: version.since.map { say("从 ", "since ") + eyes.page.format.day(eyes.page.format.localDay($0)) }
                ?? "",
            open: say("\(version.open) 条在途", "\(version.open) under way"))
    }

    // MARK: Responsibilities

    /// The fields that hold R, A, C or I: choices of the same list, in the order of the form.
    private var raciColumns: [FieldDefinition] {
        guard let table = process.raci, let object = eyes.model.object(table.object) else { return [] }
        return object.liveFields.filter { field in
            guard case .choice(let list) = field.type, field.id != table.key else { return false }
            let codes = eyes.model.lists[list]?.codes.map(\.code) ?? []
            return Set(["R", "A"]).isSubset(of: codes) && eyes.sight.readable(table.object).contains(field.id)
        }
    }

    /// The rows in the order of their stages.
    private var stages: [RecordView] {
        guard let table = process.raci,
            case .choice(let list)? = eyes.model.object(table.object)?.field(table.key)?.type
        else { return sheet.raci }
        let place = { (record: RecordView) in
            record[table.key].text.flatMap { eyes.model.lists[list]?.position($0) } ?? .max
        }
        return sheet.raci.enumerated().sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }
            .map(\.element)
    }

    private func responsibility(_ record: RecordView, _ columns: [FieldDefinition]) -> ProcessPage.Responsibility {
        let cells = columns.map { record[$0.id].text ?? "" }
        return ProcessPage.Responsibility(
            stage: process.raci.map { eyes.shown($0.key, of: record).plain } ?? record.title,
            url: eyes.sight.may("update", record.object) ? Paths.edit(record.object, record.id.description) : nil,
            cells: cells, isComplete: cells.count { $0.contains("A") } == 1)
    }
}
