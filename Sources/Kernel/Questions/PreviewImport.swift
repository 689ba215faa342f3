import Access
import Definitions
import Documents
import Store
import Values

/// What an import would make of a file: its columns with the fields they mean, its first rows, how it was read.
/// Nothing is written or remembered.
package struct PreviewImport: Question {
    package let request: ImportRequest

    package init(request: ImportRequest) { self.request = request }

    package func answer(in context: ReadContext) throws -> ImportPreview {
        let definition = try context.object(request.object)
        try ImportRun.admit(context.actor, to: definition, context.access)
        let file = try ImportFile(request)
        let planner = ImportPlanner(context: context, request: request, definition: definition)
        let plan = try planner.plan(file.header)
        let targets = planner.allowedPaths
        return ImportPreview(
            columns: plan.matches,
            sample: file.head.prefix(20).map { row in row.cells.prefix(60).map { String($0.display.prefix(200)) } },
            headerIndex: file.headerIndex, headerLine: file.header.line, format: file.format,
            sheets: file.facts.sheets, sheet: file.facts.sheet, encoding: file.facts.encoding?.rawValue,
            encodingIsGuess: file.facts.encodingIsGuessed,
            targets: targets + plan.matches.compactMap(\.field).filter { !targets.contains($0) })
    }
}

/// A file before it is imported.
package struct ImportPreview: Sendable {
    package let columns: [ColumnMatch]
    /// The first rows as read, those above the heading included.
    package let sample: [[String]]
    /// Where the heading stands in `sample`.
    package let headerIndex: Int
    /// Its line in the file, from 1.
    package let headerLine: Int
    /// How the file was read: `UTF-8 ,` or `XLSX` and the sheet.
    package let format: String
    /// Of a workbook: its sheets, and the one that is read.
    package let sheets: [String]
    package let sheet: String?
    /// Of a text file.
    package let encoding: String?
    /// The encoding is an estimate: look at the sample.
    package let encodingIsGuess: Bool
    /// Every path that a column may fill for this actor, in the order of the object's fields.
    package let targets: [String]

    /// The encodings one may choose from.
    package static let encodings = TextEncoding.allCases.map(\.rawValue)
}
