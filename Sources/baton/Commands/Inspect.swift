import ArgumentParser
import Definitions
import Foundation
import Interchange

struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what of a BPMN or DMN file is executed, kept and refused.")

    @Argument(help: "A file of another program.") var file: String

    func run() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        do {
            let notes = try Self.notes(of: XMLDocument(Array(data)))
            for note in notes { print(Self.line(note)) }
            guard !notes.contains(where: { $0.treatment == .refused }) else { throw ExitCode(1) }
        } catch let error as InterchangeError {
            print(error.message.zh + " / " + error.message.en)
            throw ExitCode(1)
        }
    }

    private static func notes(of document: XMLDocument) throws -> [InterchangeNote] {
        if document.root.name.namespace == BPMNDocument.namespace { return try BPMNDocument(document).report }
        let decisions = try DMNDocument(document)
        for table in decisions.tables {
            for finding in table.checked().findings {
                print("\(table.name): \(finding.message.zh) / \(finding.message.en)")
            }
        }
        return decisions.report
    }

    private static func line(_ note: InterchangeNote) -> String {
        let treatment =
            switch note.treatment {
            case .executed: "✓ 执行 executed"
            case .kept: "· 保留 kept"
            case .refused: "✗ 拒绝 refused"
            }
        return "\(treatment)  \(note.element) \(note.id ?? "")  \(note.message.zh) / \(note.message.en)"
    }
}
