import Definitions
import Kernel
import Values

/// Boards, similar cases and meeting times as JSON.
struct BoardAPI {
    let kernel: Kernel
    let actor: Actor

    /// `GET /api/v1/{object}/board`
    func board(_ object: String, filter: String?) async throws -> Reply {
        let lanes = try await kernel.answer(LadderBoard(object: object, filter: filter), as: actor)
        let model = try await kernel.answer(CurrentModel(), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("lanes")
            writer.array { writer in
                for lane in lanes {
                    writer.object { writer in
                        writer.key("label")
                        writer.label(lane.label)
                        writer.key("more")
                        writer.bool(lane.hasMore)
                        writer.key("cards")
                        writer.array { writer in for card in lane.cards { Self.write(card, model, &writer) } }
                    }
                }
            }
        }
        return .json(writer)
    }

    private static func write(_ card: LadderBoard.Card, _ model: Model, _ writer: inout JSONBuilder) {
        writer.object { writer in
            writer.key("record")
            writer.write(card.record, model: model)
            if let next = card.next {
                writer.key("next")
                writer.object { writer in
                    writer.field("at", next.at.description)
                    writer.field("step", next.step)
                    writer.field("name", next.name)
                }
            }
            writer.key("moves")
            writer.object { writer in
                for (lane, action) in card.moves.sorted(by: { $0.key < $1.key }) { writer.field(String(lane), action) }
            }
        }
    }

    /// `GET /api/v1/{object}/{id}/similar`
    func similar(_ object: String, _ id: RecordID) async throws -> Reply {
        let cases = try await kernel.answer(SimilarTo(object: object, id: id), as: actor)
        let model = try await kernel.answer(CurrentModel(), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in
                for one in cases {
                    writer.object { writer in
                        writer.field("by", one.by)
                        writer.key("record")
                        writer.write(one.record, model: model)
                    }
                }
            }
        }
        return .json(writer)
    }

    /// `POST /api/v1/meetings/find` `{attendees, minutes, from, days}`
    func meetings(_ body: BodyObject) async throws -> Reply {
        try body.allow("attendees", "minutes", "from", "days")
        let people = try body.texts("attendees").compactMap { RecordID($0) }
        let from = body.optionalText("from").flatMap { Instant($0) }
        let slots = try await kernel.answer(
            FindMeeting(
                attendees: people, minutes: body.optionalText("minutes").flatMap { Int($0) } ?? 30, from: from,
                days: body.optionalText("days").flatMap { Int($0) } ?? 14), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in for slot in slots { Self.write(slot, &writer) } }
        }
        return .json(writer)
    }

    private static func write(_ slot: FindMeeting.Slot, _ writer: inout JSONBuilder) {
        writer.object { writer in
            writer.field("starts", slot.starts.description)
            writer.field("ends", slot.ends.description)
            writer.key("score")
            writer.raw(String(slot.score))
            writer.key("why")
            writer.label(slot.why)
            writer.key("people")
            writer.array { writer in
                for seat in slot.seats {
                    writer.object { writer in
                        writer.field("id", seat.person.description)
                        writer.field("name", seat.name)
                        writer.field("time_zone", seat.zone)
                        writer.field("day", seat.day.description)
                        writer.key("minute")
                        writer.raw(String(seat.minute))
                        writer.field("fit", seat.fit)
                        writer.key("carried")
                        writer.raw(String(seat.carried))
                    }
                }
            }
        }
    }
}
