import Definitions
import Foundation
import Kernel
import Values

@testable import Web

/// What new records and imported rows tell of those that are there.
extension MatrixRound {
    /// Values that must be unique or make two records suspicious, tried again on a new record; and records made from
    /// others, whose values they take over.
    func askHints(_ holder: String) async {
        for relation in Relation.allCases {
            for body in hints(holder, relation) {
                let reply = await send("POST", "/api/v1/\(path(holder))/preview", body)
                look(.hints, reply.bytes, echo: body)
            }
            await askLikelySame(holder, relation)
            await askMerge(holder, relation)
            guard [.own, .through, .none].contains(relation) else { continue }
            for (object, body) in copies(holder, relation) {
                look(.copies, await send("POST", "/api/v1/\(object)/preview", body).bytes)
            }
        }
        if ["company", "contact", "bank_account", "product"].contains(holder) { probed(.hints, holder) }
        probed(.copies, holder, [.own, .through, .none])
    }

    private func hints(_ holder: String, _ relation: Relation) -> [String] {
        switch holder {
        case "company":
            let company = ",\"roles\":[\"customer\"],\"country\":\"DE\",\"source\":\"other\"}"
            let fresh = "{\"name_en\":\"Fresh Ltd\",\"short_name\":\"Fresh\","
            return [
                "{\"name_en\":\"\(net.value("company", "name_en", relation)) GmbH\",\"short_name\":\"Fresh\"" + company,
                fresh + "\"tax_id\":\"\(net.value("company", "tax_id", relation))\"" + company,
                fresh + "\"website\":\"\(net.value("company", "website", relation))\"" + company,
                "{\"name_en\":\"Fresh Ltd\",\"short_name\":\"\(net.value("company", "short_name", relation))\""
                    + company,
            ]
        case "contact":
            guard let company = relation == .through ? world.bridge["company"] : world.record("company", relation)
            else { return [] }
            return ["name", "email"].map { field in
                "{\"company\":\"\(company)\",\"name\":\"Fresh\",\"\(field)\":\"\(net.value("contact", field, relation))\"}"
                    .replacing("\"name\":\"Fresh\",\"name\"", with: "\"name\"")
            }
        case "bank_account":
            return ["{\"name\":\"Account \(relation.rawValue)\",\"currency\":\"CNY\"}"]
        case "product":
            return ["{\"sku\":\"SKU-\(relation.rawValue)\",\"name_en\":\"Lamp\",\"name_zh\":\"灯\"}"]
        default: return []
        }
    }

    /// The same values typed into a short form, which names what may be the same while one types.
    private func askLikelySame(_ holder: String, _ relation: Relation) async {
        let fields = [
            "company": ["name_en", "short_name", "tax_id", "website"], "contact": ["name", "email", "phone"],
        ]
        for field in fields[holder] ?? [] {
            let typed = net.value(holder, field, relation)
            do {
                guard
                    let actor = try await world.house.kernel.answer(
                        IdentifyActor(token: token, origin: .page), as: .nobody)
                else { return }
                tally.asked()
                let found = try await world.house.kernel.answer(
                    LikelySame(object: holder, texts: [field: typed, "country": "DE"]), as: actor)
                look(.hints, Array("\(found)".utf8), echo: typed)
            } catch {
                look(.hints, Array("\(error)".utf8), echo: typed)
            }
        }
    }

    /// Two records beside each other before they become one, those that may be the same, and what a trial tells.
    private func askMerge(_ holder: String, _ relation: Relation) async {
        guard ["company", "contact", "product"].contains(holder), let id = world.record(holder, relation) else {
            return
        }
        if relation == .own {
            look(.hints, await get("/o/\(holder)/duplicates").bytes)
            look(.hints, await get("/api/v1/\(holder)/duplicates").bytes)
        }
        look(.hints, await get("/o/\(holder)/\(id)/merge").bytes)
        look(.hints, await get("/api/v1/\(holder)/\(id)/merges").bytes)
        let other: Relation = relation == .own ? .none : .own
        guard let partner = world.record(holder, other) else { return }
        look(.hints, await get("/o/\(holder)/\(id)/merge?with=\(partner)").bytes)
        let body = "{\"with\":[{\"id\":\"\(partner)\"}]}"
        look(
            .hints,
            await send("POST", "/api/v1/\(holder)/\(id)/merge?dry_run=true", body, ["if-match": "\"1\""]).bytes)
    }

    /// New records that link to the one in question.
    private func copies(_ holder: String, _ relation: Relation) -> [(object: String, body: String)] {
        guard let id = world.record(holder, relation) else { return [] }
        let names: [String: [(String, String)]] = [
            "company": [
                ("quotation", "company"), ("inquiry", "company"), ("sample", "company"), ("contact", "company"),
            ],
            "contact": [("inquiry", "contact")], "inquiry": [("quotation", "inquiry")],
            "quotation": [("pi", "quotation")], "pi": [("order", "pi")],
            "order": [("receivable", "order"), ("claim", "order"), ("cost_item", "order"), ("order", "parent")],
            "supplier": [("purchase_order", "supplier"), ("product", "supplier")], "bank_account": [("pi", "bank")],
        ]
        var out = (names[holder] ?? []).map { ($0.0, "{\"\($0.1)\":\"\(id)\"}") }
        if holder == "product" {
            for object in ["quotation", "pi", "order", "purchase_order"] {
                out.append((object, "{\"lines\":[{\"product\":\"\(id)\",\"qty\":1}]}"))
            }
        }
        return out
    }

    // MARK: Import

    /// Files whose rows are there already: what is flagged, and why. Through the Kernel's own door; the HTTP layer
    /// keeps the file and shows the report.
    func askImports() async throws {
        guard
            let actor = try await world.house.kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody)
        else { return }
        let company = ("company", "country,name_en,tax_id,website", ["name_en", "tax_id", "website"])
        let files = [
            "sales": company, "purchasing": ("product", "sku,materials", ["materials"]), "marketing": company,
            "region_head": ("contact", "company,name,email", ["name", "email"]),
        ]
        // To match the headings takes a second where the code is not optimised, so not every role brings a file.
        for (holder, head, fields) in roles.count == 1 ? [files[role]].compactMap(\.self) : [] {
            var text = head + "\n"
            for relation in Relation.allCases {
                let first = ["company": "DE", "contact": "Bridge"][holder] ?? "SKU-" + relation.rawValue
                text += ([first] + fields.map { net.value(holder, $0, relation) }).joined(separator: ",") + "\n"
            }
            let place = world.house.folder + "/" + UUID().uuidString + ".csv"
            try Data(text.utf8).write(to: URL(fileURLWithPath: place))
            var request = ImportRequest(object: holder, path: place, name: "again.csv", dryRun: true)
            request.onDuplicate = holder == "contact" ? .flag : .update
            tally.asked()
            do {
                let outcome = try await world.house.kernel.perform(Command(.importing(.run(request))), as: actor)
                look(.importing, Array("\(String(describing: outcome.report))".utf8), echo: text)
                let preview = try await world.house.kernel.answer(PreviewImport(request: request), as: actor)
                look(.importing, Array("\(preview)".utf8), echo: text)
            } catch let refusal as Rejection {
                look(.importing, Array("\(refusal)".utf8), echo: text)
            }
            probed(.importing, holder)
        }
    }
}
