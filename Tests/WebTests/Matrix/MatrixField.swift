/// What the actor of the matrix is to a record.
enum Relation: String, CaseIterable, Sendable {
    /// Its owner.
    case own
    /// Named by another field that some scopes call their own: co-owner, merchandiser, maker, by.
    case shared
    /// A colleague of the same department owns it; it is of another region.
    case department
    /// Somebody of the same region owns it; it is of another department.
    case region
    /// A stranger's, linked with the actor's own company and order; a stranger's company, order or product is linked to.
    case through
    /// A stranger's.
    case none
}

/// A field in which canaries are placed, one for each relation.
struct MatrixField: Hashable, Sendable {
    enum Kind: String, Sendable { case text, number, percent, day, choice, link }

    /// The object whose rows decide: the parent of lines.
    let holder: String
    /// The lines field of the holder, for a field of lines.
    let lines: String?
    /// The object that has the field.
    let object: String
    let id: String
    let kind: Kind
    /// As the company decided; written down apart from the packs.
    let sensitivity: String?

    var name: String { object + "." + id }

    /// Objects, their fields, what kind of value, which sensitivity. Sums come after what they are made of, since
    /// numbers are given out in this order and each must be the larger.
    static let all: [MatrixField] = parse(
        """
        supplier: short_name text
        company: name_en text, short_name text, website text, tax_id text, address text, source_detail text
        company: credit_limit number, protected_until day
        contact: name text, email text, note text, birthday day
        inquiry: raw_message text, competitor text, value_est number, needed_by day, dest_port choice
        quotation lines quotation_line: price number price, purchase_price number cost, target_margin percent margin
        quotation lines quotation_line: note text
        quotation charges quotation_charge: amount number price
        quotation: remarks text, valid_until day, pod choice, commission_pct percent commission, bank_pct percent cost
        quotation: total_cost number cost
        pi lines pi_line: price number price, note text
        pi: remarks text, total number price, latest_shipment day
        order lines order_line: price number price, purchase_price number cost, note text
        order: customer_po text, remarks text, confirmed_etd day, pod choice, company link, amount number price
        order: margin_quoted percent margin
        receivable: amount number price, note text, event_date day
        cost_item: amount number cost, actual number cost, supplier link supplier, invoice_no text, note text
        order: cost_estimated number cost, receivable_open number price
        company: ltv number price, receivable_open number price
        purchase_order lines purchase_order_line: price number cost, note text
        purchase_order: supplier link supplier, remarks text, due day, total number cost
        product: purchase_price number cost, list_price number price, standard_margin percent margin
        product: supplier link supplier, materials text
        bank_account: account_no text bank, swift text bank, beneficiary text bank, call_back_note text
        followup: summary text, geo text
        sample: cost number cost, charge number, tracking_no text, note text, due day
        claim: claim_amount number price, cost number cost, description text
        exception: cost_impact number cost, description text
        task: title text, note text
        """)

    /// The objects asked about, without lines.
    static let holders: [String] = all.reduce(into: []) { if !$0.contains($1.holder) { $0.append($1.holder) } }

    /// The objects whose records are opened one by one on every run; the others when there is more time.
    static let main: Set<String> = [
        "company", "quotation", "order", "receivable", "cost_item", "product", "bank_account",
    ]

    static func of(holder: String) -> [Int] { all.indices.filter { all[$0].holder == holder } }

    private static func parse(_ table: String) -> [MatrixField] {
        table.split(separator: "\n").flatMap { line -> [MatrixField] in
            let halves = line.split(separator: ":")
            let head = halves[0].split(separator: " ").map(String.init)
            return halves[1].split(separator: ",").map { entry in
                let words = entry.split(separator: " ").map(String.init)
                return MatrixField(
                    holder: head[0], lines: head.count > 1 ? head[1] : nil, object: head.count > 2 ? head[2] : head[0],
                    id: words[0], kind: Kind(rawValue: words[1]) ?? .text, sensitivity: words.count > 2 ? words[2] : nil
                )
            }
        }
    }
}
