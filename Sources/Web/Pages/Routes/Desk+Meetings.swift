import Definitions
import Kernel
import Values

/// 找时间: a page that proposes times for some people, and makes the meeting of one of them.
extension Desk {
    func findMeeting() async throws -> Reply {
        let chosen = attendees(exchange.query)
        let minutes = Int(exchange[query: "minutes"] ?? "") ?? 30
        return try await meetingPage(chosen, minutes: minutes, error: nil)
    }

    /// Makes the meeting at the proposed time, or moves the one that was there.
    func makeMeeting() async throws -> Reply {
        let chosen = attendees(fields)
        let minutes = Int(field("minutes")) ?? 30
        guard let starts = Instant(field("starts")) else { throw Rejection.noSuchPath }
        let draft = Draft([
            "title": .text(field("title")), "starts_at": .text(starts.description),
            "attendees": .list(chosen.map { .text($0.description) }), "max_minutes": .text(String(minutes)),
        ])
        do {
            let outcome = try await kernel.perform(Command(.create(object: "meeting", draft)), as: actor)
            guard let id = outcome.created.first?.id else { throw Rejection.noSuchPath }
            return done(
                Paths.record("meeting", id.description), context[Label(zh: "会议已建", en: "The meeting is set")])
        } catch let rejection as Rejection where rejection.kind == .invalid {
            let reasons = rejection.problems.prefix(3).map { context[$0.message] }
            return try await meetingPage(
                chosen, minutes: minutes,
                error: reasons.isEmpty ? context[rejection.message] : reasons.joined(separator: " · "))
        }
    }

    private func attendees(_ pairs: [(name: String, value: String)]) -> [RecordID] {
        pairs.filter { $0.name == "who" }.compactMap { RecordID($0.value) }
    }

    private func meetingPage(_ chosen: [RecordID], minutes: Int, error: String?) async throws -> Reply {
        let (frame, sheet) = try await ask(MeetingSheet(attendees: chosen, minutes: minutes))
        guard frame.sight.canCreate("meeting") else { throw Rejection.noSuchPath }
        let format = context.format
        let me = actor.userID
        let title = context[Label(zh: "找开会时间", en: "Find a time")]
        var content = MeetingPage(
            title: title,
            // Who was chosen stands in front, where a phone shows it.
            people: (sheet.people.filter { chosen.contains($0.id) } + sheet.people.filter { !chosen.contains($0.id) })
                .map {
                    person in
                    MeetingPage.Person(
                        id: person.id.description, name: person.title, zone: person["time_zone"].text ?? "",
                        isChosen: chosen.isEmpty ? person.id == me : chosen.contains(person.id))
                }, minutes: minutes, name: field("title"), error: error ?? sheet.problem.map { context[$0] })
        content.slots = sheet.slots.map { slot in
            MeetingPage.Slot(
                starts: slot.starts.description,
                title: format.dayHeading(format.localDay(slot.starts)) + " · " + format.time(slot.starts) + "–"
                    + format.time(slot.ends),
                why: context[slot.why], score: slot.score,
                seats: slot.seats.map { seat in
                    let hours = seat.minute / 60
                    let rest = seat.minute % 60
                    let time = (hours < 10 ? "0" : "") + "\(hours):" + (rest < 10 ? "0" : "") + "\(rest)"
                    let day = seat.day == format.localDay(slot.starts) ? "" : " " + format.day(seat.day)
                    let tone: Tone = seat.fit == "inside" ? .ok : seat.fit == "edge" ? .warn : .bad
                    return Tag(seat.name + " " + time + day, tone: tone)
                })
        }
        return page(
            content, frame, title: title, place: "meeting",
            crumbs: [
                Shell.Crumb(
                    text: context[frame.sight.model.object("meeting")?.plural ?? Label(zh: "会议", en: "Meetings")],
                    url: Paths.list("meeting")), Shell.Crumb(text: title, url: nil),
            ], backURL: Paths.list("meeting"), status: error == nil ? 200 : 422)
    }
}

/// Who may be asked, and the proposals once two are chosen.
struct MeetingSheet: Question {
    let attendees: [RecordID]
    let minutes: Int

    struct Answer: Sendable {
        let people: [RecordView]
        let slots: [FindMeeting.Slot]
        let problem: Label?
    }

    func answer(in context: ReadContext) throws -> Answer {
        let people = try context.ask(
            ListRecords(
                object: "user", columns: ["name", "time_zone"], filters: ["active"],
                sort: [SortKey(path: "name", descending: false)], limit: 300)
        ).rows
        guard !attendees.isEmpty else { return Answer(people: people, slots: [], problem: nil) }
        do {
            let slots = try context.ask(FindMeeting(attendees: attendees, minutes: minutes))
            return Answer(people: people, slots: slots, problem: nil)
        } catch let rejection as Rejection where rejection.kind == .invalid {
            return Answer(people: people, slots: [], problem: rejection.message)
        }
    }
}
