package import Kernel
import Values

extension JSONBuilder {
    /// `{batch, state, rows, total, created, updated, unchanged, flagged, …, columns, errors}`.
    mutating func write(_ state: ImportProgress.State, columns: [ColumnMatch]) {
        object { writer in
            writer.field("batch", state.batch.description)
            writer.field("object", state.object)
            writer.field("name", state.fileName)
            writer.field("state", state.phase.rawValue)
            writer.key("dry_run")
            writer.bool(state.isTrial)
            writer.field("at", state.at.description)
            writer.counts(state.report)
            for (name, count) in [
                ("total", state.total), ("rate", state.rate), ("seconds_left", state.secondsLeft),
                ("ahead", state.ahead),
            ] as [(String, Int?)] {
                writer.key(name)
                if let count { writer.int(count) } else { writer.null() }
            }
            if let failure = state.failure {
                writer.key("failure")
                writer.object { writer in
                    writer.field("code", failure.code)
                    writer.key("message")
                    writer.label(failure.message)
                }
            }
            if state.phase == .undone || state.phase == .undoing {
                writer.key("undone")
                writer.object { writer in
                    writer.key("taken_back")
                    writer.int(state.undone.taken)
                    writer.key("left")
                    writer.int(state.undone.left)
                    writer.problems(state.left)
                }
            }
            writer.columns(columns)
            writer.problems(state.report.errors)
        }
    }

    /// `{rows, created, updated, flagged, errors: [{line, column, code, message}]}` and what else is known.
    package mutating func write(_ report: ImportReport) {
        object { writer in
            if let batch = report.batch { writer.field("batch", batch.description) }
            writer.counts(report)
            writer.columns(report.columns)
            writer.problems(report.errors)
        }
    }

    private mutating func counts(_ report: ImportReport) {
        for (name, count) in [
            ("rows", report.rows), ("created", report.created), ("updated", report.updated),
            ("unchanged", report.unchanged), ("flagged", report.flagged),
        ] {
            key(name)
            int(count)
        }
    }

    private mutating func columns(_ columns: [ColumnMatch]) {
        key("columns")
        array { writer in
            for column in columns {
                writer.object { writer in
                    writer.field("heading", column.heading)
                    writer.key("field")
                    if let field = column.field { writer.string(field) } else { writer.null() }
                }
            }
        }
    }

    private mutating func problems(_ problems: [RowProblem]) {
        key("errors")
        array { writer in
            for error in problems {
                writer.object { writer in
                    writer.key("line")
                    writer.int(error.line)
                    writer.key("column")
                    if let column = error.column { writer.int(column) } else { writer.null() }
                    writer.key("field")
                    if let field = error.problem.field { writer.string(field) } else { writer.null() }
                    writer.field("code", error.problem.code)
                    writer.key("message")
                    writer.label(error.problem.message)
                }
            }
        }
    }
}
