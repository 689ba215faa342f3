import Definitions
import Expressions
import Kernel

/// What the frame around every page shows.
struct Frame: Sendable {
    let sight: ModelSight
    /// Object id → records that wait for the reader there.
    let waiting: [String: Int]
    /// Batons that want the reader now: offered, late or nearly so.
    let batons: Int
    /// The reader's own notices that they have not read.
    let unread: Int
    /// The last event that the page knows of.
    let sequence: Int64
    /// Approvals that wait for the reader.
    let approvals: Int
}

/// A page's content with the frame around it, read in one block.
struct Framed<Content: Question>: Question {
    struct Answer: Sendable {
        let frame: Frame
        let content: Content.Answer
    }

    let content: Content

    func answer(in context: ReadContext) throws -> Answer {
        let content = try context.ask(content)
        let sight = try context.ask(VisibleModel())
        let frame = Frame(
            sight: sight, waiting: try waiting(sight, context), batons: try batons(sight, context),
            unread: try context.ask(UnreadNotices()), sequence: try context.ask(LastEvent()),
            approvals: try context.ask(WaitingApprovals()))
        return Answer(frame: frame, content: content)
    }

    private func batons(_ sight: ModelSight, _ context: ReadContext) throws -> Int {
        guard RelayProcess.first(sight) != nil else { return 0 }
        return try context.ask(MyLegs(pressingOnly: true)).count { leg in
            leg.now.isOffered || leg.now.tone == .late || leg.now.tone == .due
        }
    }

    /// Counts what stands in the first section of the day, for the objects on the rail.
    private func waiting(_ sight: ModelSight, _ context: ReadContext) throws -> [String: Int] {
        var out: [String: Int] = [:]
        for entry in sight.model.menu where entry.primary && sight.canRead(entry.object) {
            guard let view = sight.model.object(entry.object)?.views.first(where: { $0.id == MyDay.sections[0] }) else {
                continue
            }
            let filters = view.filter.map { [$0.source] } ?? []
            do {
                let counted = try context.ask(CountRecords(object: entry.object, filters: filters, cap: 100))
                out[entry.object] = counted.count
            } catch is Rejection {
                continue  // a view over fields this reader may not use has no badge
            }
        }
        return out
    }
}

/// The frame alone, for pages that ask nothing else.
struct NothingMore: Question {
    func answer(in context: ReadContext) throws -> Bool { true }
}
