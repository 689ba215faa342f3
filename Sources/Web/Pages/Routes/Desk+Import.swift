import Definitions
import Documents
import Kernel
import Values

/// Bringing a file in: file → match → check → done. Each step is a page with an address of its own.
extension Desk {
    func importing(_ object: String, _ rest: [String]) async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        guard let definition = frame.sight.model.object(object), !definition.retired, frame.sight.canCreate(object)
        else { throw Rejection.noSuchPath }
        guard frame.sight.has("import") else { throw Rejection.notForThisRole }
        let wizard = ImportWizard(desk: self, frame: frame, definition: definition)
        switch (rest.count, isPost) {
        case (0, false): return wizard.fileStep(nil)
        case (0, true): return try await wizard.receive()
        case (2..., _) where rest[0] == "batch":
            guard let batch = RecordID(rest[1]) else { throw Rejection.noSuchPath }
            return try await importBatch(wizard, batch, Array(rest.dropFirst(2)))
        case (2, _):
            guard let path = pages.site.uploads.path(rest[0]) else {
                return wizard.fileStep(Label(zh: "文件已不在，请重新上传", en: "The file is gone; send it again"))
            }
            let upload = ImportWizard.Upload(token: rest[0], path: path, name: exchange[query: "name"] ?? "")
            switch (rest[1], isPost) {
            case ("preview", false): return try await wizard.previewStep(upload)
            case ("preview", true): return .redirect(to: wizard.step(upload, "match"))
            case ("match", false): return try await wizard.matchStep(upload)
            case ("match", true): return try await wizard.checkStep(upload)
            case ("run", true): return try await wizard.run(upload)
            default: throw Rejection.noSuchPath
            }
        default: throw Rejection.noSuchPath
        }
    }

    private func importBatch(_ wizard: ImportWizard, _ batch: RecordID, _ rest: [String]) async throws -> Reply {
        switch (rest.first, isPost) {
        case (nil, false): return try await wizard.doneStep(batch)
        case ("errors.csv"?, false): return try await wizard.errorFile(batch)
        case ("undo"?, true): return try await wizard.undo(batch)
        default: throw Rejection.noSuchPath
        }
    }
}

/// The steps of one import; the file waits under a name that only its sender knows.
struct ImportWizard {
    struct Upload {
        let token: String
        let path: String
        let name: String
    }

    let desk: Desk
    let frame: Frame
    let definition: ObjectDefinition

    private var object: String { definition.id }
    private var eyes: Presentation { desk.presentation(frame) }
    private var base: String { Paths.importing(object) }

    func fileStep(_ error: Label?) -> Reply {
        shown(.file(error: error.map(eyes.say)), name: "", postURL: base, back: nil, status: error == nil ? 200 : 422)
    }

    /// A file, or a table pasted as text.
    func receive() async throws -> Reply {
        let site = desk.pages.site
        let multipart = Multipart(desk.exchange)
        if let file = multipart?.file, !file.bytes.isEmpty {
            let path = try site.uploads.keep(file.bytes)
            return try await opened(path, file.name)
        }
        let pasted = desk.field("pasted")
        guard !pasted.trimmingSpaces.isEmpty else {
            return fileStep(Label(zh: "请选择文件，或粘贴表格", en: "Choose a file or paste a table"))
        }
        return try await opened(try site.uploads.keep(Array(pasted.utf8)), "pasted.tsv")
    }

    /// Looks whether the file can be read before going on.
    private func opened(_ path: String, _ name: String) async throws -> Reply {
        let upload = Upload(token: String(path.split(separator: "/").last ?? ""), path: path, name: name)
        do {
            _ = try await look(upload)
            return .redirect(to: step(upload, "preview"))
        } catch let rejection as Rejection {
            desk.pages.site.uploads.forget(path)
            return fileStep(rejection.problems.first?.message ?? rejection.message)
        }
    }

    func step(_ upload: Upload, _ name: String) -> String {
        "\(base)/\(upload.token)/\(name)?name=\(Paths.encoded(upload.name))"
    }

    /// Reads the head of the file; nothing is written.
    private func look(_ upload: Upload) async throws -> ImportReport {
        try await desk.kernel.answer(
            PreviewImport(request: request(upload, mapping: [:], dryRun: true)), as: desk.actor)
    }

    func previewStep(_ upload: Upload) async throws -> Reply {
        let report = try await look(upload)
        let headings = report.columns.map(\.heading)
        let header = report.sample.firstIndex { row in headings.contains { !$0.isEmpty && row.contains($0) } }
        return shown(
            .preview(
                sheets: [], sheet: "", encodings: [], encoding: "", headerRow: header.map { $0 + 1 } ?? 0,
                rows: Array(report.sample.prefix(12))),
            name: [upload.name, report.format].filter { !$0.isEmpty }.joined(separator: " · "),
            postURL: step(upload, "preview"), back: base)
    }

    private func request(_ upload: Upload, mapping: [String: String], dryRun: Bool) -> ImportRequest {
        ImportRequest(object: object, path: upload.path, name: upload.name, mapping: mapping, dryRun: dryRun)
    }

    private func trial(_ upload: Upload, mapping: [String: String]) async throws -> ImportReport {
        let outcome = try await desk.kernel.perform(
            Command(.importing(.run(request(upload, mapping: mapping, dryRun: true)))), as: desk.actor)
        return outcome.report ?? ImportReport()
    }

    // MARK: Match

    func matchStep(_ upload: Upload) async throws -> Reply {
        let report = try await look(upload)
        let headings = report.columns.map(\.heading)
        let header = report.sample.firstIndex { row in headings.contains { !$0.isEmpty && row.contains($0) } } ?? -1
        let rows = report.sample.dropFirst(header + 1).prefix(3)
        let columns = report.columns.enumerated().map { index, match in
            var column = ImportPage.Column(
                heading: match.heading, samples: rows.compactMap { $0.indices.contains(index) ? $0[index] : nil },
                field: match.field ?? "")
            if match.field != nil {
                column.note = Tag(eyes.say(Words.matchedByName), tone: match.isGuess ? .warn : .ok)
            }
            return column
        }
        let known = Set(columns.map(\.field))
        return shown(
            .match(columns: columns, fields: targets(known), problems: []), name: upload.name,
            postURL: step(upload, "match"),
            back: step(upload, "preview"))
    }

    /// Fields one may fill, and those the matching has found over links.
    private func targets(_ known: Set<String>) -> [FieldControl.Choice] {
        let creatable = frame.sight.creatable(object)
        var out = definition.liveFields.filter { creatable.contains($0.id) && !$0.isSystem }.compactMap {
            field -> FieldControl.Choice? in
            switch field.type {
            case .lines, .files, .json: return nil
            default: return FieldControl.Choice(field.id, eyes.say(field.label))
            }
        }
        for path in known.sorted() where !path.isEmpty && !out.contains(where: { $0.value == path }) {
            out.append(FieldControl.Choice(path, eyes.label(path, of: object)))
        }
        return out
    }

    // MARK: Check and run

    /// Heading → field, from the posted selects in the order of the columns.
    private func mapping(_ report: ImportReport) -> [String: String] {
        var out: [String: String] = [:]
        for (index, match) in report.columns.enumerated() { out[match.heading] = desk.field("map[\(index)]") }
        return out
    }

    func checkStep(_ upload: Upload) async throws -> Reply {
        let mapping = mapping(try await look(upload))
        let report = try await trial(upload, mapping: mapping)
        let text = mapping.sorted { $0.key < $1.key }.map {
            PercentCode.encode($0.key) + "=" + PercentCode.encode($0.value)
        }.joined(separator: "&")
        let target = step(upload, "run") + "&map=" + Paths.encoded(text)
        return shown(
            .check(tally(report), problems: problems(report), hasMore: report.errors.count > 100, errorFileURL: nil),
            name: upload.name,
            postURL: target, back: step(upload, "match"))
    }

    func run(_ upload: Upload) async throws -> Reply {
        var mapping: [String: String] = [:]
        for (heading, path) in PercentCode.form(desk.exchange[query: "map"] ?? "") ?? [] { mapping[heading] = path }
        var wanted = request(upload, mapping: mapping, dryRun: false)
        switch desk.field("duplicates") {
        case "update": wanted.onDuplicate = .update
        case "create": wanted.onDuplicate = .create
        default: break
        }
        let outcome = try await desk.kernel.perform(
            Command(.importing(.run(wanted)), quiet: desk.field("quiet") == "true"), as: desk.actor)
        desk.pages.site.uploads.forget(upload.path)
        guard let batch = outcome.report?.batch else {
            return shown(finished(outcome.report ?? ImportReport(), nil), name: upload.name, postURL: base, back: nil)
        }
        return .redirect(to: address(batch))
    }

    // MARK: Done

    private func address(_ batch: RecordID) -> String { base + "/batch/" + batch.description }

    private func progress(_ batch: RecordID) async throws -> ImportProgress.State {
        guard let state = try await desk.kernel.answer(ImportProgress(batch: batch), as: desk.actor) else {
            throw Rejection.noSuchPath
        }
        return state
    }

    func doneStep(_ batch: RecordID) async throws -> Reply {
        let state = try await progress(batch)
        return shown(finished(state.report, state.state == "undone" ? nil : batch), name: "", postURL: base, back: nil)
    }

    private func finished(_ report: ImportReport, _ batch: RecordID?) -> ImportPage.Step {
        .done(
            tally(report), listURL: Paths.list(object, view: "all"),
            errorFileURL: report.errors.isEmpty ? nil : batch.map { address($0) + "/errors.csv" },
            undoURL: report.created + report.updated == 0 ? nil : batch.map { address($0) + "/undo" })
    }

    /// What was wrong, row by row, as a table to work through.
    func errorFile(_ batch: RecordID) async throws -> Reply {
        let report = try await progress(batch).report
        var writer = DelimitedWriter(columns: [
            TableColumn(title: eyes.say(Label(zh: "行", en: "Row")), kind: .number(scale: 0)),
            TableColumn(title: eyes.say(Words.field), kind: .text),
            TableColumn(title: eyes.say(Words.reason), kind: .text),
        ])
        for error in report.errors {
            let field = error.problem.field.map { eyes.label($0, of: object) } ?? ""
            writer.append([.decimal(ExactDecimal(error.line)), .text(field), .text(eyes.say(error.problem.message))])
        }
        return Reply(
            headers: [
                ("content-type", "text/csv; charset=utf-8"),
                ("content-disposition", "attachment; filename=\"\(object)-errors.csv\""),
                ("cache-control", "private, no-store"),
            ], body: .bytes(writer.bytes))
    }

    func undo(_ batch: RecordID) async throws -> Reply {
        _ = try await desk.kernel.perform(Command(.importing(.undo(batch: batch))), as: desk.actor)
        return desk.done(Paths.list(object), eyes.say(Label(zh: "整批导入已撤销", en: "The import was undone")))
    }

    // MARK: Pieces

    private func tally(_ report: ImportReport) -> ImportPage.Tally {
        let failed = Set(report.errors.filter { !$0.problem.code.contains("duplicate") }.map(\.line)).count
        return ImportPage.Tally(
            rows: report.rows, created: report.created, updated: report.updated,
            flagged: max(0, report.flagged - failed), failed: failed)
    }

    private func problems(_ report: ImportReport) -> [ImportPage.Problem] {
        report.errors.prefix(100).map { error in
            let heading =
                error.column.flatMap { report.columns.indices.contains($0 - 1) ? report.columns[$0 - 1].heading : nil }
                ?? ""
            return ImportPage.Problem(
                line: error.line, column: heading, value: "", message: eyes.say(error.problem.message))
        }
    }

    private func shown(_ step: ImportPage.Step, name: String, postURL: String, back: String?, status: Int = 200)
        -> Reply
    {
        var content = ImportPage(object: object, plural: definition.plural, step: step, postURL: postURL)
        content.fileName = name
        content.backURL = back
        let title = eyes.say(Words.importing)
        return desk.page(
            content, frame, title: title, place: object,
            crumbs: [
                Shell.Crumb(text: eyes.say(definition.plural), url: Paths.list(object)),
                Shell.Crumb(text: title, url: nil),
            ],
            backURL: Paths.list(object), scripts: ["import.js"], status: status)
    }
}
