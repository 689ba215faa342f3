import Definitions
import Kernel
import Values

/// The relay as JSON.
extension JSONBuilder {
    mutating func write(_ sheet: RelaySheet, of object: String) {
        self.object { writer in
            writer.field("process", sheet.process.id)
            writer.field("object", object)
            writer.key("columns")
            writer.array { writer in for column in sheet.columns { writer.column(column) } }
            writer.key("rows")
            writer.array { writer in for row in sheet.rows { writer.row(row) } }
            writer.key("summary")
            writer.object { writer in
                for (name, count) in [
                    ("total", sheet.total), ("due_today", sheet.dueToday), ("late", sheet.late),
                    ("paused", sheet.paused), ("endangered", sheet.endangered), ("mine", sheet.mine),
                    ("followed", sheet.followed),
                ] {
                    writer.key(name)
                    writer.int(count)
                }
                writer.key("on_time")
                writer.share(sheet.onTime)
                writer.key("on_time_before")
                writer.share(sheet.onTimeBefore)
            }
            writer.key("cut")
            writer.bool(sheet.isCut)
        }
    }

    private mutating func column(_ column: RelaySheet.Column) {
        object { writer in
            writer.field("leg", column.leg)
            writer.key("label")
            writer.label(column.label)
            writer.key("count")
            writer.int(column.count)
            writer.key("actual_days")
            writer.share(column.actualDays)
            writer.key("standard_days")
            writer.share(column.standardDays)
            writer.key("bottleneck")
            writer.bool(column.isBottleneck)
        }
    }

    private mutating func row(_ row: RelaySheet.Row) {
        object { writer in
            writer.field("id", row.record.description)
            writer.field("title", row.title)
            writer.field("subtitle", row.subtitle)
            writer.key("date")
            writer.day(row.date)
            writer.field("note", row.note)
            writer.key("amount")
            writer.write(row.amount)
            writer.key("legs")
            writer.array { writer in for cell in row.cells { writer.cell(cell) } }
        }
    }

    private mutating func cell(_ cell: RelaySheet.Cell) {
        object { writer in
            writer.field("leg", cell.leg)
            switch cell.state {
            case .done(let days, let wasLate):
                writer.field("state", "done")
                writer.key("days")
                writer.share(days)
                writer.key("late")
                writer.bool(wasLate)
            case .now(let now):
                writer.field("state", "now")
                writer.members(now)
            case .ahead(let day):
                writer.field("state", "ahead")
                writer.key("day")
                writer.day(day)
            case .skipped: writer.field("state", "skipped")
            }
        }
    }

    /// What is so about a running leg, into the object that is open.
    private mutating func members(_ now: RelaySheet.Now) {
        field("run", now.run.description)
        key("holder")
        person(now.holder)
        key("in_stead")
        person(now.inStead)
        field("tone", now.tone.rawValue)
        key("offered")
        bool(now.isOffered)
        key("due")
        instant(now.due)
        key("left_ms")
        if let left = now.left { raw(String(left)) } else { null() }
        key("pause_reason")
        if let reason = now.pauseReason { string(reason) } else { null() }
        key("mine")
        bool(now.isMine)
        key("may_urge")
        bool(now.mayUrge)
    }

    mutating func write(_ leg: MyLeg) {
        object { writer in
            writer.field("object", leg.object)
            writer.field("id", leg.record.description)
            writer.field("title", leg.title)
            writer.key("leg")
            writer.label(leg.leg)
            writer.key("giver")
            writer.person(leg.giver)
            writer.members(leg.now)
        }
    }

    mutating func write(_ standing: RelayStanding, model: Model) {
        object { writer in
            writer.field("process", standing.process.id)
            writer.field("id", standing.record.id.description)
            writer.key("version")
            writer.int(standing.record.version)
            writer.field("title", standing.record.title)
            writer.key("leg")
            if let leg = standing.leg { writer.string(leg.id) } else { writer.null() }
            writer.key("now")
            if let now = standing.now { writer.object { $0.members(now) } } else { writer.null() }
            writer.key("giver")
            writer.person(standing.giver)
            writer.key("used")
            writer.share(standing.used)
            writer.key("capacity")
            writer.array { writer in for word in standing.capacity.sorted() { writer.string(word) } }
            writer.handedOver(standing)
            writer.key("runs")
            writer.array { writer in for run in standing.runs { writer.run(run) } }
            writer.key("ahead")
            writer.array { writer in
                for (leg, day) in standing.ahead {
                    writer.object { writer in
                        writer.field("leg", leg.id)
                        writer.key("day")
                        writer.day(day)
                    }
                }
            }
            writer.key("promised")
            writer.day(standing.promised)
            writer.key("forecast")
            writer.day(standing.forecast)
        }
    }

    /// Deliverables, what is owed, the ways on and who answers for what.
    private mutating func handedOver(_ standing: RelayStanding) {
        key("deliverables")
        array { writer in
            for item in standing.deliverables {
                writer.object { writer in
                    writer.field("id", item.id)
                    writer.key("label")
                    writer.label(item.label)
                    writer.key("done")
                    writer.bool(item.isDone)
                    writer.key("required")
                    writer.bool(item.isRequired)
                    writer.key("manual")
                    writer.bool(item.isManual)
                    writer.key("field")
                    if let field = item.field { writer.string(field) } else { writer.null() }
                }
            }
        }
        key("open_items")
        array { writer in
            for item in standing.items {
                writer.object { writer in
                    writer.field("id", item.id.description)
                    writer.field("text", item.text)
                    writer.key("owed_by")
                    writer.person(item.owedBy)
                    writer.key("due")
                    writer.instant(item.due)
                    writer.key("settled_at")
                    writer.instant(item.settledAt)
                }
            }
        }
        key("exits")
        array { writer in for exit in standing.exits { writer.exit(exit) } }
        key("raci")
        array { writer in
            for part in standing.raci {
                writer.object { writer in
                    writer.field("letter", part.letter)
                    writer.key("names")
                    writer.array { writer in for name in part.names { writer.label(name) } }
                }
            }
        }
    }

    private mutating func exit(_ exit: RelayStanding.Exit) {
        object { writer in
            writer.field("action", exit.action)
            writer.key("label")
            writer.label(exit.label)
            writer.key("primary")
            writer.bool(exit.isPrimary)
            writer.key("next_leg")
            if let leg = exit.nextLeg { writer.label(leg) } else { writer.null() }
            writer.key("next_holder")
            writer.person(exit.nextHolder)
            writer.key("obstacle")
            if let obstacle = exit.obstacle { writer.label(obstacle) } else { writer.null() }
            writer.key("approval")
            if let id = exit.wait?.id { writer.string(id.description) } else { writer.null() }
            writer.key("input")
            writer.array { writer in for field in exit.input { writer.string(field) } }
        }
    }

    private mutating func run(_ run: RelayStanding.Run) {
        object { writer in
            writer.field("id", run.id.description)
            writer.field("object", run.object)
            writer.field("record", run.record.description)
            writer.field("title", run.recordTitle)
            writer.field("leg", run.leg)
            writer.field("status", run.status)
            writer.key("visit")
            writer.int(run.visit)
            writer.key("holder")
            writer.person(run.holder)
            writer.key("giver")
            writer.person(run.giver)
            for (name, at) in [
                ("offered_at", Optional(run.offeredAt)), ("accepted_at", run.acceptedAt), ("ended_at", run.endedAt),
                ("due_at", run.dueAt),
            ] {
                writer.key(name)
                writer.instant(at)
            }
            writer.key("work_days")
            writer.share(run.workDays)
            writer.key("late")
            writer.bool(run.wasLate)
            writer.key("reason")
            if let reason = run.reason { writer.string(reason) } else { writer.null() }
        }
    }

    // MARK: Small parts

    private mutating func person(_ person: RelaySheet.Person?) {
        guard let person else { return null() }
        object { writer in
            writer.field("id", person.id.description)
            writer.field("name", person.name)
        }
    }

    private mutating func instant(_ at: Instant?) { if let at { string(at.description) } else { null() } }
    private mutating func day(_ day: Day?) { if let day { string(day.description) } else { null() } }

    /// A figure with three digits after the point; nil and what is no number are null.
    private mutating func share(_ number: Double?) {
        guard let number, number.isFinite, abs(number) < 1e12 else { return null() }
        let thousandths = Int64((number * 1000).rounded())
        let sign = thousandths < 0 ? "-" : ""
        let rest = String(abs(thousandths) % 1000)
        raw(sign + String(abs(thousandths) / 1000) + "." + String(repeating: "0", count: 3 - rest.count) + rest)
    }
}
