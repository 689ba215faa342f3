import Definitions
import Documents
import Kernel
import Values

/// The first steps of a house: each may be skipped and taken up again.
extension Desk {
    func firstSteps(_ rest: [String]) async throws -> Reply {
        guard let first = rest.first else {
            guard !isPost else { throw Rejection.wrongMethod }
            return try await firstStepsList()
        }
        if rest.count == 1, isPost, first == "close" || first == "reopen" { return try await putAway(first == "close") }
        guard let step = SetUpStep(rawValue: first), rest.count <= 2 else { throw Rejection.noSuchPath }
        if rest.count == 2 {
            guard isPost, rest[1] == "later" else { throw Rejection.noSuchPath }
            try await perform(.skip(step))
            return .redirect(to: step.following.map(Paths.firstStep) ?? Paths.firstSteps)
        }
        switch (step, isPost) {
        case (.company, false): return try await companyStep()
        case (.company, true): return try await saveCompany()
        case (.currencies, false): return try await currencyStep()
        case (.currencies, true): return try await saveCurrencies()
        case (.structure, false): return try await structureStep()
        case (.structure, true): return try await saveStructure()
        case (.people, false): return try await peopleStep()
        case (.people, true): return try await bringPeople()
        }
    }

    private func perform(_ command: SetUpCommand) async throws {
        _ = try await kernel.perform(Command(.house(.setUp(command))), as: actor)
    }

    private func putAway(_ isAway: Bool) async throws -> Reply {
        try await perform(isAway ? .close : .reopen)
        let text = Label(zh: "已收起，随时在“设置 → 开始使用”里找到", en: "Put away; it stays under Settings")
        let shown = Label(zh: "已放回今天页", en: "It stands on your day again")
        return done(field("back") == "day" ? Paths.day : Paths.firstSteps, context[isAway ? text : shown])
    }

    private func firstStepsList() async throws -> Reply {
        let (frame, state) = try await ask(FirstStepsSheet(content: NothingMore()))
        let index = SettingsIndex(sight: frame.sight, language: context.language)
        let further = index.keeping.filter { $0.url != Paths.firstSteps } + index.afterSetUp
        return settingsPage(
            FirstStepsPage(state: state.state, further: further), frame, title: context[Words.firstSteps])
    }

    /// The page of one step.
    func stepPage(
        _ step: SetUpStep, _ state: SetUpState.Standing, _ content: some Markup, _ frame: Frame, status: Int = 200
    ) -> Reply {
        settingsPage(
            FirstStepFrame(step: step, state: state, content: content), frame, title: context[step.label],
            crumbs: [Shell.Crumb(text: context[Words.firstSteps], url: Paths.firstSteps)], backURL: Paths.firstSteps,
            status: status)
    }

    /// Goes on to the step behind this one.
    func stepDone(_ step: SetUpStep, _ text: Label = Words.saved) -> Reply {
        done(step.following.map(Paths.firstStep) ?? Paths.firstSteps, context[text])
    }

    // MARK: Company

    private func companyStep() async throws -> Reply {
        let (frame, sheet) = try await ask(FirstStepsSheet(content: CompanySheet(format: context.format)))
        return try companyPage(frame, sheet, values: sheet.content.values)
    }

    private func companyPage(
        _ frame: Frame, _ sheet: FirstStepsSheet<CompanySheet>.Answer, values: FormValues, problems: [Problem] = [],
        logoProblem: Label? = nil
    ) throws -> Reply {
        let found = sheet.content
        guard let definition = frame.sight.model.object(found.house.object) else { throw Rejection.noSuchPath }
        let form = FormComposition(
            eyes: presentation(frame), definition: definition, values: values, record: found.record,
            problems: problems)
        var items = form.problemItems
        if let logoProblem { items.append(ErrorSummary.Item(text: context[logoProblem], control: "f-logo")) }
        let page = CompanyStepPage(
            sections: form.sections(), problems: items, version: found.record?.version, logo: found.house.logo,
            logoProblem: logoProblem.map { context[$0] }, takesLogo: frame.sight.model.letterhead?.logo != nil)
        return stepPage(.company, sheet.state, page, frame, status: items.isEmpty ? 200 : 422)
    }

    private func saveCompany() async throws -> Reply {
        let (frame, sheet) = try await ask(FirstStepsSheet(content: CompanySheet(format: context.format)))
        let found = sheet.content
        guard let definition = frame.sight.model.object(found.house.object) else { throw Rejection.noSuchPath }
        let content = fields.filter { !Self.envelope.contains($0.name) }
        let picture = Multipart(exchange)?.file
        let values = FormValues(posted: content, definition: definition)
        if let picture, !picture.bytes.isEmpty, !DocumentPicture(bytes: picture.bytes).isPrintable {
            return try companyPage(frame, sheet, values: values, logoProblem: Self.noPicture)
        }
        do {
            let reader = FormReader(
                model: frame.sight.model, definition: definition, format: context.format,
                isNew: found.record == nil)
            let draft = try reader.draft(content)
            let object = found.house.object
            let kind: Command.Kind =
                found.record.map { .update(object: object, id: $0.id, draft, expecting: version) }
                ?? .create(object: object, draft)
            let outcome = try await kernel.perform(Command(kind), as: actor)
            guard let id = found.record?.id ?? outcome.record?.id ?? outcome.created.first?.id else {
                throw Rejection.noSuchPath
            }
            try await keep(picture, at: object, id, frame.sight.model.letterhead?.logo)
        } catch let rejection as Rejection where [.invalid, .conflict, .stale].contains(rejection.kind) {
            let problems = rejection.problems.isEmpty ? [rejection.asProblem] : rejection.problems
            return try companyPage(frame, sheet, values: values, problems: problems)
        }
        pages.site.mark.forget()
        return stepDone(.company)
    }

    private func keep(
        _ picture: (name: String, bytes: [UInt8])?, at object: String, _ id: RecordID, _ field: String?
    ) async throws {
        guard let picture, !picture.bytes.isEmpty, let field else { return }
        let step = FileCommand.attach(
            object: object, id: id, field: field, name: picture.name, content: picture.bytes)
        do {
            _ = try await kernel.perform(Command(.file(step)), as: actor)
        } catch let rejection as Rejection where rejection.code == "file_same" {
            return  // the picture that is there already
        }
    }

    private static let noPicture = Label(
        zh: "这不是能印的 PNG 或 JPEG（4 MB 以内、边长不超过 8192）；其他内容还没保存，请重选图片",
        en:
            "This is no PNG or JPEG that can be printed (up to 4 MB and 8192 points a side); nothing was saved yet, choose another"
    )
}

/// A step's content with how the steps stand.
struct FirstStepsSheet<Content: Question>: Question {
    struct Answer: Sendable {
        let state: SetUpState.Standing
        let content: Content.Answer
    }

    let content: Content

    /// - Throws: `forbidden` for who may not set up a house.
    func answer(in context: ReadContext) throws -> Answer {
        guard let state = try context.ask(SetUpState()) else { throw Rejection.notAllowed }
        return Answer(state: state, content: try context.ask(content))
    }
}

/// The house's own record, or an empty form for it.
struct CompanySheet: Question {
    struct Answer: Sendable {
        let house: Letterhead.House
        let record: RecordView?
        let values: FormValues
    }

    let format: Format

    func answer(in context: ReadContext) throws -> Answer {
        guard let house = try context.ask(Letterhead()) else { throw Rejection.noSuchPath }
        guard let id = house.record else {
            let form = try context.ask(FormSheet(object: house.object, given: [:], format: format))
            return Answer(house: house, record: nil, values: form.values)
        }
        let record = try context.ask(ShowRecord(object: house.object, id: id, withLines: false))
        let sight = try context.ask(VisibleModel())
        return Answer(
            house: house, record: record, values: FormValues(record, format: format, model: sight.model))
    }
}
