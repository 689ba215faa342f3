import Definitions
import Kernel
import Values

extension World {
    /// Suppliers and others come before, since products name their main supplier.
    mutating func fillCatalogue() {
        let purchasing = person("purchasing")
        for (index, row) in CatalogueRow.all.enumerated() where row.cells.count == 17 {
            let day = workday(firstDay.adding(days: -10 + index / 12))
            let at = officeTime(day)
            let product = Product(
                id: dice.id(at: at), sku: row.sku, english: row.text(1), chinese: row.text(2), spec: row.text(4),
                hs: row.text(5), moq: row.int(6), pieces: row.int(7), length: row.scaled(8, 1), width: row.scaled(9, 1),
                height: row.scaled(10, 1), net: row.scaled(11, 2) * 10, gross: row.scaled(12, 2) * 10,
                lead: row.int(13),
                purchase: row.scaled(14, 4), list: row.scaled(15, 4), supplier: row.int(16), spoken: row.text(3))
            products.append(product)
            plant(product, at: at, by: purchasing)
        }
        addBillsOfMaterial()
    }

    private mutating func plant(_ product: Product, at: Instant, by: Person) {
        let isGone = ["HN-TU-T8-18", "HN-CH-CRY-8"].contains(product.sku)
        var steps = [
            step("action:release", at: at.adding(seconds: 5400), by: by, sets: ["status": .text("active")])
        ]
        if isGone {
            let day = lastDay.adding(days: -dice.int(40...120))
            steps.append(step("action:discontinue", at: officeTime(day), by: by, sets: ["status": .text("eol")]))
        }
        let category = defaults.categories["lighting"]
        add(
            "product",
            [
                "sku": .text(product.sku), "name_en": .text(product.english), "name_zh": .text(product.chinese),
                "category": .id(product.hs.hasPrefix("85") ? defaults.categories["electronics"] ?? category : category),
                "spec": .text(product.spec), "hs": .text(product.hs), "vat_rate": .percent(1300),
                "refund_rate": .percent(product.hs.hasPrefix("7604") ? 0 : 1300),
                "unit": .text(product.sku.contains("SP-2") ? "SET" : "PCS"),
                "moq": .whole(product.moq), "pcs_inner": .whole(product.pieces >= 20 ? product.pieces / 4 : 1),
                "pcs_carton": .whole(product.pieces), "carton_l_cm": .decimal(product.length, 1),
                "carton_w_cm": .decimal(product.width, 1), "carton_h_cm": .decimal(product.height, 1),
                "carton_nw_kg": .decimal(product.net / 10, 2), "carton_gw_kg": .decimal(product.gross / 10, 2),
                "lead_time_wd": .whole(product.lead), "origin": .text("CN"), "status": .text(isGone ? "eol" : "active"),
                "materials": .text(Self.materials(product)), "purchase_price": .decimal(product.purchase, 4),
                "domestic_cost": .decimal(max(300, product.purchase / 45 / 100 * 100), 4),
                "list_price": .decimal(product.list, 4),
                "standard_margin": .percent(1500), "supplier": .id(partners[product.supplier].id),
            ], at: at, by: by, id: product.id, steps: steps)
    }

    private static func materials(_ product: Product) -> String {
        if product.sku.hasPrefix("HN-ST-"), product.hs != "9405420090" {
            return "FPC, 硅胶/PU, 铝 flexible board, silicone, aluminium"
        }
        return switch product.sku.split(separator: "-").dropFirst().first ?? "" {
        case "BU", "TU": "玻璃/PC, 铝基板 glass or PC, aluminium board"
        case "FL", "ST", "HB", "GD", "WL": "压铸铝, 钢化玻璃 die-cast aluminium, tempered glass"
        case "PD", "FLR", "TB", "CH": "金属/木/布艺 metal, wood, fabric"
        case "SL", "CB": "ABS, 锂电池 ABS, lithium battery"
        default: "铝, PC aluminium, PC"
        }
    }

    private mutating func addBillsOfMaterial() {
        let maker = person("production")
        let parts: [(String, Int, Int)] = [
            ("LED 灯珠 2835", 48, 900), ("恒流电源", 1, 62_000), ("压铸铝壳", 1, 98_000), ("PC 透镜", 1, 21_000),
            ("铝基板", 1, 34_000),
            ("防水接头", 1, 8500), ("彩盒", 1, 9800), ("五层外箱", 1, 4600), ("说明书与标签", 1, 1500),
        ]
        for product in products where product.purchase > 300_000 && product.purchase < 2_400_000 {
            guard dice.chance(55) else { continue }
            let at = officeTime(firstDay.adding(days: dice.int(1...60)))
            let lines = parts.map { part in
                LineDraft([
                    "material": .text(part.0), "qty": .decimal(part.1 * 1_000_000, 6), "unit": .text("PCS"),
                    "loss_pct": .percent(part.1 > 1 ? 200 : 50),
                    "price": .decimal(max(200, part.2 * (product.purchase / 1000) / 460), 4),
                    "supplier": .id(partners[dice.int(8...17)].id),
                ])
            }
            let issued = officeTime(after: at, hours: 24...96)
            add(
                "bom",
                [
                    "product": .id(product.id), "version_no": .whole(1), "locked": .bool(true),
                    "status": .text("issued"),
                ],
                lines: ["lines": lines], at: at, by: maker,
                steps: [
                    step(
                        "action:lock", at: issued, by: maker, sets: ["status": .text("issued"), "locked": .bool(true)])
                ],
                first: ["locked": .bool(false)])
        }
    }

    /// A step done by a person.
    func step(_ kind: String, at: Instant, by: Person, sets: [String: Value], reason: String? = nil) -> PastStep {
        PastStep(kind: kind, at: at, by: by.id, byName: by.name, sets: sets, reason: reason)
    }
}
