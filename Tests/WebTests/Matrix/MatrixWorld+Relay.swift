import Definitions
import Kernel
import Testing
import Values

/// What hangs at the records of the families: approvals that run, in which the actor has a part in every relation, and
/// the actor's own requests to change strangers' orders.
extension MatrixWorld {
    mutating func fillRelay() async throws {
        for relation in Relation.allCases {
            try await renumber(relation)
            try await askToChange(relation)
            try await askToBuy(relation)
        }
    }

    /// The approval of a purchase, asked for by its owner and copied to the actor, whatever roles that is given later.
    private mutating func askToBuy(_ relation: Relation) async throws {
        let purchase = try #require(record("purchase_order", relation))
        let login = relation == .own ? "actor" : owner(relation)
        try await employ(login, as: ["purchasing"])
        let requester = try await session(of: login)
        let outcome = try await house.kernel.perform(
            Command(.act(object: "purchase_order", id: purchase, action: "submit", Draft(), expecting: nil)),
            as: requester)
        let approval = try #require(outcome.approval?.id)
        keep(approval, "approval", relation)
        if relation != .own {
            _ = try await house.kernel.perform(
                Command(.approval(ApprovalCommand(id: approval, verb: "copy", people: [actor]))), as: requester)
            try await employ(login, as: ["sales"])
        }
    }

    /// A stranger's request by which the order's number at the customer came to be what it is.
    private func renumber(_ relation: Relation) async throws {
        let number = net.value("order", "customer_po", relation)
        let request = try await plain(
            "change_request", owner: "stranger",
            [
                "order": .record(record("order", relation)), "kind": .text("spec"), "reason": .text("asked for"),
                "before": .object(["customer_po": .text("of before")]),
                "after": .object(["customer_po": .text(number)]), "status": .value(.text("approved")),
            ])
        _ = try await house.kernel.perform(
            Command(.act(object: "change_request", id: request, action: "apply", Draft(), expecting: nil)),
            as: .system("matrix"))
    }

    /// The actor's own request about an order of this relation: what it says of the order is another matter.
    private mutating func askToChange(_ relation: Relation) async throws {
        let request = try await plain(
            "change_request", owner: "actor",
            [
                "order": .record(record("order", relation)), "kind": .text("delivery"), "reason": .text("asked for"),
                "before": .object([:]), "after": .object(["current_etd": .text("2027-03-01")]),
            ])
        keep(request, "change_request", relation)
    }

    private func session(of login: String) async throws -> Actor {
        let token = try await house.kernel.localToken(for: login)
        return try #require(try await house.kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody))
    }
}
