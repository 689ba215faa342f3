import Documents
import Foundation
import Kernel
import Values

/// Everything that one person was told, as the bytes that a surface would send, each answer under its name.
struct AnswerBytes {
    private(set) var answers: [(surface: String, bytes: Data)] = []

    mutating func add(_ surface: String, _ view: RecordView) { add(surface) { Self.write(view, &$0) } }

    mutating func add(_ surface: String, _ page: RecordPage) {
        add(surface) { builder in
            builder.array { builder in for row in page.rows { Self.write(row, &builder) } }
        }
    }

    mutating func add(_ surface: String, _ table: FigureTable) {
        add(surface) { builder in
            builder.array { builder in for row in table.rows { for value in row { builder.write(value) } } }
        }
    }

    mutating func add(_ surface: String, _ hits: [SearchHit]) {
        add(surface) { builder in
            builder.array { builder in
                for hit in hits {
                    builder.string(hit.title)
                    builder.string(hit.subtitle)
                }
            }
        }
    }

    mutating func add(_ surface: String, _ entries: [TimelineEntry]) {
        add(surface) { builder in
            builder.array { builder in
                for entry in entries {
                    builder.string(entry.title)
                    builder.string(entry.reason ?? "")
                    for change in entry.changes {
                        builder.string(change.field)
                        builder.write(change.before)
                        builder.write(change.after)
                    }
                    for (id, title) in entry.titles { builder.string("\(id) \(title)") }
                }
            }
        }
    }

    mutating func add(_ surface: String, _ plan: DayPlan) {
        for group in plan.sections.flatMap(\.groups) {
            for row in group.rows { add(surface + " " + group.object, row) }
        }
    }

    mutating func add(_ surface: String, _ rejection: Rejection) { add(surface, text: "\(rejection)") }

    mutating func add(_ surface: String, _ document: TradeDocument) { add(surface, text: "\(document)") }

    mutating func add(_ surface: String, text: String) {
        // Grouped thousands are digits all the same.
        answers.append((surface, Data(text.replacing(",", with: "").utf8)))
    }

    private mutating func add(_ surface: String, _ body: (inout JSONBuilder) -> Void) {
        var builder = JSONBuilder()
        body(&builder)
        answers.append((surface, Data(builder.bytes)))
    }

    private static func write(_ view: RecordView, _ builder: inout JSONBuilder) {
        builder.object { builder in
            builder.field("title", view.title)
            for (path, value) in view.values {
                builder.key(path)
                builder.write(value)
            }
            for (id, title) in view.titles { builder.field(id.description, title) }
            for (name, lines) in view.lines {
                builder.key(name)
                builder.array { builder in for line in lines { write(line, &builder) } }
            }
        }
    }

    /// The surfaces on which a word stands.
    func surfaces(telling word: String) -> [String] {
        let needle = Data(word.utf8)
        return answers.filter { $0.bytes.range(of: needle) != nil }.map(\.surface)
    }
}
