import Access
import Calendars
package import Definitions
import Flow
import Store
package import Values

/// Which running deadlines another working calendar would move.
package struct WhatMoves: Question {
    package struct Moved: Sendable {
        package let object: String
        package let record: RecordID
        /// What names the record, and what is measured there.
        package let title: String
        package let what: Label
        package let before: Instant?
        package let after: Instant?
    }

    package struct Answer: Sendable {
        /// Running clocks and legs of those who work by the calendar.
        package let looked: Int
        package let clocks: Int
        package let legs: Int
        package let earlier: Int
        package let later: Int
        /// Late at once when the change is made.
        package let lateAtOnce: Int
        /// Some of them, as far as the asker may see the records.
        package let examples: [Moved]
    }

    package let calendar: RecordID
    /// The calendar as it would be.
    package let draft: Draft

    package init(calendar: RecordID, draft: Draft) {
        self.calendar = calendar
        self.draft = draft
    }

    /// So many of each kind are looked at.
    static let most = 20_000

    /// For whoever may change calendars. Two statements, and one for each example.
    ///
    /// - Throws: the rejection `invalid` with what is wrong with the calendar.
    package func answer(in context: ReadContext) throws -> Answer {
        guard context.access.grant(WorkCalendar.object).actions.contains("update") else { throw Rejection.notAllowed }
        let book = try context.peopleBook()
        let changed = book.with(try read(context), as: calendar)
        let people = Set(book.people.filter { book.workCalendar(of: $0) == calendar }.map(\.id))
        var tally = Tally(now: context.now)
        try context.connection.beyondSight {
            try clocks(of: people, book, changed, context, &tally)
            try legs(of: people, book, changed, context, &tally)
        }
        return Answer(
            looked: tally.looked, clocks: tally.clocks, legs: tally.legs, earlier: tally.earlier, later: tally.later,
            lateAtOnce: tally.lateAtOnce, examples: try tally.moved.prefix(60).compactMap { try seen($0, context) })
    }

    private struct Tally {
        let now: Instant
        var looked = 0
        var clocks = 0
        var legs = 0
        var earlier = 0
        var later = 0
        var lateAtOnce = 0
        var moved: [Moved] = []

        /// - Returns: whether the deadline is another one.
        mutating func note(_ before: Instant?, _ after: Instant?, _ moved: @autoclosure () -> Moved) -> Bool {
            looked += 1
            if before == after { return false }
            let (old, new) = (before ?? Instant(milliseconds: .max), after ?? Instant(milliseconds: .max))
            if new < old { earlier += 1 } else { later += 1 }
            if old > now, new <= now { lateAtOnce += 1 }
            self.moved.append(moved())
            return true
        }
    }

    private func read(_ context: ReadContext) throws -> WorkCalendar {
        guard let definition = context.model.object(WorkCalendar.object) else { throw Rejection.noSuchRecord }
        var problems: [Problem] = []
        let change = DraftReader(
            context: context, definition: definition, ids: .random, writable: nil
        ).change(draft, stored: [:], &problems)
        guard problems.isEmpty else { throw Rejection.invalid(problems) }
        do throws(CalendarFindings) {
            let read = try WorkCalendar(change.values, lines: (change.lines["days"] ?? []).map(\.values))
            let obstacles = read.obstacles(holidays: context.snapshot.holidays, at: context.now)
            if !obstacles.isEmpty { throw CalendarFindings(problems: obstacles) }
            return read
        } catch {
            throw Rejection.invalid(error.problems)
        }
    }

    private func clocks(
        of people: Set<RecordID>, _ book: PeopleBook, _ changed: PeopleBook, _ context: ReadContext,
        _ tally: inout Tally
    ) throws {
        let rules = try context.clockRules()
        for row in try RunningClocks(context.connection).unfinished(after: nil, limit: Self.most) {
            guard let person = row.person, people.contains(person), row.state == "runs",
                let ledger = ClockLedger(text: row.ledger), let rule = rules[row.step],
                let clock = context.snapshot.clocks[row.object]?.first(where: { $0.id == row.clock })
            else { continue }
            // A calendar that never opens is refused before.
            let before = try? ledger.deadline(of: rule, calendar: book.calendar(of: person))
            let after = try? ledger.deadline(of: rule, calendar: changed.calendar(of: person))
            let isMoved = tally.note(
                before, after,
                Moved(
                    object: row.object, record: row.record, title: "", what: clock.label, before: before, after: after))
            if isMoved { tally.clocks += 1 }
        }
    }

    private func legs(
        of people: Set<RecordID>, _ book: PeopleBook, _ changed: PeopleBook, _ context: ReadContext,
        _ tally: inout Tally
    ) throws {
        for row in try Legs(context.connection).unfinished(after: nil, limit: Self.most) {
            guard let holder = row.holder, people.contains(holder), let terms = try LegTerms(row, context) else {
                continue
            }
            let before = try? terms.due(book.calendar(of: holder))  // refused before, as above
            let after = try? terms.due(changed.calendar(of: holder))
            let isMoved = tally.note(
                before, after,
                Moved(
                    object: row.object, record: row.record, title: "", what: terms.leg.label, before: before,
                    after: after))
            if isMoved { tally.legs += 1 }
        }
    }

    private func seen(_ moved: Moved, _ context: ReadContext) throws -> Moved? {
        do {
            let record = try context.ask(ShowRecord(object: moved.object, id: moved.record, withLines: false))
            return Moved(
                object: moved.object, record: moved.record, title: record.title, what: moved.what,
                before: moved.before, after: moved.after)
        } catch is Rejection {
            return nil  // counted, not named
        }
    }
}
