import Definitions
import Kernel
import Values

/// Workflows as JSON.
extension JSONBuilder {
    /// `{"data": […]}`.
    static func list<Item>(_ items: [Item], _ write: (inout JSONBuilder, Item) -> Void) -> JSONBuilder {
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in for item in items { write(&writer, item) } }
        }
        return writer
    }

    mutating func write(_ summary: WorkflowSummary) { object { $0.members(summary) } }

    private mutating func members(_ summary: WorkflowSummary) {
        field("id", summary.id.description)
        field("key", summary.key)
        key("number")
        int(summary.number)
        field("name", summary.name)
        optional("object", summary.object)
        key("in_force")
        bool(summary.isInForce)
        field("created_at", summary.createdAt.description)
        person("created_by", summary.createdBy)
        for (name, count) in [
            ("running", summary.running), ("done", summary.done), ("cancelled", summary.cancelled),
        ] {
            key(name)
            int(count)
        }
    }

    mutating func write(_ detail: WorkflowDetail) {
        object { writer in
            writer.members(detail.summary)
            writer.key("report")
            writer.object { $0.members(detail.report) }
            writer.drawing(detail.drawing)
            writer.key("versions")
            writer.array { writer in for version in detail.versions { writer.write(version) } }
            writer.key("runs")
            writer.array { writer in for run in detail.runs { writer.object { $0.members(run) } } }
            writer.key("open_at")
            writer.object { writer in
                for (node, count) in detail.openAt.sorted(by: { $0.key < $1.key }) {
                    writer.key(node)
                    writer.int(count)
                }
            }
        }
    }

    mutating func members(_ report: WorkflowReport) {
        field("key", report.key)
        key("number")
        int(report.number)
        field("name", report.name)
        optional("object", report.object)
        key("runnable")
        bool(report.isRunnable)
        key("processes")
        array { writer in for id in report.processes { writer.string(id) } }
        key("lanes")
        array { writer in
            for lane in report.lanes {
                writer.object { writer in
                    writer.field("id", lane.id)
                    writer.field("name", lane.name)
                    writer.optional("holder", lane.holder)
                    writer.key("tasks")
                    writer.int(lane.tasks)
                }
            }
        }
        key("problems")
        array { writer in
            for problem in report.problems {
                writer.object { writer in
                    writer.optional("place", problem.field)
                    writer.field("code", problem.code)
                    writer.key("message")
                    writer.label(problem.message)
                }
            }
        }
        key("notes")
        array { writer in
            for note in report.notes {
                writer.object { writer in
                    writer.field("treatment", note.treatment)
                    writer.field("element", note.element)
                    writer.optional("place", note.place)
                    writer.field("code", note.code)
                    writer.key("message")
                    writer.label(note.message)
                }
            }
        }
    }

    private mutating func drawing(_ drawing: WorkflowDrawing) {
        key("nodes")
        array { writer in
            for node in drawing.nodes {
                writer.object { writer in
                    writer.field("id", node.id)
                    writer.field("kind", node.kind)
                    writer.field("name", node.name)
                    for (name, length) in [
                        ("x", node.x), ("y", node.y), ("width", node.width), ("height", node.height),
                    ] {
                        writer.key(name)
                        writer.raw(length.description)
                    }
                }
            }
        }
    }

    // MARK: Runs

    mutating func members(_ run: WorkflowRunSummary) {
        field("id", run.id.description)
        field("workflow", run.key)
        field("version", run.workflow.description)
        key("number")
        int(run.number)
        field("name", run.name)
        field("status", run.status)
        optional("object", run.object)
        optional("record", run.record?.description)
        optional("title", run.title)
        field("started_at", run.startedAt.description)
        person("started_by", run.startedBy)
        optional("ended_at", run.endedAt?.description)
        optional("reason", run.reason)
        key("open")
        array { writer in for task in run.open { writer.write(task) } }
    }

    mutating func write(_ detail: WorkflowRunDetail) {
        object { writer in
            writer.members(detail.run)
            writer.key("tasks")
            writer.array { writer in for task in detail.tasks { writer.write(task) } }
            writer.key("timers")
            writer.array { writer in
                for timer in detail.timers {
                    writer.object { writer in
                        writer.field("id", timer.id)
                        writer.field("node", timer.node)
                        writer.field("fires_at", timer.firesAt.description)
                        writer.key("interrupts")
                        writer.bool(timer.interrupts)
                    }
                }
            }
            writer.key("waiting_at")
            writer.array { writer in for place in detail.waiting { writer.string(place.node) } }
            writer.key("may_cancel")
            writer.bool(detail.mayCancel)
        }
    }

    mutating func write(_ task: WorkflowTaskView) {
        object { writer in
            writer.field("id", task.id.description)
            writer.field("run", task.run.description)
            writer.field("workflow", task.workflow)
            writer.field("node", task.node)
            writer.field("name", task.name)
            if let item = task.item {
                writer.key("item")
                writer.int(item)
            }
            writer.field("kind", task.kind)
            writer.optional("lane", task.lane)
            writer.field("status", task.status)
            writer.person("holder", task.holder)
            writer.person("in_stead", task.inStead)
            writer.key("candidates")
            writer.array { writer in
                for person in task.candidates { writer.object { $0.members(person) } }
            }
            writer.field("opened_at", task.openedAt.description)
            writer.optional("taken_at", task.takenAt?.description)
            writer.optional("ended_at", task.endedAt?.description)
            writer.person("ended_by", task.endedBy)
            writer.optional("note", task.note)
            writer.optional("due_at", task.dueAt?.description)
            writer.optional("object", task.object)
            writer.optional("record", task.record?.description)
            writer.optional("title", task.title)
            writer.optional("action", task.action)
            writer.optional("topic", task.topic)
            writer.key("verbs")
            writer.array { writer in for verb in task.verbs.sorted() { writer.string(verb) } }
            writer.key("earlier")
            writer.array { writer in for place in task.earlier { writer.string(place.node) } }
            writer.key("form")
            writer.array { writer in
                for item in task.form {
                    writer.object { writer in
                        writer.field("field", item.field)
                        writer.optional("label", item.label)
                        writer.key("required")
                        writer.bool(item.isRequired)
                    }
                }
            }
        }
    }

    // MARK: Parts

    private mutating func members(_ person: WorkflowPerson) {
        field("id", person.id.description)
        field("name", person.name)
    }

    private mutating func person(_ name: String, _ person: WorkflowPerson?) {
        guard let person else { return }
        key(name)
        object { $0.members(person) }
    }

    private mutating func optional(_ name: String, _ text: String?) {
        if let text { field(name, text) }
    }
}
