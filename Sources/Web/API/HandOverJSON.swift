import Definitions
import Kernel
import Values

/// Hand-overs as JSON.
enum HandOverJSON {
    static func write(_ person: HandOverOf.Person, _ writer: inout JSONBuilder) {
        writer.object { writer in
            writer.field("id", person.id.description)
            writer.field("name", person.name)
        }
    }

    static func write(_ name: String, _ instant: Instant?, _ writer: inout JSONBuilder) {
        writer.key(name)
        if let instant { writer.string(instant.description) } else { writer.null() }
    }

    private static func write(_ name: String, _ label: Label?, _ writer: inout JSONBuilder) {
        writer.key(name)
        if let label { writer.label(label) } else { writer.null() }
    }

    private static func write(_ name: String, _ counts: [String: Int], _ writer: inout JSONBuilder) {
        writer.key(name)
        writer.object { writer in
            for (state, count) in counts.sorted(by: { $0.key < $1.key }) {
                writer.key(state)
                writer.int(count)
            }
        }
    }

    static func write(_ answer: HandOverOf.Answer, _ writer: inout JSONBuilder) {
        writer.object { writer in
            writer.field("id", answer.id.description)
            writer.key("person")
            write(answer.person, &writer)
            writer.field("state", answer.state.rawValue)
            writer.field("by", answer.by)
            writer.field("at", answer.at.description)
            write("fire_at", answer.fireAt, &writer)
            write("begun_at", answer.begunAt, &writer)
            write("ended_at", answer.endedAt, &writer)
            write("undone_at", answer.undoneAt, &writer)
            write("undo_until", answer.undoUntil, &writer)
            write("failure", answer.failure, &writer)
            writer.key("total")
            writer.int(answer.total)
            writer.key("own_count")
            writer.int(answer.ownCount)
            write("own_accepted_at", answer.ownAcceptedAt, &writer)
            writer.key("may_manage")
            writer.bool(answer.mayManage)
            if let wish = answer.wish { self.wish(wish, &writer) }
            groups(answer, &writer)
            limits(answer, &writer)
            receipts(answer, &writer)
        }
    }

    private static func wish(_ wish: HandOverWish, _ writer: inout JSONBuilder) {
        func targets(_ name: String, _ map: [String: HandOverWish.Target], _ writer: inout JSONBuilder) {
            writer.key(name)
            writer.object { writer in
                for (key, target) in map.sorted(by: { $0.key < $1.key }) { writer.field(key, target.text) }
            }
        }
        writer.key("wish")
        writer.object { writer in
            writer.key("usual")
            if let usual = wish.usual { writer.string(usual.description) } else { writer.null() }
            targets("groups", wish.groups, &writer)
            targets("exceptions", wish.exceptions, &writer)
            writer.key("rules")
            writer.array { writer in
                for rule in wish.rules {
                    writer.object { writer in
                        writer.field("object", rule.object)
                        writer.field("condition", rule.condition)
                        writer.field("to", rule.to.description)
                    }
                }
            }
            writer.key("ends_account")
            writer.bool(wish.endsAccount)
            writer.key("follows")
            writer.bool(wish.follows)
            writer.field("note", wish.note)
        }
    }

    private static func groups(_ answer: HandOverOf.Answer, _ writer: inout JSONBuilder) {
        writer.key("groups")
        writer.array { writer in
            for group in answer.groups {
                writer.object { writer in
                    writer.field("kind", group.kind)
                    writer.field("object", group.object)
                    writer.field("field", group.field)
                    writer.key("receiver")
                    if let receiver = group.receiver { write(receiver, &writer) } else { writer.null() }
                    write("counts", group.counts, &writer)
                }
            }
        }
    }

    private static func limits(_ answer: HandOverOf.Answer, _ writer: inout JSONBuilder) {
        writer.key("limits")
        writer.array { writer in
            for limit in answer.limits {
                writer.object { writer in
                    writer.field("receiver", limit.receiver.description)
                    writer.field("object", limit.object)
                    writer.key("looked")
                    writer.int(limit.looked)
                    writer.key("unseen")
                    writer.int(limit.unseen)
                    writer.key("lacking")
                    writer.array { writer in for action in limit.lacking { writer.string(action) } }
                }
            }
        }
    }

    private static func receipts(_ answer: HandOverOf.Answer, _ writer: inout JSONBuilder) {
        writer.key("receipts")
        writer.array { writer in
            for receipt in answer.receipts {
                writer.object { writer in
                    writer.key("receiver")
                    write(receipt.receiver, &writer)
                    writer.key("count")
                    writer.int(receipt.count)
                    write("accepted_at", receipt.acceptedAt, &writer)
                }
            }
        }
    }

    static func write(_ page: HandOverItems.Answer, _ writer: inout JSONBuilder) {
        writer.object { writer in
            writer.key("data")
            writer.array { writer in for item in page.items { write(item, &writer) } }
            writer.key("next")
            if let next = page.next { writer.int(next) } else { writer.null() }
        }
    }

    private static func write(_ item: HandOverItems.Item, _ writer: inout JSONBuilder) {
        writer.object { writer in
            writer.field("key", item.key)
            writer.field("kind", item.kind)
            writer.field("object", item.object)
            writer.field("field", item.field)
            writer.key("record")
            if let subject = item.subject { writer.string(subject.description) } else { writer.null() }
            writer.field("title", item.title)
            writer.key("receiver")
            if let receiver = item.receiver { write(receiver, &writer) } else { writer.null() }
            writer.field("state", item.state)
            write("problem", item.problem, &writer)
        }
    }

    static func write(_ held: HoldingsOf.Answer, _ writer: inout JSONBuilder) {
        writer.object { writer in
            writer.field("person", held.person.description)
            writer.field("name", held.name)
            writer.key("active")
            writer.bool(held.isActive)
            writer.key("groups")
            writer.array { writer in
                for group in held.groups where group.count > 0 {
                    writer.object { writer in
                        writer.field("group", group.object + "." + group.field.id)
                        writer.key("count")
                        writer.int(group.count)
                        writer.key("in_sight")
                        writer.int(group.inSight)
                        writer.field("filter", group.filter)
                    }
                }
            }
            for (name, count) in [
                ("legs", held.legs), ("approvals", held.approvals), ("tasks", held.tasks),
                ("delegations", held.delegations), ("views", held.views), ("tokens", held.tokens),
                ("sessions", held.sessions),
            ] {
                writer.key(name)
                writer.int(count)
            }
        }
    }
}
