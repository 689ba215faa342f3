import Definitions
import Kernel
import Values

/// Bringing a file in: file → preview → match → check → done. Each step is a page with an address of its own; the last
/// two are the page of a batch that the house works on.
extension Desk {
    func importing(_ object: String, _ rest: [String]) async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        guard let definition = frame.sight.model.object(object), !definition.retired, frame.sight.canCreate(object)
        else { throw Rejection.noSuchPath }
        guard frame.sight.has("import") else { throw Rejection.notForThisRole }
        let wizard = ImportWizard(desk: self, frame: frame, definition: definition)
        switch (rest.count, isPost) {
        case (0, false): return try await wizard.fileStep(nil)
        case (0, true): return try await wizard.receive()
        case (1, false) where rest[0] == "sheet.xlsx":
            return try await wizard.fillIn(template: exchange[query: "template"])
        case (2..., _) where rest[0] == "batch":
            guard let batch = RecordID(rest[1]) else { throw Rejection.noSuchPath }
            return try await importBatch(wizard, batch, Array(rest.dropFirst(2)))
        case (2, _):
            guard let path = pages.site.uploads.path(rest[0]) else {
                return try await wizard.fileStep(Label(zh: "文件已不在，请重新上传", en: "The file is gone; send it again"))
            }
            let upload = ImportWizard.Upload(
                token: rest[0], path: path, name: exchange[query: "name"] ?? "", sheet: exchange[query: "sheet"],
                encoding: exchange[query: "encoding"])
            switch (rest[1], isPost) {
            case ("preview", false): return try await wizard.previewStep(upload)
            case ("preview", true): return wizard.readAs(upload)
            case ("match", false): return try await wizard.matchStep(upload, nil)
            case ("match", true): return try await wizard.check(upload)
            default: throw Rejection.noSuchPath
            }
        default: throw Rejection.noSuchPath
        }
    }

    private func importBatch(_ wizard: ImportWizard, _ batch: RecordID, _ rest: [String]) async throws -> Reply {
        let page = ImportBatchPage(wizard: wizard, batch: batch)
        switch (rest.first, isPost) {
        case (nil, false): return try await page.shown()
        case ("flagged.csv"?, false): return try await page.flagged(asText: true)
        case ("flagged.xlsx"?, false): return try await page.flagged(asText: false)
        case ("run"?, true): return try await page.run()
        case ("cancel"?, true): return try await page.steer(.cancel(batch: batch))
        case ("resume"?, true): return try await page.steer(.resume(batch: batch))
        case ("mend"?, true): return try await page.mend()
        case ("undo"?, true): return try await page.steer(.takeBack(batch: batch))
        default: throw Rejection.noSuchPath
        }
    }
}

/// The steps before a file is checked; it waits under a name that only its sender knows.
struct ImportWizard {
    struct Upload {
        let token: String
        let path: String
        let name: String
        var sheet: String?
        var encoding: String?
    }

    let desk: Desk
    let frame: Frame
    let definition: ObjectDefinition

    var object: String { definition.id }
    var eyes: Presentation { desk.presentation(frame) }
    var base: String { Paths.importing(object) }

    func address(_ batch: RecordID) -> String { base + "/batch/" + batch.description }

    // MARK: File

    func fileStep(_ error: Label?) async throws -> Reply {
        let recent = try await desk.kernel.answer(ListImports(object: object, limit: 10), as: desk.actor)
        let lines = recent.map { state in
            ImportPage.Recent(
                name: state.fileName, url: address(state.batch), at: eyes.page.format.instant(state.at),
                state: Words.importTag(state, eyes.page.language), rows: state.rows, flagged: state.report.flagged)
        }
        let kept = try await desk.kernel.answer(ViewsOf(object: object), as: desk.actor).sheets
        let sheets =
            [(name: eyes.say(Words.fillInSheet), url: Paths.fillIn(object))]
            + kept.map { (name: $0.name, url: Paths.fillIn(object) + "?template=" + $0.id.description) }
        return shown(
            .file(error: error.map(eyes.say), recent: lines, sheets: sheets), name: "", postURL: base, back: nil,
            status: error == nil ? 200 : 422)
    }

    /// A file, or a table pasted as text.
    func receive() async throws -> Reply {
        let site = desk.pages.site
        let multipart = Multipart(desk.exchange)
        if let file = multipart?.file, !file.bytes.isEmpty {
            return try await opened(try site.uploads.keep(file.bytes), file.name)
        }
        let pasted = desk.field("pasted")
        guard !pasted.trimmingSpaces.isEmpty else {
            return try await fileStep(Label(zh: "请选择文件，或粘贴表格", en: "Choose a file or paste a table"))
        }
        return try await opened(try site.uploads.keep(Array(pasted.utf8)), "pasted.tsv")
    }

    /// Looks whether the file can be read before going on; an unclear encoding is for a person to name.
    private func opened(_ path: String, _ name: String) async throws -> Reply {
        let upload = Upload(token: String(path.split(separator: "/").last ?? ""), path: path, name: name)
        do {
            _ = try await look(upload)
        } catch let rejection as Rejection where !Self.isAboutEncoding(rejection) {
            desk.pages.site.uploads.forget(path)
            return try await fileStep(rejection.problems.first?.message ?? rejection.message)
        } catch is Rejection {
            // The preview asks for the encoding.
        }
        return .redirect(to: step(upload, "preview"))
    }

    private static func isAboutEncoding(_ rejection: Rejection) -> Bool {
        ["unknown_encoding", "bad_encoding"].contains(rejection.code)
    }

    func step(_ upload: Upload, _ name: String) -> String {
        var url = "\(base)/\(upload.token)/\(name)?name=\(Paths.encoded(upload.name))"
        if let sheet = upload.sheet { url += "&sheet=" + Paths.encoded(sheet) }
        if let encoding = upload.encoding { url += "&encoding=" + Paths.encoded(encoding) }
        return url
    }

    private func request(_ upload: Upload) -> ImportRequest {
        var request = ImportRequest(object: object, path: upload.path, name: upload.name)
        request.sheet = upload.sheet
        request.encoding = upload.encoding
        return request
    }

    /// Reads the head of the file; nothing is written.
    private func look(_ upload: Upload) async throws -> ImportPreview {
        try await desk.kernel.answer(PreviewImport(request: request(upload)), as: desk.actor)
    }

    // MARK: Preview

    func previewStep(_ upload: Upload) async throws -> Reply {
        let encodings =
            [FieldControl.Choice("", eyes.say(Words.encodingFound))]
            + ImportPreview.encodings.map { FieldControl.Choice($0, $0) }
        do {
            let preview = try await look(upload)
            let asks = preview.encodingIsGuess || upload.encoding != nil
            return shown(
                .preview(
                    sheets: preview.sheets.map { FieldControl.Choice($0, $0) }, sheet: preview.sheet ?? "",
                    encodings: asks ? encodings : [], encoding: upload.encoding ?? "",
                    headerRow: preview.headerIndex + 1, rows: Array(preview.sample.prefix(12)),
                    note: preview.encodingIsGuess ? Words.encodingGuessed : nil),
                name: [upload.name, preview.format].filter { !$0.isEmpty }.joined(separator: " · "),
                postURL: step(upload, "preview"), back: base)
        } catch let rejection as Rejection where Self.isAboutEncoding(rejection) {
            return shown(
                .preview(
                    sheets: [], sheet: "", encodings: encodings, encoding: upload.encoding ?? "", headerRow: 0,
                    rows: [],
                    note: rejection.message),
                name: upload.name, postURL: step(upload, "preview"), back: base, status: 422)
        }
    }

    /// Another sheet or encoding is looked at first; the same one goes on to the columns.
    func readAs(_ upload: Upload) -> Reply {
        var next = upload
        var isChanged = false
        for name in ["sheet", "encoding"] where desk.fields.contains(where: { $0.name == name }) {
            let value = desk.field(name)
            if value != desk.field("shown_" + name) { isChanged = true }
            if name == "sheet" { next.sheet = value.isEmpty ? nil : value }
            if name == "encoding" { next.encoding = value.isEmpty ? nil : value }
        }
        return .redirect(to: step(next, isChanged ? "preview" : "match"))
    }

    // MARK: Match

    func matchStep(_ upload: Upload, _ refusal: Rejection?) async throws -> Reply {
        let preview = try await look(upload)
        let rows = preview.sample.dropFirst(preview.headerIndex + 1).prefix(3)
        let columns = preview.columns.enumerated().map { index, match in
            var column = ImportPage.Column(
                heading: match.heading, samples: rows.compactMap { $0.indices.contains(index) ? $0[index] : nil },
                field: match.field ?? "")
            if refusal != nil { column.field = desk.field("map[\(index)]") }
            if match.field != nil, refusal == nil {
                column.note =
                    match.origin == .remembered
                    ? Tag(eyes.say(Words.remembered), tone: .ok) : Tag(eyes.say(Words.matchedByName), tone: .warn)
            }
            return column
        }
        let fields = preview.targets.map { FieldControl.Choice($0, eyes.importLabel($0, of: object)) }
        let problems = refusal.map { refusal in
            refusal.problems.isEmpty
                ? [ErrorSummary.Item(text: eyes.say(refusal.message), control: nil)]
                : refusal.problems.map { problem in
                    let name = problem.field.map { eyes.importLabel($0, of: object) + " " } ?? ""
                    return ErrorSummary.Item(text: name + eyes.say(problem.message), control: nil)
                }
        }
        return shown(
            .match(columns: columns, fields: fields, problems: problems ?? []), name: upload.name,
            postURL: step(upload, "match"), back: step(upload, "preview"), status: refusal == nil ? 200 : 422)
    }

    /// Lets the house try every row, with the columns as posted.
    func check(_ upload: Upload) async throws -> Reply {
        var wanted = request(upload)
        wanted.dryRun = true
        for field in desk.fields where field.name.hasPrefix("map[") && field.name.hasSuffix("]") {
            guard let index = Int(field.name.dropFirst(4).dropLast()) else { continue }
            wanted.mapping["#" + String(index + 1)] = field.value
        }
        do {
            let outcome = try await desk.kernel.perform(Command(.importing(.start(wanted))), as: desk.actor)
            guard let batch = outcome.report?.batch else {
                throw Fault(code: "no_batch", detail: "a start without one")
            }
            return .redirect(to: address(batch))
        } catch let rejection as Rejection where rejection.kind == .invalid {
            return try await matchStep(upload, rejection)
        }
    }

    // MARK: Pieces

    func shown(
        _ step: ImportPage.Step, name: String, postURL: String, back: String?, status: Int = 200
    ) -> Reply {
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
