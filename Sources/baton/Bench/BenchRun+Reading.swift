import Definitions
import Documents
import Kernel
import Values

extension BenchRun {
    func references() async throws -> [Measurement] {
        let engine = try EngineReference(folder: settings["data"])
        let rows = [
            try await meter.measure(
                "reference_insert", "engine: one bare insert, one transaction, FULL", operations: operations,
                counts: false
            ) { try await engine.insert($0) },
            try await meter.measure(
                "reference_relay", "engine: the same writes as a hand-over, bare, one transaction each",
                operations: operations, counts: false
            ) { try await engine.handOver($0) },
            try await meter.measure(
                "reference_relay_32", "engine: the same, 32 at once", operations: operations * 2, atOnce: 32,
                counts: false
            ) { try await engine.handOver(10_000_000 + $0) },
            try await meter.measure(
                "reference_find", "engine: one bare point query of 100,000 rows", operations: operations * 3,
                counts: false
            ) { try await engine.find($0) },
        ]
        try engine.close()
        return rows
    }

    func reading(_ people: People) async throws -> [Measurement] {
        var rows: [Measurement] = []
        let (kernel, firm) = (kernel, firm)
        rows.append(
            try await meter.measure("read_record", "read one company, every field", operations: operations) { number in
                let id = firm.id(.company, Dice.pick(firm.companies, 60, number))
                _ = try await kernel.answer(ShowRecord(object: "company", id: id), as: people.owner)
            })
        for (name, actor) in [("sales", people.sales), ("manager", people.manager), ("owner", people.owner)] {
            rows.append(try await list(name, actor))
        }
        for (name, actor) in [("sales", people.sales), ("manager", people.manager), ("owner", people.owner)] {
            rows.append(try await orders(name, actor))
        }
        rows.append(
            try await meter.measure("company_page", "360° page of a company, any", operations: operations) { number in
                let id = firm.id(.company, Dice.pick(firm.companies, 61, number))
                _ = try await kernel.answer(CompanyPage(id: id), as: people.owner)
            })
        rows.append(
            try await meter.measure("key_page", "360° page of a key account", operations: operations / 2) { number in
                let id = firm.id(.company, Dice.pick(max(firm.companies / 100, 1), 62, number) * 100)
                _ = try await kernel.answer(CompanyPage(id: id), as: people.owner)
            })
        rows += try await searches(people)
        rows.append(
            try await meter.measure("my_day", "my day, as sales", operations: operations / 10) { _ in
                _ = try await kernel.answer(MyDay(), as: people.sales)
            })
        rows.append(try await printing(people))
        return rows
    }

    /// 50 of the companies of a country, most recently changed first.
    private func list(_ name: String, _ actor: Actor) async throws -> Measurement {
        let kernel = kernel
        return try await meter.measure(
            "list_\(name)", "list of 50 companies of a country, as \(name)", operations: operations
        ) {
            number in
            let country = FirmWords.places[number % FirmWords.places.count].2
            let question = ListRecords(
                object: "company",
                columns: [
                    "short_name", "name_en", "country", "grade", "status", "owner", "last_followup", "updated_at",
                ],
                filters: ["HAS(roles, \"customer\")", "country = \"\(country)\""],
                sort: [SortKey(path: "updated_at", descending: true)], limit: 50)
            let page = try await kernel.answer(question, as: actor)
            precondition(!page.rows.isEmpty || name != "owner", "the firm has companies in every country")
        }
    }

    /// 50 open orders with their customers, by date of shipment.
    private func orders(_ name: String, _ actor: Actor) async throws -> Measurement {
        let kernel = kernel
        return try await meter.measure(
            "orders_\(name)", "list of 50 open orders with customer names, as \(name)", operations: operations
        ) { _ in
            let question = ListRecords(
                object: "order", columns: ["no", "company", "stage", "health", "current_etd", "owner"],
                filters: ["NOT(stage IN (\"closed\", \"cancelled\"))"],
                sort: [SortKey(path: "current_etd", descending: false)], limit: 50)
            _ = try await kernel.answer(question, as: actor)
        }
    }

    private func searches(_ people: People) async throws -> [Measurement] {
        let kernel = kernel
        let words = ["海港", "雪山", "汉堡", "灯饰", "园艺"]
        let numbers = ["SO2506", "PI2026", "C24", "Q2609", "INQ2605"]
        let names = ["harbour", "hamburg", "classic", "osaka", "textile"]
        var rows: [Measurement] = []
        let kinds = [
            ("search_chinese", "search, two Chinese characters", words),
            ("search_code", "search, beginning of a number", numbers),
            ("search_word", "search, an English word", names),
        ]
        for (id, label, texts) in kinds {
            rows.append(
                try await meter.measure(id, label, operations: operations / 4) { number in
                    _ = try await kernel.answer(SearchRecords(text: texts[number % texts.count]), as: people.sales)
                })
        }
        return rows
    }

    private func printing(_ people: People) async throws -> Measurement {
        let (kernel, firm) = (kernel, firm)
        let printer = PDFWorker()
        defer { printer.close() }
        return try await meter.measure("pdf", "proforma invoice as PDF, warm", operations: min(operations / 4, 300)) {
            number in
            let key = Dice.pick(max(firm.companies / 100, 1), 63, number) * 100
            let question = DocumentOf(object: "pi", id: firm.id(.pi, key, number % 6))
            let document = try await kernel.answer(question, as: people.owner)
            _ = try await printer.render(document)
        }
    }
}

/// What the page of a company asks: the record, its timeline, the people, what runs, and one tab.
struct CompanyPage: Question {
    let id: RecordID

    struct Answer: Sendable {
        let record: RecordView
        let timeline: [TimelineEntry]
        let related: [RecordPage]
    }

    func answer(in context: ReadContext) throws -> Answer {
        let record = try context.ask(ShowRecord(object: "company", id: id))
        let timeline = try context.ask(TimelineOf(object: "company", id: id, limit: 40))
        let parts = [
            ("contact", ["name", "title", "role", "email", "phone", "is_primary"]),
            ("quotation", ["no", "version_no", "date", "total", "status"]),
            ("order", ["no", "date", "amount", "stage", "current_etd"]),
            ("followup", ["at", "kind", "summary", "by"]),
        ]
        let related = try parts.map { object, columns in
            try context.ask(
                ListRecords(object: object, columns: columns, filters: ["company = \"\(id)\""], limit: 20))
        }
        return Answer(record: record, timeline: timeline, related: related)
    }
}
