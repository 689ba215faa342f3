/// Handing over work, in the description of the API.
extension HouseOperation {
    static let handOvers =
        [
            HouseOperation(
                path: "/hand-overs", method: "get", id: "listHandOvers", summary: "The newest hand-overs of work"),
            HouseOperation(
                path: "/hand-overs", method: "post", id: "planHandOver", summary: "Plans a hand-over; nothing goes yet",
                queries: ["dry_run"], body: .members(members(person: true)), success: "201"),
            HouseOperation(
                path: "/hand-overs/holdings/{person}", method: "get", id: "holdingsOf", summary: "What somebody holds"),
            HouseOperation(
                path: "/hand-overs/{id}", method: "get", id: "showHandOver",
                summary: "One hand-over: its plan, what would limit successors, how far it is, and who accepted"),
            HouseOperation(
                path: "/hand-overs/{id}", method: "patch", id: "changeHandOver",
                summary: "Changes a plan; what is not named stays", queries: ["dry_run"],
                body: .members(members(person: false))),
            HouseOperation(
                path: "/hand-overs/{id}/items", method: "get", id: "handOverItems",
                summary: "What belongs to it, one by one; of a plan as it would go now",
                queries: ["show", "receiver", "from", "limit"]),
        ]
        + [
            ("start", "Begins, at once or on its day"), ("cancel", "Takes back a plan, or stops one under way"),
            ("resume", "Goes on with one that was stopped or failed"),
            ("undo", "Gives back what nobody changed since, within 30 days"),
            ("accept", "Says that one has taken over what came to one"),
        ].map { verb, summary in
            HouseOperation(
                path: "/hand-overs/{id}/" + verb, method: "post", id: verb + "HandOver", summary: summary,
                queries: ["dry_run"])
        }

    private static func members(person: Bool) -> [(String, required: Bool)] {
        HandOverBody.members.map { ($0, required: person && $0 == "person") }
    }
}
