import Definitions
import Expressions
import Kernel
import Values

/// Asks everything there is to ask.
struct Everything {
    let world: CanaryWorld
    let login: String

    func ask() async throws -> AnswerBytes {
        let actor = try await world.house.actor(login)
        let sight = try await world.house.kernel.answer(VisibleModel(), as: actor)
        var told = AnswerBytes()
        try await lists(sight, actor, &told)
        try await records(sight, actor, &told)
        try await searches(actor, &told)
        try await paths(sight, actor, &told)
        try await answer("events", EventsAfter(sequence: 0, limit: 5000), actor, &told) { $1.add($0, $2.entries) }
        try await answer("day", MyDay(), actor, &told) { $1.add($0, $2) }
        return told
    }

    private func lists(_ sight: ModelSight, _ actor: Actor, _ told: inout AnswerBytes) async throws {
        for object in sight.model.objects where !object.retired {
            for deleted in [false, true] {
                try await answer(
                    "list \(object.id)",
                    ListRecords(
                        object: object.id, columns: ["*"], limit: 500, deleted: deleted, withLines: !deleted), actor,
                    &told
                ) { $1.add($0, $2) }
            }
            guard CanaryWorld.objects.contains(object.id) || ["product", "purchase_order"].contains(object.id) else {
                continue
            }
            for view in object.views {
                try await answer(
                    "view \(object.id) \(view.id)",
                    ListRecords(
                        object: object.id, columns: view.columns, filters: view.filter.map { [$0.source] } ?? [],
                        sort: view.sort, limit: 500), actor, &told
                ) { $1.add($0, $2) }
            }
            for field in object.liveFields where field.sensitivity != nil {
                try await answer(
                    "max \(object.id).\(field.id)",
                    GroupRecords(
                        object: object.id, filters: [], group: ["id"],
                        measures: [.init(id: "m", function: .max, of: field.id)]), actor, &told
                ) { $1.add($0, $2) }
            }
        }
    }

    private func records(_ sight: ModelSight, _ actor: Actor, _ told: inout AnswerBytes) async throws {
        for (key, id) in world.records {
            let name = String(key.prefix { $0 != ":" })
            let object = name == "supplier" ? "company" : name
            try await answer("show \(key)", ShowRecord(object: object, id: id), actor, &told) { $1.add($0, $2) }
            try await answer("timeline \(key)", TimelineOf(object: object, id: id, limit: 500), actor, &told) {
                $1.add($0, $2)
            }
            if ["quotation", "pi"].contains(object) {
                try await answer("document \(key)", DocumentOf(object: object, id: id), actor, &told) {
                    $1.add($0, $2)
                }
            }
            guard !key.hasSuffix(":wang") else { continue }
            for field in sight.model.object(object)?.liveFields.prefix(40) ?? [] where field.sensitivity != nil {
                try await answer("explain \(key)", Explain(object: object, id: id, field: field.id), actor, &told) {
                    $1.add($0, text: "\($2)")
                }
            }
            for kind: Command.Kind in [
                .update(object: object, id: id, Draft(["note": .text("x"), "remarks": .text("x")]), expecting: 77),
                .update(object: object, id: id, Draft(["remarks": .text("x")]), expecting: nil),
                .create(object: object, Draft(["company": .record(id), "product": .record(id)])),
            ] {
                do {
                    let outcome = try await world.house.kernel.perform(Command(kind, dryRun: true), as: actor)
                    if let record = outcome.record { told.add("dry run \(key)", record) }
                    told.add("dry run warnings \(key)", text: "\(outcome.warnings)")
                } catch let refusal as Rejection {
                    told.add("refusal \(key)", refusal)
                }
            }
        }
    }

    private func searches(_ actor: Actor, _ told: inout AnswerBytes) async throws {
        for text in ["zq", "zqlin", "zqwang", "zqzhao", "zqsupplierworks", "zqbankname", "7391", "quotation", "lamp"] {
            try await answer("search \(text)", SearchRecords(text: text, limit: 200), actor, &told) { $1.add($0, $2) }
        }
    }

    /// Columns over links: every linked object's sensitive and wordy fields.
    private func paths(_ sight: ModelSight, _ actor: Actor, _ told: inout AnswerBytes) async throws {
        for name in CanaryWorld.objects + ["purchase_order", "contract"] {
            guard let object = sight.model.object(name) else { continue }
            var columns: [String] = []
            for field in object.liveFields {
                guard let target = field.type.linkTarget.flatMap({ sight.model.object($0) }) else { continue }
                for far in target.liveFields where far.sensitivity != nil || Self.wordy.contains(far.id) {
                    columns.append(field.id + "." + far.id)
                }
                for far in target.liveFields {
                    guard let next = far.type.linkTarget, next == "company" || next == "quotation" else { continue }
                    columns += ["name_en", "short_name", "ltv", "margin_pct", "total_cost", "remarks"].filter {
                        sight.model.object(next)?.field($0) != nil
                    }.map { field.id + "." + far.id + "." + $0 }
                }
            }
            var question = ListRecords(object: name, columns: ["id"] + columns, limit: 50)
            do {
                _ = try await world.house.kernel.answer(question, as: actor)
            } catch let refusal as Rejection {
                told.add("refusal paths \(name)", refusal)
                let refused = Set(refusal.problems.compactMap(\.field))
                question.columns.removeAll { refused.contains($0) }
            }
            try await answer("paths \(name)", question, actor, &told) { $1.add($0, $2) }
        }
    }

    private static let wordy: Set<String> = [
        "name_en", "short_name", "name", "email", "remarks", "raw_message", "tax_id", "website", "customer_po",
    ]

    private func answer<Q: Question>(
        _ surface: String, _ question: Q, _ actor: Actor, _ told: inout AnswerBytes,
        _ add: (String, inout AnswerBytes, Q.Answer) -> Void
    ) async throws {
        do {
            add(surface, &told, try await world.house.kernel.answer(question, as: actor))
        } catch let refusal as Rejection {
            told.add("refusal " + surface, refusal)
        }
    }
}
