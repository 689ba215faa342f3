import Definitions
import Kernel
import Values

/// Makes the sheet of a document with lines: terms, lines, sums, margin, container load, versions.
struct QuotationComposition {
    let form: FormComposition
    /// Newest first; empty for a new document.
    let versions: [RecordView]

    private var eyes: Presentation { form.eyes }
    private var definition: ObjectDefinition { form.definition }
    private var object: String { definition.id }
    private var record: RecordView? { form.record }

    func page() -> QuotationPage {
        let maker = form.maker
        let terms = form.sections()
        let grids = terms.compactMap(\.lines)
        let first = terms.first { !$0.fields.isEmpty }?.fields ?? []
        let rest = terms.filter { $0.lines == nil }.dropFirst().flatMap(\.fields).filter {
            if case .fixed = $0.kind { false } else { true }
        }
        let main = grids.first { $0.name == "lines" } ?? grids.first
        let empty = definition.field("lines").flatMap { maker.grid($0, isReadOnly: true) }
        let title =
            record.map { $0.title.isEmpty ? eyes.say(definition.label) : $0.title }
            ?? eyes.say(Words.new(definition.label))
        let figures = DocumentFigures(eyes: eyes, definition: definition, record: record)
        var page = QuotationPage(
            object: object, title: title,
            postURL: record.map { Paths.edit(object, $0.id.description) } ?? Paths.new(object),
            cancelURL: record.map { Paths.record(object, $0.id.description) } ?? Paths.list(object), terms: first,
            lines: main ?? empty ?? LinesGrid(name: "lines", label: "", columns: [], lines: [], isReadOnly: true),
            sums: figures.sums())
        page.id = record?.id.description
        page.version = record?.version
        page.furtherLines = grids.filter { $0.name != page.lines.name }
        page.remarks = rest
        page.problems = form.problemItems
        page.margin = figures.margin()
        page.fills = figures.fills()
        page.tags = record.map { eyes.versionTags($0) + eyes.stateTags($0) } ?? []
        if let record {
            page.pdfURL = Paths.document(object, record.id.description)
            page.versions = DocumentVersions(eyes: eyes, versions: versions, current: record.id).list()
        }
        return page
    }
}

/// The figures beside a sheet, from a stored record or from a dry run.
struct DocumentFigures {
    let eyes: Presentation
    let definition: ObjectDefinition
    let record: RecordView?

    private func has(_ id: String) -> Bool { definition.field(id) != nil && eyes.isReadable(id, of: definition.id) }

    private func text(_ id: String) -> String { record.map { eyes.shown(id, of: $0).plain } ?? "" }

    func sums() -> QuotationPage.Sums {
        let ids = ["goods_total", "charges_total", "deposit_amount", "balance_amount", "total"]
            .filter(has)
        var rows = ids.compactMap { id in
            definition.field(id).map { (id: id, label: eyes.say($0.label), value: text(id).isEmpty ? "–" : text(id)) }
        }
        if rows.isEmpty, has("amount"), let field = definition.field("amount") {
            rows = [("amount", eyes.say(field.label), text("amount"))]
        }
        return QuotationPage.Sums(rows: rows, terms: terms())
    }

    /// FOB, CFR and CIF beside each other, the one quoted marked.
    func terms() -> [(term: String, value: String, isQuoted: Bool)] {
        [("FOB", "fob_total"), ("CFR", "cfr_total"), ("CIF", "cif_total")].filter { has($0.1) }.map { term, id in
            (term: term, value: text(id).isEmpty ? "–" : text(id), isQuoted: term == quoted)
        }
    }

    /// Which of the three stands for the record's term.
    var quoted: String {
        switch record?["incoterm"].text ?? "" {
        case "CFR", "CPT": "CFR"
        case "CIF", "CIP", "DAP", "DPU", "DDP": "CIF"
        default: "FOB"
        }
    }

    private static let floor = ExactDecimal(15)

    func margin() -> QuotationPage.Margin? {
        guard has("margin_pct") else { return nil }
        // A fraction of four digits times a hundred does not overflow.
        let percent = record?["margin_pct"].decimal.flatMap { try? $0 * ExactDecimal(100) }
        let tone: Tone = percent.map { $0 >= Self.floor ? .ok : $0 >= ExactDecimal(5) ? .warn : .bad } ?? .mute
        let whole =
            percent.flatMap { Int(($0.isNegative ? "-" : "") + $0.magnitude.shortest.prefix { $0 != "." }) } ?? 0
        var margin = QuotationPage.Margin(
            text: percent == nil ? "–" : text("margin_pct"), percent: max(0, min(100, whole)), floorPercent: 15,
            floorText: eyes.say(Label(zh: "本人权限：毛利率 15% 以上", en: "Own authority: margin of 15% or more")), tone: tone)
        if let level = record?["approval_level"].decimal, level > ExactDecimal(0), percent != nil {
            let names = [
                Label(zh: "经理", en: "manager"), Label(zh: "总监", en: "director"),
                Label(zh: "总经理", en: "general manager"), Label(zh: "总经理与财务", en: "general manager and finance"),
            ]
            let place = (Int(level.shortest) ?? 1) - 1
            let who = names.indices.contains(place) ? names[place] : names[0]
            margin.warning = eyes.say(
                Label(zh: "发出前要\(who.zh)批准", en: "Needs approval by the \(who.en) before it is sent"))
        }
        return margin
    }

    func fills() -> [QuotationPage.Fill] {
        let note = [text("total_cbm"), text("total_gw")].filter { !$0.isEmpty }.joined(separator: " · ")
        return [("20GP", "fill_20gp"), ("40HQ", "fill_40hq")].compactMap { name, id in
            guard has(id), let fraction = record?[id].decimal, let hundred = try? fraction * ExactDecimal(100) else {
                return nil
            }
            let percent = Int(hundred.magnitude.shortest.prefix { $0 != "." }) ?? 0
            guard percent > 0 else { return nil }
            return QuotationPage.Fill(
                container: name, percent: percent, note: note, tone: percent > 100 ? .bad : percent >= 85 ? .ok : .pri)
        }
    }
}

/// The versions of a document, each with what became different.
struct DocumentVersions {
    let eyes: Presentation
    let versions: [RecordView]
    let current: RecordID

    func list() -> [QuotationPage.Version] {
        guard versions.count > 1 else { return [] }
        return versions.enumerated().map { index, version in
            let name = "V" + (version["version_no"].decimal?.shortest ?? String(versions.count - index))
            var out = QuotationPage.Version(
                name: name, url: Paths.record(version.object, version.id.description),
                note: eyes.shown("date", of: version).plain)
            out.tag = eyes.stateTags(version).first
            out.isCurrent = version.id == current
            if index + 1 < versions.count { out.changes = changes(from: versions[index + 1], to: version) }
            return out
        }
    }

    private func changes(from old: RecordView, to new: RecordView) -> [Timeline.Event.Change] {
        ["total", "discount_pct", "margin_pct", "lead_time_wd", "payment_term", "incoterm"].compactMap { path in
            guard old[path] != new[path] else { return nil }
            var change = Timeline.Event.Change(
                label: eyes.label(path, of: new.object), before: eyes.shown(path, of: old).plain,
                after: eyes.shown(path, of: new).plain)
            if path == "margin_pct", let before = old[path].decimal, let after = new[path].decimal {
                change.tone = after < before ? .bad : .ok
            }
            return change
        }
    }
}
