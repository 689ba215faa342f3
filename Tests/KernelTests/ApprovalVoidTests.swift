import Definitions
import Foundation
import Kernel
import Testing
import Values

/// Chance that is the same in every run (SplitMix64).
private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// A purchase order and its approvals as they should be: what is bound, and what became of each approval.
private struct PlainOrder {
    /// Field → value; those of the line after a dot.
    var bound: [String: String] = [:]
    var isApproved = false
    /// In the order in which they were asked for.
    var approvals: [(id: RecordID, status: String)] = []

    var pending: Int? { approvals.lastIndex { $0.status == "pending" } }

    mutating func set(_ field: String, _ value: String) {
        guard bound[field] != nil, bound[field] != value else { return }
        bound[field] = value
        for index in approvals.indices where ["pending", "approved"].contains(approvals[index].status) {
            approvals[index].status = "voided"
        }
    }
}

/// Sequences of edits and decisions against the plain model.
@Suite("What voids an approval") struct ApprovalVoidTests {
    private struct World {
        let house: TestHouse
        let peng: Actor
        let zong: Actor
        let suppliers: [RecordID]
        let lamps: [RecordID]
    }

    /// Field → the values it takes. Approvals of purchase orders are bound to the first seven.
    private static let bound = ["supplier", "currency", "fx_rate", "due", "line.product", "line.qty", "line.price"]
    private static let free = ["remarks", "invoice_no", "confirmed_due", "line.note", "line.description"]

    private func values(of field: String, _ world: World) -> [String] {
        switch field {
        case "supplier": world.suppliers.map(\.description)
        case "currency": ["CNY", "USD"]
        case "fx_rate": ["1", "7.1"]
        case "due": ["2027-01-31", "2027-02-28"]
        case "line.product": world.lamps.map(\.description)
        case "line.qty": ["1000", "1500"]
        case "line.price": ["60", "61"]
        case "confirmed_due": ["2027-01-10", "2027-01-12"]
        default: ["one", "two"]
        }
    }

    private func open() async throws -> World {
        let house = try await TestHouse.open()
        try await house.rate("USD", "7.1")
        return World(
            house: house, peng: try await house.actor("peng"), zong: try await house.actor("zong"),
            suppliers: [try await house.supplier("Ningbo Glass"), try await house.supplier("Yiwu Lamps")],
            lamps: [try await house.lamp("P-1"), try await house.lamp("P-2")])
    }

    private func input(_ value: String, _ field: String) -> Input {
        ["fx_rate", "line.qty", "line.price"].contains(field) ? .number(value) : .text(value)
    }

    private func edit(_ field: String, to value: String, of order: RecordView, _ world: World) async throws {
        let kernel = world.house.kernel
        let version = try await kernel.answer(
            ShowRecord(object: "purchase_order", id: order.id, withLines: false), as: world.peng
        ).version
        var draft = Draft()
        if field.hasPrefix("line.") {
            let line = try #require(order.lines["lines"]?.first)
            draft.lines["lines"] = [LineDraft(id: line.id, [String(field.dropFirst(5)): input(value, field)])]
        } else {
            draft.fields[field] = input(value, field)
        }
        _ = try await kernel.perform(
            Command(.update(object: "purchase_order", id: order.id, draft, expecting: version)), as: world.peng)
    }

    private func act(_ action: String, _ order: RecordView, _ actor: Actor, _ world: World) async throws -> Outcome {
        try await world.house.kernel.perform(
            Command(.act(object: "purchase_order", id: order.id, action: action, Draft(), expecting: nil)), as: actor)
    }

    private func decide(_ verb: String, _ id: RecordID, _ actor: Actor, _ world: World) async throws {
        _ = try await world.house.kernel.perform(
            Command(.approval(ApprovalCommand(id: id, verb: verb, note: "why"))), as: actor)
    }

    private func step(
        _ plain: inout PlainOrder, _ order: RecordView, _ world: World, _ chance: inout Chance
    ) async throws {
        if plain.isApproved {
            _ = try await act("edit_again", order, world.peng, world)
            plain.isApproved = false
            return
        }
        let die = Int.random(in: 0..<10, using: &chance)
        guard die >= 5 else {
            let field = (die < 3 ? Self.bound : Self.free).randomElement(using: &chance) ?? "due"
            let value = values(of: field, world).randomElement(using: &chance) ?? ""
            try await edit(field, to: value, of: order, world)
            return plain.set(field, value)
        }
        guard let pending = plain.pending else {
            let outcome = try await act("submit", order, world.peng, world)
            let id = try #require(outcome.approval?.id)
            if let again = plain.approvals.firstIndex(where: { $0.id == id }) {
                plain.approvals[again].status = "pending"
            } else {
                plain.approvals.append((id, "pending"))
            }
            return
        }
        let (verb, status, actor) = [
            ("approve", "approved", world.zong), ("reject", "rejected", world.zong),
            ("return", "returned", world.zong), ("withdraw", "withdrawn", world.peng),
            ("comment", "pending", world.zong),
        ][die - 5]
        try await decide(verb, plain.approvals[pending].id, actor, world)
        plain.approvals[pending].status = status
        plain.isApproved = status == "approved"
    }

    private func walk(_ number: Int, _ world: World) async throws {
        var chance = Chance(state: UInt64(number))
        var draft = Draft([
            "supplier": .record(world.suppliers[0]), "due": .text("2027-01-31"), "currency": .text("CNY"),
            "fx_rate": .number("1"),
        ])
        draft.lines["lines"] = [
            LineDraft([
                "product": .record(world.lamps[0]), "qty": .number("1000"), "price": .number("60"),
                "standard_price": .number("60"),
            ])
        ]
        let made = try await world.house.kernel.perform(
            Command(.create(object: "purchase_order", draft)), as: world.peng)
        let order = try #require(made.record)
        var plain = PlainOrder()
        for field in Self.bound { plain.bound[field] = values(of: field, world)[0] }
        for place in 0..<Int.random(in: 4...10, using: &chance) {
            try await step(&plain, order, world, &chance)
            for (id, expected) in plain.approvals {
                let found = try await world.house.show("approval", id)["status"]
                #expect(found == .text(expected), "sequence \(number), step \(place)")
            }
        }
    }

    /// `BATON_VOIDS=5000` walks as many sequences; otherwise a few.
    @Test("Whatever change of a bound field voids what runs and what was granted, and nothing else does")
    func sequences() async throws {
        let world = try await open()
        let count = ProcessInfo.processInfo.environment["BATON_VOIDS"].flatMap { Int($0) } ?? 12
        for number in 0..<count { try await walk(number, world) }
        await world.house.end()
    }
}
