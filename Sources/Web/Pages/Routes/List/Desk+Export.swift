import Definitions
import Kernel
import Values

/// Lists taken away as a file: exactly as shown, or by a template of columns, headings and format.
extension Desk {
    private var exportLimit: Int { pages.site.settings.exportLimit }

    func export(_ object: String, asText: Bool) async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let definition = sight.model.object(object), sight.canRead(object) else { throw Rejection.noSuchPath }
        guard sight.has("export") else { throw Rejection.notForThisRole }
        let look = context
        let eyes = Presentation(sight: sight, page: look)
        var address = ListAddress(exchange, object: object)
        // What is exported is what was seen; a bare address means everything.
        if exchange.query.allSatisfy({ ["sheet", "template"].contains($0.name) }) {
            address.view = definition.views.contains { $0.id == "all" } ? "all" : nil
        }
        address.group = nil
        let template = try await wantedSheet(object)
        let isText = template?.isText ?? asText
        var table = ExportTable(eyes: eyes, object: object, columns: [], names: template?.heads ?? [:])
        var file = ExportFile.none
        var count = 0
        do {
            repeat {
                var sheet = ListSheet(address: address) { Presentation(sight: $0, page: look) }
                sheet.limit = min(500, exportLimit)
                sheet.columns = template?.columns
                let answer = try await kernel.answer(sheet, as: actor)
                if count == 0 {
                    if answer.page.next != nil { try await refuseTooMany(answer, address) }
                    table.columns = answer.columns
                    file = try table.file(
                        asText: isText, folder: pages.site.settings.uploads, name: eyes.say(definition.plural))
                }
                try table.append(answer.page.rows, to: &file)
                count += answer.page.rows.count
                address.cursor = answer.page.next
                guard count <= exportLimit else { throw Rejection.exportTooLong(exportLimit) }
            } while address.cursor != nil
        } catch {
            file.forget()
            throw error
        }
        return .download(
            try file.finished(), name: object + "-" + look.format.today.description + (isText ? ".csv" : ".xlsx"))
    }

    /// Counted before the first row is written: who asks for too much knows at once. More that come meanwhile are
    /// refused on the way.
    private func refuseTooMany(_ answer: ListSheet.Answer, _ address: ListAddress) async throws {
        let found = try await kernel.answer(
            CountRecords(
                object: address.object, filters: answer.filters,
                search: address.search.isEmpty ? nil : address.search, cap: exportLimit), as: actor)
        if found.isCapped { throw Rejection.exportTooLong(exportLimit) }
    }

    /// `sheet=CONTENT` spelt out, or `template=ID` of those kept.
    private func wantedSheet(_ object: String) async throws -> SheetTemplate? {
        if let content = exchange[query: "sheet"] { return SheetTemplate(content) }
        guard let wanted = exchange[query: "template"] else { return nil }
        let kept = try await kernel.answer(ViewsOf(object: object), as: actor)
        guard let found = kept.sheets.first(where: { $0.id.description == wanted }) else { throw Rejection.noSuchPath }
        return SheetTemplate(found.content)
    }

    /// The page on which columns, headings and format are chosen and kept as a template.
    ///
    /// - Parameters:
    ///   - refused: what was chosen and could not be kept.
    ///   - problems: why.
    func exportPage(
        _ object: String, refused: SheetTemplate? = nil, _ problems: [Problem] = []
    ) async throws -> Reply {
        let look = context
        let address =
            refused == nil
            ? ListAddress(exchange, object: object) : ListAddress(object: object, query: field("here"))
        let (frame, sheet) = try await ask(
            ListSheet(address: address, presentation: { Presentation(sight: $0, page: look) }, limit: 1))
        let eyes = presentation(frame)
        guard let definition = frame.sight.model.object(object) else { throw Rejection.noSuchPath }
        guard frame.sight.has("export") else { throw Rejection.notForThisRole }
        let composition = ExportComposition(
            eyes: eyes, definition: definition, address: address, sheet: sheet,
            template: exchange[query: "template"] ?? (field("id").isEmpty ? nil : field("id")))
        var content = composition.page(as: refused)
        content.refuse(problems, look)
        if refused != nil {
            content.name = field("name")
            content.audience = ViewAudience(rawValue: field("audience")) ?? .mine
        }
        return page(
            content, frame, title: eyes.say(Words.exportTitle), place: object,
            crumbs: [
                Shell.Crumb(text: eyes.say(definition.plural), url: address.url),
                Shell.Crumb(text: eyes.say(Words.exportTitle), url: nil),
            ], backURL: address.url, scripts: ["export.js"], status: problems.isEmpty ? 200 : 422)
    }

    /// Takes the file away, or keeps, changes or removes a template.
    func exporting(_ object: String) async throws -> Reply {
        let query = field("here")
        var template = SheetTemplate()
        template.columns = fields.filter { $0.name == "columns" }.map(\.value)
        for (name, value) in fields where name.hasPrefix("h.") {
            template.heads[String(name.dropFirst(2))] = value.trimmingSpaces.isEmpty ? nil : value.trimmingSpaces
        }
        template.isText = field("as") == "csv"
        template.columns = ordered(template.columns)
        let isFile = field("do") == "file"
        guard field("do") == "remove" || !template.columns.isEmpty else {
            return try await exportPage(
                object, refused: template,
                [
                    Problem(
                        field: "columns", code: "required",
                        message: Label(zh: "至少选一列", en: "Choose at least one column"))
                ])
        }
        if isFile {
            let path = template.isText ? Paths.exportText(object) : Paths.export(object)
            return .redirect(
                to: path + (query.isEmpty ? "?" : query + "&") + "sheet=" + Paths.encoded(template.content))
        }
        do {
            return try await keepSheet(object, template, query)
        } catch let rejection as Rejection where rejection.kind == .invalid {
            let problem = Problem(field: nil, code: rejection.code, message: rejection.message)
            return try await exportPage(
                object, refused: template, rejection.problems.isEmpty ? [problem] : rejection.problems)
        }
    }

    /// Without scripts the order of columns is a number beside each, `n.PATH`; those without one keep their place.
    func ordered(_ columns: [String]) -> [String] {
        let wanted = columns.enumerated().map { place, path in
            (path, Double(field("n." + path)) ?? Double(place + 1), place)
        }
        return wanted.sorted { ($0.1, $0.2) < ($1.1, $1.2) }.map(\.0)
    }

    private func keepSheet(_ object: String, _ template: SheetTemplate, _ query: String) async throws -> Reply {
        let id = RecordID(field("id"))
        if field("do") == "remove" {
            guard let id else { throw Rejection.noSuchPath }
            _ = try await kernel.perform(Command(.views(.remove(id))), as: actor)
            return done(
                Paths.exports(object) + query, context[Label(zh: "模板已删除", en: "Template removed")])
        }
        let outcome = try await kernel.perform(
            Command(
                .views(
                    .keepSheet(
                        id: field("do") == "update" ? id : nil, object: object, name: field("name"),
                        audience: ViewAudience(rawValue: field("audience")) ?? .mine, content: template.content,
                        heads: template.heads))), as: actor)
        let kept = outcome.created.first?.id.description ?? ""
        return done(
            Paths.exports(object) + (query.isEmpty ? "?" : query + "&") + "template=" + kept,
            context[Label(zh: "模板已保存，列表的“更多”里可以直接用", en: "Template saved; it stands in the list's menu")])
    }
}

extension Rejection {
    static func exportTooLong(_ limit: Int) -> Rejection {
        Rejection(
            .invalid, code: "export_too_long",
            message: Label(
                zh: "一次最多导出 \(limit) 行，请先用条件分成几次",
                en: "At most \(limit) rows leave at once; take them in parts by conditions"))
    }
}

extension Reply {
    /// A file that the browser keeps.
    static func download(_ bytes: [UInt8], name: String) -> Reply {
        let type =
            name.hasSuffix(".csv")
            ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return Reply(
            headers: [
                ("content-type", type), ("content-disposition", "attachment; filename=\"\(name)\""),
                ("cache-control", "private, no-store"),
            ], body: .bytes(bytes))
    }
}
