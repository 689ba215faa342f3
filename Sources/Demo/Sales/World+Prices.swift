import Calendars
import Kernel
import Values

extension World {
    /// Freight from Ningbo to every port that customers use.
    mutating func writeFreight() {
        let by = person("logistics")
        var seen: Set<String> = []
        for country in Countries.all where seen.insert(country.port).inserted {
            let from = lastDay.adding(days: -dice.int(12...40))
            let isOver = ["ZADUR", "KEMBA", "ARBUE"].contains(country.port)
            let valid = isOver ? lastDay.adding(days: -dice.int(3...9)) : lastDay.adding(days: dice.int(9...34))
            let base = country.region == "AP" ? country.days * 55 + 420 : country.region == "EU" ? 1650 : 1900
            let twenty = (base + dice.int(0...240)) / 10 * 10
            let items: [(String, Int)] = [
                ("20GP", twenty), ("40GP", twenty * 17 / 10), ("40HQ", twenty * 17 / 10 + 50),
                ("lcl_wm", max(18, twenty / 26)),
            ]
            let extras: [(String, Int, String)] = [
                ("THC", 125, "container"), ("DOC", 65, "bl"),
                (country.region == "EU" ? "ENS" : country.region == "AM" ? "AMS" : "seal", 35, "bl"),
                ("telex", 65, "bl"),
            ]
            let carrier = country.region == "EU" ? 20 : country.region == "AM" ? 21 : 22
            let weekday = country.region == "EU" ? "5" : country.region == "AM" ? "3" : "7"
            let id = add(
                "freight_template",
                [
                    "mode": .text("sea_fcl"), "pol": .text("CNNBO"), "pod": .text(country.port),
                    "carrier": .id(partners[carrier].id), "currency": .text("USD"),
                    "valid_from": .on(from), "valid_to": .on(valid), "transit_days": .whole(country.days),
                    "sailing_weekdays": .codes([weekday]), "free_days": .whole(dice.pick([7, 10, 14])),
                    "note": .text("含 BAF；超重另计，危险品另报"),
                ],
                lines: [
                    "items": items.map {
                        LineDraft([
                            "equipment": .text($0.0), "rate": .decimal($0.1 * 100, 2),
                            "minimum": $0.0 == "lcl_wm" ? .decimal($0.1 * 100, 2) : .null,
                        ])
                    },
                    "surcharges": extras.map {
                        LineDraft([
                            "code": .text($0.0), "amount": .decimal($0.1 * 100, 2), "per": .text($0.2),
                            "currency": .text("USD"),
                        ])
                    },
                ], at: officeTime(from), by: by)
            freight.append(FreightLane(id: id, port: country.port))
        }
    }

    mutating func writePriceLists() {
        let by = person("director")
        let rows: [(String, String, String, String, Int)] = [
            ("欧洲 A 级 USD FOB", "EU", "A", "USD", 930), ("欧洲 B/C 级 USD FOB", "EU", "B", "USD", 985),
            ("欧洲 EUR FOB", "EU", "B", "EUR", 985),
            ("美洲 A 级 USD FOB", "AM", "A", "USD", 940), ("美洲 B/C 级 USD FOB", "AM", "B", "USD", 990),
            ("亚太 A 级 USD FOB", "AP", "A", "USD", 935), ("亚太 B/C 级 USD FOB", "AP", "C", "USD", 995),
        ]
        for (index, row) in rows.enumerated() {
            let from = lastDay.adding(days: -100 + index)
            let rate = rates.rate(row.3, on: from)
            let dollar = rates.rate("USD", on: from)
            let lines = products.map { product in
                LineDraft([
                    "product": .id(product.id), "min_qty": .whole(product.moq),
                    "price": .decimal(
                        max(100, product.price(row.3, rate: rate, dollar: dollar) * row.4 / 1000 / 100 * 100), 4),
                ])
            }
            priceLists[row.0] = add(
                "price_list",
                [
                    "name": .text(row.0), "grade": .text(row.2), "currency": .text(row.3), "incoterm": .text("FOB"),
                    "port": .text("CNNBO"), "valid_from": .on(from),
                    "valid_to": .on(lastDay.adding(days: 80)), "fx_rate": .decimal(rate, 6), "floor": .percent(1000),
                    "note": .text("不含认证费；铜铝指数波动超过 5% 另议"),
                ], lines: ["lines": lines], at: officeTime(from), by: by, region: regions[row.1])
        }
    }

    /// Fairs, platforms and mail; inquiries of their time belong to them.
    mutating func runCampaigns() {
        let by = person("marketing")
        let year = lastDay.components.year
        func day(_ year: Int, _ month: Int, _ day: Int) -> Day { Day(year: year, month: month, day: day) ?? lastDay }
        let rows: [(String, String, Day, Day, Int, String)] = [
            ("广交会秋季展 \(year)", "fair", day(year, 10, 15), day(year, 10, 19), 26_800_000, "AP"),
            ("广交会春季展 \(year)", "fair", day(year, 4, 15), day(year, 4, 19), 24_500_000, "AP"),
            ("广交会秋季展 \(year - 1)", "fair", day(year - 1, 10, 15), day(year - 1, 10, 19), 23_900_000, "AP"),
            ("法兰克福灯光展 \(year)", "fair", day(year, 3, 8), day(year, 3, 13), 41_000_000, "EU"),
            ("国际站旺季直通 \(year)", "alibaba", day(year, 8, 25), day(year, 10, 10), 9_800_000, "AM"),
            ("国际站新贸节 \(year)", "alibaba", day(year, 3, 1), day(year, 3, 31), 8_600_000, "AM"),
            ("搜索广告 筒灯与三防灯 欧洲", "google_ads", lastDay.adding(days: -75), lastDay.adding(days: 20), 12_000_000, "EU"),
            ("开发信 澳新批发商", "email", lastDay.adding(days: -50), lastDay.adding(days: 12), 800_000, "AP"),
            ("领英 工程照明设计师", "social", lastDay.adding(days: -120), lastDay.adding(days: -60), 2_400_000, "EU"),
            ("官网改版与 SEO", "seo", lastDay.adding(days: -300), lastDay.adding(days: -200), 6_500_000, "EU"),
        ]
        for row in rows where row.2 < lastDay {
            let at = officeTime(max(row.2.adding(days: -25), firstDay.adding(days: -9)))
            guard hasHappened(at) else { continue }
            let kinds =
                row.1 == "fair"
                ? [("booth", 58), ("travel", 24), ("gift", 9)]
                : row.1 == "alibaba" ? [("platform", 82), ("content", 10)] : [("ads", 71), ("content", 18)]
            let lines = kinds.map { kind, share in
                LineDraft([
                    "date": .on(min(row.2, lastDay)), "kind": .text(kind), "amount": .decimal(row.4 / 100 * share, 2),
                    "currency": .text("CNY"), "rate": .decimal(1_000_000, 6),
                ])
            }
            let id = add(
                "campaign",
                [
                    "name": .text(row.0), "channel": .text(row.1), "start": .on(row.2), "end": .on(row.3),
                    "budget": .cents(row.4),
                    "margin_attributed": row.3 < lastDay.adding(days: -60)
                        ? .cents(row.4 * dice.int(11...34) / 10) : .null,
                    "brief": .text(
                        "目标：\(row.5 == "EU" ? "欧洲批发与工程商" : row.5 == "AM" ? "美洲分销商" : "全球买家")，主推筒灯、三防灯、太阳能系列；首次回复不超过 24 小时"
                    ),
                ], lines: ["costs": lines], at: at, by: by, region: regions[row.5])
            campaigns.append(Campaign(id: id, channel: row.1, start: row.2, end: row.3))
        }
    }
}
