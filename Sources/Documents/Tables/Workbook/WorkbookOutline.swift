/// What a workbook says about itself: its sheets, where they lie, and from which day its dates count.
struct WorkbookOutline {
    struct Sheet {
        var name: String
        var part: String
        var isHidden: Bool
    }

    private(set) var sheets: [Sheet] = []
    private(set) var startsIn1904 = false
    private(set) var styles: String?
    private(set) var sharedStrings: String?

    init(_ archive: ZipArchive) throws(TableError) {
        let workbook = try Self.workbookPart(archive)
        let handler = OutlineHandler()
        guard let part = try archive.part(workbook) else { throw .notATable("zip") }
        try XMLStream(part, handler).finish()
        let relations = try Relations(archive, of: workbook)
        startsIn1904 = handler.startsIn1904
        styles = relations.target(kind: "/styles")
        sharedStrings = relations.target(kind: "/sharedStrings")
        for sheet in handler.sheets {
            guard let target = relations.byID[sheet.relation], target.kind.hasSuffix("/worksheet") else { continue }
            sheets.append(Sheet(name: sheet.name, part: target.part, isHidden: sheet.isHidden))
        }
    }

    /// The sheet of that name, or the first one that is shown.
    func sheet(named name: String?) throws(TableError) -> Sheet {
        if let name {
            guard let sheet = sheets.first(where: { $0.name == name }) else { throw .sheetMissing(name) }
            return sheet
        }
        guard let sheet = sheets.first(where: { !$0.isHidden }) ?? sheets.first else { throw .empty }
        return sheet
    }

    private static func workbookPart(_ archive: ZipArchive) throws(TableError) -> String {
        if archive.has("xl/workbook.xml") { return "xl/workbook.xml" }
        if archive.has("xl/workbook.bin") { throw .notATable("xlsb") }
        if archive.has("content.xml") { throw .notATable("OpenDocument") }
        guard let part = try Relations(archive, of: "").target(kind: "/officeDocument"), archive.has(part) else {
            throw .notATable("zip")
        }
        return part
    }
}

private final class OutlineHandler: XMLHandler {
    var sheets: [(name: String, relation: String, isHidden: Bool)] = []
    var startsIn1904 = false

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "sheet", sheets.count < 1024 {
            let isHidden = attributes.text("state").map { $0 != "visible" } ?? false
            sheets.append((attributes.text("name") ?? "", attributes.text("id") ?? "", isHidden))
        } else if name == "workbookPr" {
            let flag = attributes.text("date1904")
            startsIn1904 = flag == "1" || flag == "true"
        }
    }
}

/// The relations of a part to others inside the same package; links to the outside are dropped.
struct Relations {
    struct Target {
        var kind: String
        var part: String
    }

    private(set) var byID: [String: Target] = [:]

    /// - Parameter part: the part they belong to; empty for the package.
    init(_ archive: ZipArchive, of part: String) throws(TableError) {
        let folder = part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
        let name = part.dropFirst(folder.count)
        guard let file = try archive.part("\(folder)_rels/\(name).rels") else { return }
        let handler = RelationsHandler()
        try XMLStream(file, handler).finish()
        for relation in handler.relations {
            byID[relation.id] = Target(kind: relation.kind, part: Self.resolve(relation.target, in: folder))
        }
    }

    func target(kind: String) -> String? { byID.values.first { $0.kind.hasSuffix(kind) }?.part }

    private static func resolve(_ target: String, in folder: String) -> String {
        if target.hasPrefix("/") { return String(target.dropFirst()) }
        var steps: [Substring] = []
        for step in (folder + target).split(separator: "/") {
            if step == ".." { _ = steps.popLast() } else if step != "." { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}

private final class RelationsHandler: XMLHandler {
    var relations: [(id: String, kind: String, target: String)] = []

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        guard name == "Relationship", relations.count < 4096, attributes.text("TargetMode") != "External" else {
            return
        }
        relations.append((attributes.text("Id") ?? "", attributes.text("Type") ?? "", attributes.text("Target") ?? ""))
    }
}
