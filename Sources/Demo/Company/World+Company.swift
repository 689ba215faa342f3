import Calendars
import Kernel
import Values

extension World {
    /// Departments, regions, people, the letterhead, bank accounts, rates.
    mutating func foundCompany() {
        let start = Clock.ningbo(firstDay.adding(days: -12), hour: 9, minute: 12)
        hire(start)
        let owner = person("owner")
        for (index, item) in Staff.departments.enumerated() {
            add(
                "department",
                [
                    "name": .text(item.name), "name_en": .text(item.english), "head": .id(person(item.head).id),
                    "parent": .id(index == 0 ? nil : departments["总经办"]),
                ],
                at: start.adding(seconds: index), by: owner, id: departments[item.name], isOwned: false)
        }
        addRegions(start)
        addPeople(start)
        add(
            "own_company",
            [
                "name_zh": .text("宁波海纳照明有限公司"), "name_en": .text("Ningbo Hynar Lighting Co., Ltd."),
                "address_zh": .text("浙江省宁波市北仑区小港街道纬三路 186 号 3 号楼"),
                "address_en": .text("Building 3, No. 186 Weisan Road, Xiaogang\nBeilun District, Ningbo 315821, China"),
                "phone": .text("+86 574 5550 2860"), "email": .text("export@hynar-lighting.example"),
                "website": .text("https://www.hynar-lighting.example"), "tax_id": .text("91330206MA2XK7Q38T"),
                "customs_no": .text("3302968K7Q"),
            ], at: start, by: owner, isOwned: false)
        addBanks(start)
        addRates()
    }

    private mutating func hire(_ start: Instant) {
        for item in Staff.departments { departments[item.name] = dice.id(at: start) }
        for code in ["HQ", "EU", "AM", "AP"] { regions[code] = dice.id(at: start) }
        people = Staff.all.compactMap { staff in
            guard let department = departments[staff.department] else { return nil }
            return Person(
                login: staff.login, name: staff.name, id: dice.id(at: start), roles: staff.roles,
                departmentID: department,
                regionID: staff.region.flatMap { regions[$0] } ?? regions["HQ"])
        }
    }

    private mutating func addPeople(_ start: Instant) {
        for (index, staff) in Staff.all.enumerated() {
            let one = person(staff.login)
            let place = staff.region.flatMap { regions[$0] } ?? regions["HQ"]
            add(
                "user",
                [
                    "login": .text(staff.login), "name": .text(staff.name), "roles": .codes(staff.roles),
                    "active": .bool(true),
                    "email": .text(staff.login + "@hynar-lighting.example"), "phone": .text(staff.mobile),
                    "department": .id(one.departmentID), "region": .id(place),
                    "manager": .id(staff.manager.map { person($0).id }),
                    "backup": .id(staff.backup.map { person($0).id }),
                    "language": .text(staff.language), "time_zone": .text(staff.zone),
                ], at: start.adding(seconds: 40 + index), by: person("owner"), id: one.id, isOwned: false)
        }
    }

    private mutating func addRegions(_ start: Instant) {
        let europe = Countries.all.filter { $0.region == "EU" }.map(\.code)
        let americas = Countries.all.filter { $0.region == "AM" }.map(\.code)
        let pacific = Countries.all.filter { $0.region == "AP" }.map(\.code)
        let rows: [(String, String, String, [String], String, String, String, String)] = [
            ("HQ", "总部", "Headquarters", ["CN"], "M4", "owner", "Asia/Shanghai", "CN"),
            ("EU", "欧洲区", "Europe", europe, "M3", "region-eu", "Europe/Berlin", "DE"),
            ("AM", "美洲区", "Americas", americas, "M2", "region-am", "America/New_York", "US"),
            ("AP", "亚太与中东区", "Asia-Pacific and Middle East", pacific, "M2", "region-ap", "Asia/Singapore", "SG"),
        ]
        for (index, row) in rows.enumerated() {
            add(
                "region",
                [
                    "code": .text(row.0), "name": .text(row.1), "name_en": .text(row.2), "countries": .codes(row.3),
                    "maturity": .text(row.4), "head": .id(person(row.5).id), "time_zone": .text(row.6),
                    "calendar": .text(row.7),
                    "parent": .id(index == 0 ? nil : regions["HQ"]),
                ],
                at: start.adding(seconds: 20 + index), by: person("owner"), id: regions[row.0], isOwned: false)
        }
    }

    private mutating func addBanks(_ start: Instant) {
        let rows: [(String, String, String, String)] = [
            ("USD", "USD 基本户", "北仑开发银行小港支行 Beilun Development Bank, Xiaogang Branch", "3302 0114 0904 8821"),
            ("EUR", "EUR 外汇户", "北仑开发银行小港支行 Beilun Development Bank, Xiaogang Branch", "3302 0138 0904 8822"),
            ("CNY", "CNY 一般户", "甬江商业银行北仑支行 Yongjiang Commercial Bank, Beilun Branch", "8101 2000 5566 3109"),
        ]
        let finance = person("finance")
        let verifier = person("director")
        for (index, row) in rows.enumerated() {
            let at = start.adding(seconds: 3600 + index * 300)
            let checked = at.adding(seconds: 7200)
            let note = "回拨开户行对公柜台预留电话，户名、账号、SWIFT 逐项核对一致"
            banks[row.0] = add(
                "bank_account",
                [
                    "name": .text(row.1), "beneficiary": .text("Ningbo Hynar Lighting Co., Ltd."),
                    "beneficiary_address": .text("Building 3, No. 186 Weisan Road, Beilun, Ningbo, China"),
                    "bank_name": .text(row.2),
                    "bank_address": .text("No. 88 Donghe Road, Beilun, Ningbo, China"),
                    "swift": .text(index == 2 ? "YJCBCN2N" : "BLDBCN2N"),
                    "account_no": .text(row.3), "currency": .text(row.0), "status": .text("active"),
                    "verified_by": .id(verifier.id), "verified_at": .at(checked), "call_back_note": .text(note),
                ], at: at, by: finance,
                steps: [
                    PastStep(
                        kind: "action:verify", at: checked, by: verifier.id, byName: verifier.name,
                        sets: [
                            "status": .text("active"), "verified_by": .record(verifier.id),
                            "verified_at": .instant(checked),
                            "call_back_note": .text(note),
                        ])
                ])
        }
    }

    /// Monthly rates, daily ones for the last month.
    private mutating func addRates() {
        let finance = person("finance2")
        var days: [Day] = []
        var month = Day(year: firstDay.components.year, month: firstDay.components.month, day: 1) ?? firstDay
        while month < lastDay.adding(days: -30) {
            days.append(month)
            month = month.adding(months: 1)
        }
        for back in stride(from: 30, through: 0, by: -1) {
            let day = lastDay.adding(days: -back)
            if calendar.isWorkingDay(day) { days.append(day) }
        }
        for day in days {
            for currency in RateBook.currencies {
                let buy = rates.rate(currency, on: day)
                add(
                    "fx_rate",
                    [
                        "currency": .text(currency), "base": .text("CNY"), "date": .on(day), "buy": .decimal(buy, 6),
                        "sell": .decimal(buy + buy / 10_000 * 42, 6), "mid": .decimal(buy + buy / 10_000 * 21, 6),
                        "buffer_pct": .percent(100), "source": .text("开户行挂牌价"),
                    ],
                    at: Clock.ningbo(day, hour: 8, minute: 12), by: finance)
            }
        }
    }
}
