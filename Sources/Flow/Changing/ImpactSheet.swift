package import Calendars
package import Definitions
package import Values

/// What is known of a change before anybody has looked at it.
package struct ImpactFacts: Sendable {
    /// The company's row for this kind of change at this point; nil when it has none.
    package var usual: Usual?
    /// When the goods were to leave, and when that was first promised.
    package var planned: Day?
    package var promised: Day?
    /// The day that the change itself asks for.
    package var wanted: Day?
    /// The last day by which they must have left, with the paper that says so.
    package var latest: (day: Day, document: RecordMark)?
    /// The record's amount in the base currency, now and with the change; nil when it can't be said.
    package var amountNow: ExactDecimal?
    package var amountThen: ExactDecimal?
    /// The amount with the change's prices alone, quantities as they are: what is lost of it is a cost.
    package var amountPriced: ExactDecimal?
    /// Others that share something, by what they share.
    package var shared: [(label: Label, others: [RecordID])] = []
    package var issued: [Paper] = []
    /// What the record would refuse if the change were carried out today.
    package var obstacles: [Label] = []

    package init() {}

    package struct Usual: Sendable {
        package var drivers = Label(zh: "", en: "")
        package var time = ""
        package var others = Label(zh: "", en: "")
        /// Names of documents, `all`, or nothing.
        package var documents = ""
        package var severity: String?
        /// Usual cost as a part of the record's amount; nil when the company has none.
        package var share: ExactDecimal?

        package init() {}
    }

    package struct Paper: Sendable {
        package let code: String
        package let names: [String]
        package let label: Label
        package let mark: RecordMark

        package init(code: String, names: [String], label: Label, mark: RecordMark) {
            self.code = code
            self.names = names
            self.label = label
            self.mark = mark
        }
    }
}

/// A record by its name.
package struct RecordMark: Sendable, Hashable {
    package let object: String
    package let id: RecordID
    package let title: String

    package init(object: String, id: RecordID, title: String) {
        self.object = object
        self.id = id
        self.title = title
    }
}

/// One effect of a change, proposed for its owner to confirm or correct.
package struct ImpactLine: Sendable {
    /// One of `ImpactField.kinds`.
    package let kind: String
    package let text: Label
    /// In the base currency.
    package var amount: ExactDecimal?
    package var days: Int?
    package var other: RecordID?
    package var document: RecordMark?
}

/// The sheet of a change: everything it touches, as far as the house knows.
package struct ImpactSheet: Sendable {
    package private(set) var lines: [ImpactLine] = []
    /// Days by which the goods leave later than they were to; never negative.
    package private(set) var delay = 0
    package private(set) var departure: Day?
    package private(set) var needsAmendment = false
    package let severity: String?

    package var cost: ExactDecimal {
        // Beyond all money a sum stays as it is.
        lines.compactMap(\.amount).reduce(ExactDecimal.zero) { sum, next in (try? sum + next) ?? sum }
    }
    package var others: [RecordID] {
        var seen: Set<RecordID> = []
        return lines.compactMap(\.other).filter { seen.insert($0).inserted }
    }
    package private(set) var documents: [String] = []

    /// - Throws: `CalendarError` when the calendar never opens.
    package init(_ facts: ImpactFacts, calendar: WorkingCalendar) throws(CalendarError) {
        severity = facts.usual?.severity
        lines += facts.obstacles.map { ImpactLine(kind: "obstacle", text: $0) }
        addCosts(facts)
        try addTime(facts, calendar)
        addShared(facts)
        addPapers(facts)
    }

    private mutating func addCosts(_ facts: ImpactFacts) {
        // Beyond all money is no figure to propose.
        if let now = facts.amountNow, let priced = facts.amountPriced, let less = try? now - priced, !less.isZero,
            !less.isNegative
        {
            let text = Label(zh: "单价降低，同样的数量少收货款", en: "Lower prices: the same goods bring less")
            lines.append(ImpactLine(kind: "cost", text: text, amount: less))
        }
        if let now = facts.amountNow, let then = facts.amountThen, now != then {
            // Goods that are not sold are not made either, and what is gained does not pay for what else it costs.
            let text =
                then > now
                ? Label(zh: "订单金额增加", en: "The amount of the order grows")
                : Label(zh: "订单金额减少", en: "The amount of the order falls")
            lines.append(ImpactLine(kind: "cost", text: text))
        }
        guard let usual = facts.usual, !usual.drivers.zh.isEmpty else { return }
        var line = ImpactLine(kind: "cost", text: usual.drivers)
        if let share = usual.share, let now = facts.amountNow {
            line.amount = try? (now * share).rounded(to: 2)  // beyond all money is no figure to propose
        }
        lines.append(line)
    }

    private mutating func addTime(_ facts: ImpactFacts, _ calendar: WorkingCalendar) throws(CalendarError) {
        departure = facts.wanted
        if let wanted = facts.wanted, let planned = facts.planned {
            let days = wanted.number - planned.number
            let text =
                days > 0
                ? Label(zh: "船期推迟到 \(wanted)", en: "Departure moves back to \(wanted)")
                : Label(zh: "船期提前到 \(wanted)", en: "Departure moves up to \(wanted)")
            if days != 0 { lines.append(ImpactLine(kind: "time", text: text, days: days)) }
        } else if let usual = facts.usual, let time = ChangeTime(usual.time), time.most > 0, let planned = facts.planned
        {
            let moved =
                time.isWorking
                ? try calendar.day(planned, plusWorkingDays: time.most) : planned.adding(days: time.most)
            departure = moved
            let text = Label(
                zh: "最多 \(time.most) 个\(time.isWorking ? "工作日" : "自然日")，船期到 \(moved)",
                en: "Up to \(time.most) \(time.isWorking ? "working days" : "days"): departure \(moved)")
            lines.append(ImpactLine(kind: "time", text: text, days: moved.number - planned.number))
        }
        if let departure, let planned = facts.planned { delay = max(0, departure.number - planned.number) }
        guard let departure else { return }
        if let promised = facts.promised, departure > promised {
            let late = departure.number - promised.number
            lines.append(
                ImpactLine(
                    kind: "deadline",
                    text: Label(
                        zh: "晚于合同交期 \(promised) \(late) 天", en: "\(late) days after the confirmed ETD \(promised)")))
        }
        if let latest = facts.latest, departure > latest.day {
            needsAmendment = true
            lines.append(
                ImpactLine(
                    kind: "deadline",
                    text: Label(
                        zh: "晚于信用证 \(latest.document.title) 最迟装运 \(latest.day)，要改证",
                        en:
                            "After the latest shipment \(latest.day) of L/C \(latest.document.title): it must be amended"
                    ),
                    document: latest.document))
        }
    }

    private mutating func addShared(_ facts: ImpactFacts) {
        for group in facts.shared {
            for other in group.others {
                lines.append(ImpactLine(kind: "shared", text: group.label, other: other))
            }
        }
        if lines.allSatisfy({ $0.other == nil }), let usual = facts.usual, !usual.others.zh.isEmpty,
            usual.others.zh != "无"
        {
            lines.append(ImpactLine(kind: "shared", text: usual.others))
        }
    }

    /// Papers that were issued and that this kind of change makes wrong.
    private mutating func addPapers(_ facts: ImpactFacts) {
        guard let usual = facts.usual else { return }
        let words = usual.documents.split(separator: ",").compactMap {
            $0.split(separator: " ").first.map { $0.lowercased() }
        }
        for paper in facts.issued {
            let names = paper.names.map { $0.lowercased() } + [paper.code.lowercased()]
            guard words.contains("all") || words.contains(where: names.contains) else { continue }
            if !documents.contains(paper.code) { documents.append(paper.code) }
            lines.append(
                ImpactLine(
                    kind: "document",
                    text: Label(
                        zh: "\(paper.label.zh) \(paper.mark.title) 要重出",
                        en: "\(paper.label.en) \(paper.mark.title) to reissue"),
                    document: paper.mark))
        }
        if usual.documents.lowercased().contains("lc"), facts.latest != nil { needsAmendment = true }
    }
}
