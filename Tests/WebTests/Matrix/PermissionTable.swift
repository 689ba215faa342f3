/// Who may see what, as the company decided: written down by hand from its rules, apart from the packs and from the
/// compiler of access that the matrix puts to the test.
enum PermissionTable {
    static let roles = [
        "sales", "sales_manager", "merchandiser", "purchasing", "production", "qc", "logistics", "documents", "finance",
        "marketing", "region_head", "director", "general_manager", "admin",
    ]

    private static let clearance: [String: Set<String>] = [
        "sales": ["price", "cost", "margin", "commission"],
        "sales_manager": ["price", "cost", "margin", "commission", "supplier"],
        "merchandiser": ["price", "supplier"], "purchasing": ["cost", "supplier"], "production": [], "qc": ["supplier"],
        "logistics": [], "documents": ["price"],
        "finance": ["price", "cost", "margin", "commission", "supplier", "bank"], "marketing": [],
        "region_head": ["price", "margin", "commission"],
        "director": ["price", "cost", "margin", "commission", "supplier"],
        "general_manager": ["price", "cost", "margin", "commission", "supplier", "bank"],
        "admin": ["price", "supplier", "bank"],
    ]

    /// For each object the relations in which a role sees a record: `o`wn, `s`hared, `d`epartment, `r`egion,
    /// `t`hrough, `n`one, `*` all of them, `-` none of these but other records of the object. Finance and the three of
    /// the head office see all of everything; `x` is for nothing at all.
    private static let rows: [String: String] = [
        "supplier": """
        merchandiser * purchasing * production * qc * logistics * documents * sales - sales_manager - marketing -
        region_head -
        """,
        "company": """
        sales os sales_manager od merchandiser * purchasing - production * qc * logistics * documents * marketing or
        region_head or
        """,
        "contact": """
        sales ost sales_manager odt merchandiser * purchasing - logistics * documents * region_head ort
        """,
        "inquiry": "sales o sales_manager od marketing or region_head or",
        "quotation": "sales o sales_manager od region_head or",
        "pi": "sales o sales_manager od merchandiser * documents * region_head or",
        "order": """
        sales o sales_manager od merchandiser osd purchasing * production * qc * logistics * documents *
        region_head or
        """,
        "receivable": "sales ot sales_manager odt merchandiser osdt region_head ort",
        "cost_item": "sales ot sales_manager odt purchasing * logistics o",
        "purchase_order": "merchandiser * purchasing * production * qc *",
        "product": """
        sales * sales_manager * merchandiser * purchasing * production * qc * logistics * documents * marketing *
        region_head *
        """,
        "bank_account": """
        sales * sales_manager * merchandiser * purchasing * production * qc * logistics * documents * marketing *
        region_head *
        """,
        "followup": "sales ost sales_manager odt merchandiser os purchasing os region_head or finance x",
        "sample": """
        sales os sales_manager od merchandiser * purchasing * production * qc * region_head or
        """,
        "claim": """
        sales ot sales_manager odt merchandiser osdt purchasing * production * qc * region_head ort
        """,
        "exception": """
        sales ost sales_manager osdt merchandiser osdt purchasing os production * qc * logistics * documents *
        region_head osrt
        """,
        "task": """
        sales os sales_manager osd merchandiser os purchasing os production os qc os logistics os documents os
        finance os marketing os region_head osr
        """,
    ]

    private static let ofCompanyName: Set<String> = [
        "address", "website", "tax_id", "source_detail", "credit_limit", "receivable_open", "ltv",
    ]
    /// Fields hidden from a role whatever its clearance.
    private static let hidden: [String: [String: Set<String>]] = [
        "merchandiser": ["company": ["credit_limit", "ltv"]],
        "purchasing": ["order": ["company", "customer_po"]],
        "production": ["company": ofCompanyName, "claim": ["claim_amount", "cost"]],
        "qc": ["company": ofCompanyName], "logistics": ["company": ofCompanyName],
        "documents": ["company": ofCompanyName],
        "marketing": ["company": ["credit_limit", "receivable_open"]],
    ]

    /// Objects of which a role changes records, whichever.
    private static let changed: [String: String] = [
        "sales": "company contact inquiry followup quotation pi order sample claim exception task",
        "sales_manager": """
        company contact inquiry followup quotation pi order sample receivable claim exception task
        """,
        "merchandiser": "contact followup order sample claim exception task",
        "purchasing": "company contact followup product purchase_order cost_item sample exception task",
        "production": "sample exception task", "qc": "sample claim exception task",
        "logistics": "company contact cost_item exception task", "documents": "exception task",
        "finance": "company bank_account receivable cost_item exception task", "marketing": "task",
        "region_head": "company contact inquiry followup quotation pi order sample claim exception task",
    ]

    private static let letters: [Character: Relation] = [
        "o": .own, "s": .shared, "d": .department, "r": .region, "t": .through, "n": .none,
    ]
    private static let seen: [String: [String: Set<Relation>]] = rows.mapValues { text in
        var out: [String: Set<Relation>] = [:]
        for role in ["finance", "director", "general_manager", "admin"] { out[role] = Set(Relation.allCases) }
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            let relations = words[index + 1]
            out[words[index]] =
                relations == "*" ? Set(Relation.allCases) : Set(relations.compactMap { letters[$0] })
            if relations == "x" { out[words[index]] = nil }
        }
        return out
    }

    /// The relations in which somebody with these roles sees a record.
    static func relations(_ holder: String, _ roles: [String]) -> Set<Relation> {
        roles.reduce(into: []) { $0.formUnion(seen[holder]?[$1] ?? []) }
    }

    /// Whether somebody with these roles reads the field of a record in this relation: cleared by any role, on a row
    /// that a role shows without hiding the field.
    static func reads(_ field: MatrixField, _ relation: Relation, _ roles: [String]) -> Bool {
        if let needed = field.sensitivity, !roles.contains(where: { clearance[$0]?.contains(needed) == true }) {
            return false
        }
        return roles.contains { seen[field.holder]?[$0]?.contains(relation) == true && !hides($0, field) }
    }

    /// Whether somebody with these roles changes any records of the object.
    static func changes(_ object: String, _ roles: [String]) -> Bool {
        roles.contains { role in
            switch role {
            case "director": object != "bank_account"
            case "general_manager", "admin": true
            default: changed[role]?.split(whereSeparator: \.isWhitespace).contains(Substring(object)) == true
            }
        }
    }

    private static func hides(_ role: String, _ field: MatrixField) -> Bool {
        hidden[role]?[field.object]?.contains(field.id) == true
    }

    /// Whether the field is readable wherever somebody sees a record of its object, so that it may be filtered and
    /// sorted by.
    static func uses(_ field: MatrixField, _ roles: [String]) -> Bool {
        let reaching = roles.filter { seen[field.holder]?[$0] != nil }
        if let needed = field.sensitivity, !roles.contains(where: { clearance[$0]?.contains(needed) == true }) {
            return false
        }
        return reaching.contains { !hides($0, field) }
            && relations(field.holder, roles).allSatisfy { reads(field, $0, roles) }
    }
}
