import Documents
import Kernel
import Values

@testable import Web

/// The surfaces that say something: their bytes may hold no canary that does not belong there.
extension MatrixRound {
    func askAnswers() async {
        for holder in MatrixField.holders {
            if isLong || MatrixField.main.contains(holder) {
                for relation in Relation.allCases { await askAbout(holder, relation) }
            }
            await askLists(holder)
            await askTables(holder)
            await askHints(holder)
        }
        await askPaths()
        look(.day, await get("/").bytes)
        for holder in MatrixField.holders { probed(.day, holder) }
        await askDocuments()
        await askRelay()
    }

    // MARK: One record

    private func askAbout(_ holder: String, _ relation: Relation) async {
        guard let id = world.record(holder, relation)?.description else { return }
        let object = path(holder)
        let api = "/api/v1/\(object)/\(id)"
        let isSeen = PermissionTable.relations(holder, roles).contains(relation)
        let record = await get(api)
        if (record.status == 200) != isSeen { tally.leak("\(role): \(record.status) for \(holder) \(relation)") }
        look(.record, record.bytes, about: holder)
        look(.page, await get("/o/\(object)/\(id)").bytes, about: holder)
        look(.timeline, await get("\(api)/timeline?limit=200").bytes, about: holder)
        look(.rehearsal, await send("POST", "\(api)/preview", "{}").bytes, about: holder)
        await askRefusals(holder, api, relation)
        await askFile(holder, relation)
        await askCells(holder, relation, id)
        for surface in [Surface.record, .page, .timeline, .rehearsal, .refusals] { probed(surface, holder, [relation]) }
        guard [.own, .none].contains(relation) else { return }
        look(.form, await get("/o/\(object)/\(id)/edit").bytes, about: holder)
        for field in MatrixField.of(holder: holder).map({ MatrixField.all[$0] }).suffix(1) {
            look(.explanation, await get("\(api)/access?field=\(field.id)").bytes, about: holder)
        }
        for surface in [Surface.form, .explanation] { probed(surface, holder, [relation]) }
    }

    private func askFile(_ holder: String, _ relation: Relation) async {
        guard let id = world.record(holder, relation), let file = world.file(holder, relation) else { return }
        let reply = await get("/o/\(holder)/\(id)/files/\(file.id)")
        row(.files, holder, relation, isTold: reply.text.contains(file.text))
    }

    /// What cannot be done says why, and nothing of what stands there.
    private func askRefusals(_ holder: String, _ api: String, _ relation: Relation) async {
        let texts = MatrixField.of(holder: holder).map { MatrixField.all[$0] }.filter { $0.lines == nil }
        let field = texts.first { $0.kind == .text }?.id ?? "note"
        let changed = "{\"\(field)\":\"changed meanwhile\"}"
        let wishes = [
            ("PATCH", api, changed, "77"), ("PATCH", api, "{\"no_such_field\":1}", "1"),
            ("POST", api + "/actions/no_such_action", "{}", "1"), ("DELETE", api, "", "77"),
        ]
        for (method, target, body, version) in wishes.prefix(relation == .own || relation == .none ? 4 : 1) {
            let reply = await send(method, target, body.isEmpty ? nil : body, ["if-match": "\"\(version)\""])
            if reply.status < 400 { tally.leak("\(role): \(method) of \(holder) \(relation) is not refused") }
            look(.refusals, reply.bytes, about: holder)
        }
        guard relation == .own || relation == .none else { return }
        // The page of a conflict sets what stands now beside what was typed.
        let page = "/o/" + api.split(separator: "/").dropFirst(2).joined(separator: "/") + "/edit"
        look(.conflict, await send("POST", page, "csrf=\(csrf)&version=77&\(field)=changed").bytes, about: holder)
        probed(.conflict, holder, [relation])
    }

    // MARK: Lists and tables

    private func askLists(_ holder: String) async {
        let object = path(holder)
        look(.list, await get("/api/v1/\(object)?fields=*&lines=true&limit=500").bytes, about: holder)
        look(.events, await get("/api/v1/events?limit=1000&object=\(object)").bytes, about: holder)
        look(.picks, await get("/o/\(object)/pick?q=zq").bytes, about: holder)
        for surface in [Surface.list, .events, .picks] { probed(surface, holder) }
    }

    private func askTables(_ holder: String) async {
        let object = path(holder)
        let columns = MatrixField.of(holder: holder).map { MatrixField.all[$0] }.filter { $0.lines == nil }.map(\.id)
        let query = "view=all&columns=" + columns.joined(separator: ",")
        look(.sheet, await get("/o/\(object)?\(query)").bytes, about: holder)
        look(.csv, await get("/o/\(object)/export.csv?\(query)").bytes, about: holder)
        let workbook = await get("/o/\(object)/export.xlsx?\(query)")
        look(.workbook, workbook.status == 200 ? unpacked(workbook.bytes) : workbook.bytes, about: holder)
        for surface in [Surface.sheet, .csv, .workbook] { probed(surface, holder) }
        await askLooks(holder, object, query)
    }

    /// The same records placed and grouped by every field that could do it, whether the actor may use it or not.
    ///
    /// Boards and groups are asked for without amounts: who may read each may add them up, and a sum may be what
    /// somebody else's field has. What may be added up is asked by `figures`.
    private func askLooks(_ holder: String, _ object: String, _ query: String) async {
        let fields = MatrixField.of(holder: holder).map { MatrixField.all[$0] }.filter { $0.lines == nil }
        let named = fields.filter { $0.kind != .number }.map(\.id).joined(separator: ",")
        var looks = ["as=gallery", "as=calendar", "as=timeline"].map { query + "&" + $0 }
        for field in fields {
            switch field.kind {
            case .choice: looks += ["as=board&by=", "group="].map { "view=all&columns=\(named)&" + $0 + field.id }
            case .link: looks.append("view=all&columns=\(named)&group=" + field.id)
            case .day: looks += ["as=calendar&by=", "as=timeline&by="].map { query + "&" + $0 + field.id }
            default: continue
            }
        }
        looks.append("view=all&columns=\(named)&as=board")
        for wish in looks { look(.looks, await get("/o/\(object)?" + wish).bytes, about: holder) }
        probed(.looks, holder)
    }

    /// The cells of a workbook, a line each.
    private func unpacked(_ bytes: [UInt8]) -> [UInt8] {
        var text = ""
        do {
            var reader = try TableSource.open(bytes: bytes)
            while let row = try reader.next() { text += row.cells.map(\.display).joined(separator: "\n") + "\n" }
        } catch {
            tally.gap("\(role): a workbook that cannot be read: \(error)")
        }
        return Array(text.utf8)
    }

    // MARK: Over links

    /// `object link target`: fields of the target as columns of the object.
    private static let links = [
        "contact company company", "inquiry contact contact", "quotation inquiry inquiry", "pi quotation quotation",
        "order pi pi", "receivable order order", "cost_item order order", "pi bank bank_account",
        "order_line product product", "quotation_line product product", "product supplier supplier",
        "purchase_order supplier supplier", "claim order order", "sample company company",
        "pi quotation.company company", "order pi.quotation quotation", "cost_item order.company company",
    ]

    private func askPaths() async {
        for link in Self.links {
            let words = link.split(separator: " ").map(String.init)
            let (readable, hidden) = MatrixField.of(holder: words[2]).map { MatrixField.all[$0] }
                .filter { $0.lines == nil }.split { PermissionTable.uses($0, roles) }
            let address = "/api/v1/\(words[0])?limit=500&fields="
            if !readable.isEmpty {
                let columns = readable.map { words[1] + "." + $0.id }.joined(separator: ",")
                look(.paths, await get(address + columns).bytes)
            }
            for field in hidden { look(.paths, await get(address + words[1] + "." + field.id).bytes) }
            for field in readable + hidden {
                guard let index = MatrixField.all.firstIndex(of: field) else { continue }
                tally.probed(.paths, role, Relation.allCases.map { CanaryNet.Cell(field: index, relation: $0) })
            }
        }
    }

    // MARK: Documents

    /// As composed for printing; the bytes of the PDF are compressed.
    private func askDocuments() async {
        for holder in ["quotation", "pi"] {
            for relation in Relation.allCases {
                guard let id = world.record(holder, relation) else { continue }
                let printed = await get("/o/\(holder)/\(id)/document.pdf")
                let isSeen = PermissionTable.relations(holder, roles).contains(relation)
                if (printed.status == 200) != isSeen {
                    tally.leak("\(role): \(printed.status) prints \(holder) \(relation)")
                }
                do {
                    guard
                        let actor = try await world.house.kernel.answer(
                            IdentifyActor(token: token, origin: .page), as: .nobody)
                    else { continue }
                    let document = try await world.house.kernel.answer(DocumentOf(object: holder, id: id), as: actor)
                    look(.document, Array("\(document)".utf8), about: holder)
                } catch {
                    look(.document, Array("\(error)".utf8), about: holder)
                }
                probed(.document, holder, [relation])
            }
        }
    }
}

extension Array {
    fileprivate func split(_ isFirst: (Element) -> Bool) -> ([Element], [Element]) {
        (filter(isFirst), filter { !isFirst($0) })
    }
}
