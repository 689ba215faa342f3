import Definitions
import Kernel
import Testing
import Values

/// What was sent to a customer stays as it was: invariants of frozen versions and of declared transitions.
@Suite(.serialized) struct FrozenVersionTests {
    /// A house with one quotation that was sent.
    private func sent() async throws -> (TestHouse, RecordView) {
        let house = try await TestHouse.open()
        try await house.rate("USD", "7.1")
        let lamp = try await house.lamp("L-1")
        let company = try await house.customer("Nordlicht", of: "lin")
        let quotation = try await house.quotation(for: company, product: lamp, as: "lin")
        _ = try await house.act("approve_own", "quotation", quotation.id, as: "lin")
        let view = try #require(try await house.act("send", "quotation", quotation.id, as: "lin").record)
        return (house, view)
    }

    @Test("Every field of a sent quotation refuses a change and says why")
    func fields() async throws {
        let (house, quotation) = try await sent()
        let model = try await house.kernel.answer(CurrentModel(), as: .nobody)
        let object = try #require(model.object("quotation"))
        for login in ["lin", "zong"] {
            let actor = try await house.actor(login)
            for field in object.liveFields {
                var draft = Draft()
                if case .lines = field.type {
                    draft.lines[field.id] = [LineDraft(["description": .text("x"), "qty": .number("1")])]
                } else {
                    draft.fields[field.id] = Self.other(field.type, than: quotation[field.id])
                }
                let command = Command(
                    .update(object: "quotation", id: quotation.id, draft, expecting: quotation.version))
                let refusal = try await refused("\(login) \(field.id)") {
                    try await house.kernel.perform(command, as: actor)
                }
                #expect([.invalid, .conflict, .forbidden].contains(refusal.kind), "\(login) \(field.id)")
                if refusal.kind == .invalid {
                    #expect(
                        refusal.problems.contains { $0.field?.hasPrefix(field.id) == true },
                        "\(login) \(field.id): \(refusal.problems)")
                }
            }
        }
        try await expectUntouched(house, quotation)
        await house.end()
    }

    @Test("A sent quotation can't be deleted, and its lines have no door of their own")
    func otherDoors() async throws {
        let (house, quotation) = try await sent()
        let line = try #require(quotation.lines["lines"]?.first)
        for login in ["lin", "dong", "ada"] {
            let actor = try await house.actor(login)
            let kinds: [Command.Kind] = [
                .delete(object: "quotation", id: quotation.id, expecting: quotation.version),
                .delete(object: "quotation", id: quotation.id, expecting: nil),
                .restore(object: "quotation", id: quotation.id),
                .delete(object: "quotation_line", id: line.id, expecting: nil),
                .update(object: "quotation_line", id: line.id, Draft(["price": .number("1")]), expecting: nil),
                .update(object: "quotation_line", id: line.id, Draft(["price": .number("1")]), expecting: line.version),
                .create(
                    object: "quotation_line",
                    Draft([
                        "parent": .record(quotation.id), "description": .text("x"), "qty": .number("1"),
                        "price": .number("1"),
                    ])),
                .bulk(
                    [
                        .update(
                            object: "quotation", id: quotation.id, Draft(["remarks": .text("x")]),
                            expecting: quotation.version)
                    ],
                    atomic: true),
                .act(
                    object: "quotation", id: quotation.id, action: "send", Draft(["remarks": .text("x")]),
                    expecting: nil),
                .act(
                    object: "quotation", id: quotation.id, action: "mark_viewed", Draft(["total": .number("1")]),
                    expecting: nil),
            ]
            for kind in kinds {
                let refusal = try await refused("\(login) \(kind)") {
                    try await house.kernel.perform(Command(kind), as: actor)
                }
                #expect(
                    [.invalid, .conflict, .forbidden, .missing].contains(refusal.kind),
                    "\(refusal.kind) \(login) \(kind)")
            }
        }
        try await expectUntouched(house, quotation)
        await house.end()
    }

    @Test("Random commands by everybody leave the content of a frozen quotation as it was")
    func fuzz() async throws {
        let (house, quotation) = try await sent()
        var random = SplitMix(seed: 20)
        let model = try await house.kernel.answer(CurrentModel(), as: .nobody)
        let object = try #require(model.object("quotation"))
        let lineObject = try #require(model.object("quotation_line"))
        var actors: [Actor] = []
        for person in Staff.people { actors.append(try await house.actor(person.login)) }
        for round in 0..<200 {
            let actor = actors[random.below(actors.count)]
            var draft = Draft()
            for _ in 0...random.below(3) {
                let field = object.fields[random.below(object.fields.count)]
                draft.fields[field.id] = Self.other(field.type, than: .null)
            }
            if random.below(3) == 0 {
                let field = lineObject.fields[random.below(lineObject.fields.count)]
                draft.lines["lines"] = [
                    LineDraft(
                        id: random.below(2) == 0 ? quotation.lines["lines"]?.first?.id : nil,
                        [field.id: Self.other(field.type, than: .null)])
                ]
            }
            let id = quotation.id
            let kind: Command.Kind =
                switch random.below(4) {
                case 0: .delete(object: "quotation", id: id, expecting: nil)
                case 1:
                    .bulk([.update(object: "quotation", id: id, draft, expecting: quotation.version)], atomic: false)
                default: .update(object: "quotation", id: id, draft, expecting: quotation.version)
                }
            do {
                let outcome = try await house.kernel.perform(Command(kind), as: actor)
                if case .bulk = kind { continue }
                #expect(outcome.sequence == 0, "round \(round) \(actor.login) \(kind)")
            } catch is Rejection {}
        }
        try await expectUntouched(house, quotation)
        await house.end()
    }

    @Test("A storm of actions walks only along declared transitions")
    func storm() async throws {
        let house = try await TestHouse.open()
        try await house.rate("USD", "7.1")
        let lamp = try await house.lamp("L-1")
        let company = try await house.customer("Nordlicht", of: "lin")
        let reason = try await house.plant(
            "reason", Draft(["set": .text("loss"), "code": .text("zz"), "zh": .text("价格"), "en": .text("Price")]))
        let model = try await house.kernel.answer(CurrentModel(), as: .nobody)
        let object = try #require(model.object("quotation"))
        let actors = try await [house.actor("lin"), house.actor("chen"), house.actor("zong")]
        var random = SplitMix(seed: 21)
        var moves = 0
        for _ in 0..<6 {
            let quotation = try await house.quotation(for: company, product: lamp, as: "lin")
            var state = try #require(quotation["status"].text)
            for _ in 0..<25 {
                let action = object.actions[random.below(object.actions.count)]
                var input = Draft()
                for field in action.input {
                    input.fields[field] = field == "loss_reason" ? .record(reason) : .text("note")
                }
                let command = Command(
                    .act(object: "quotation", id: quotation.id, action: action.id, input, expecting: nil))
                do {
                    let outcome = try await house.kernel.perform(command, as: actors[random.below(actors.count)])
                    #expect(action.from.isEmpty || action.from.contains(state), "\(action.id) from \(state)")
                    let after = try #require(outcome.record?["status"].text)
                    #expect(after == action.to ?? state, "\(action.id): \(state) → \(after)")
                    state = after
                    moves += 1
                } catch let refusal as Rejection {
                    #expect([.conflict, .forbidden, .invalid].contains(refusal.kind), "\(action.id): \(refusal)")
                    let now = try await house.show("quotation", quotation.id)["status"].text
                    #expect(now == state)
                }
            }
        }
        #expect(moves > 20)
        await house.end()
    }

    @Test("Of simultaneous deciders exactly one decides")
    func simultaneousDeciders() async throws {
        let house = try await TestHouse.open()
        try await house.rate("USD", "7.1")
        let lamp = try await house.lamp("L-1")
        let company = try await house.customer("Nordlicht", of: "lin")
        let deciders = try await [house.actor("chen"), house.actor("dong"), house.actor("zong")]
        for round in 0..<5 {
            let quotation = try await house.quotation(for: company, product: lamp, as: "lin")
            _ = try await house.act("submit", "quotation", quotation.id, as: "lin")
            let kernel = house.kernel
            let wins = await withTaskGroup(of: Int.self) { group in
                for index in 0..<12 {
                    let actor = deciders[index % 3]
                    let action = index.isMultiple(of: 2) ? "approve" : "return"
                    group.addTask {
                        let draft = Draft(["approval_note": .text("n\(index)")])
                        let command = Command(
                            .act(
                                object: "quotation", id: quotation.id, action: action, draft, expecting: nil))
                        do {
                            _ = try await kernel.perform(command, as: actor)
                            return 1
                        } catch let refusal as Rejection {
                            return refusal.kind == .conflict ? 0 : 100
                        } catch {
                            return 1000
                        }
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(wins == 1, "round \(round)")
        }
        await house.end()
    }

    // MARK: Pieces

    private func expectUntouched(_ house: TestHouse, _ quotation: RecordView) async throws {
        let now = try await house.show("quotation", quotation.id)
        #expect(now.version == quotation.version)
        for (path, value) in quotation.values { #expect(now[path] == value, "\(path)") }
        #expect(now.lines["lines"]?.count == quotation.lines["lines"]?.count)
        for (before, after) in zip(quotation.lines["lines"] ?? [], now.lines["lines"] ?? []) {
            for (path, value) in before.values { #expect(after[path] == value, "lines.\(path)") }
        }
    }

    /// Some input of the type that differs from the value.
    static func other(_ type: FieldType, than value: Value) -> Input {
        switch type {
        case .text, .longText, .json: .text("changed 38271")
        case .bool: .bool(value != .bool(true))
        case .integer, .decimal, .percent, .money: .number("7")
        case .choice(let list):
            switch list {
            case "currency": .text("EUR")
            case "incoterm": .text("CIF")
            case "port": .text("CNSHA")
            default: .text("accepted")
            }
        case .choices: .list([.text("x")])
        case .day: .text("2027-01-01")
        case .instant: .text("2027-01-01T00:00:00Z")
        case .link, .anyLink: .record(Staff.id("wang"))
        case .links: .list([.record(Staff.id("wang"))])
        case .lines, .files: .text("x")
        }
    }
}

/// A small generator with a seed, so that a failing round can be run again.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
