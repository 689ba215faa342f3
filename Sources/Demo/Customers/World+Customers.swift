import Kernel
import Values

extension World {
    /// Everyone the company sells or tries to sell to.
    mutating func meetCustomers() {
        var seats: [(country: Country, firm: String)] = []
        for country in Countries.all {
            for firm in country.firms { seats.append((country, firm)) }
            seats.append((country, Self.further(country, &dice)))
        }
        seats = dice.some(seats.count, of: seats)
        let standings = Self.standings(seats.count)
        for (index, seat) in seats.enumerated() { meet(seat.firm, in: seat.country, standing: standings[index], index) }
        meetTwice()
        customers.sort { $0.since < $1.since }
    }

    private static func standings(_ count: Int) -> [Customer.Standing] {
        var out: [Customer.Standing] = Array(repeating: .active, count: 124)
        out += Array(repeating: .quoting, count: 46) + Array(repeating: .dormant, count: 24)
        out += Array(repeating: .sampling, count: 12) + Array(repeating: .lost, count: 10)
        out += [.blacklist, .blacklist] + Array(repeating: .lead, count: 20)
        while out.count < count { out.append(.prospect) }
        return out
    }

    /// One more firm of the country, named after its people and place.
    private static func further(_ country: Country, _ dice: inout Dice) -> String {
        let family = dice.pick(country.family)
        let place = country.places[0][0].split(separator: ",")[0]
        switch country.language {
        case "de": return "\(family) & Söhne Leuchtenhandel KG"
        case "fr": return "Établissements \(family) Électricité SARL"
        case "es": return "Comercial \(family) Iluminación, \(place)"
        case "it": return "\(family) Forniture Elettriche S.r.l."
        case "pt": return "\(family) & Filhos, Iluminação"
        case "nl": return "Gebroeders \(family) Handel"
        case "pl": return "\(family) Hurtownia Elektryczna"
        default:
            return dice.pick([
                "\(family) Brothers Trading, \(place)", "\(family) & Partners Lighting",
                "\(family) Home and Light, \(place)",
            ])
        }
    }

    private mutating func meet(_ firm: String, in country: Country, standing: Customer.Standing, _ index: Int) {
        let isOld = standing == .active || standing == .dormant
        let day = firstDay.adding(days: isOld ? dice.int(-8...300) : dice.int(10...520))
        let at = officeTime(min(day, lastDay.adding(days: -3)))
        let owner = isPublic(standing) ? nil : seller(for: country)
        let maker = owner ?? person("marketing")
        let place = dice.pick(country.places)
        let grade = Self.grade(standing, &dice)
        let term = Self.term(country, grade, standing, &dice)
        let merchandiser = dice.pick(people("merchandiser"))
        let currency = country.currency == "GBP" ? "USD" : country.currency
        let source = dice.weighted([
            ("alibaba", 24), ("mic", 10), ("gs", 6), ("website", 16), ("fair", 20), ("google_ads", 8), ("seo", 6),
            ("social", 5), ("email", 8), ("referral", 7), ("customs_data", 5),
        ])
        let id = dice.id(at: at)
        let domain = Self.domain(firm, country)
        let contacts = makeContacts(
            id, country, domain, at: at, by: maker, count: isOld ? dice.int(2...3) : dice.int(1...2))
        let short = Self.short(firm)
        let marks = "\(Self.mark(short))\n\(country.portName.uppercased())\nC/NO. 1-UP\nMADE IN CHINA"
        let taste = dice.some(dice.int(4...8), of: Array(0..<CatalogueRow.all.count))
        let incoterm = dice.weighted([("FOB", 62), ("CIF", 18), ("CFR", 12), ("DAP", 3), ("EXW", 5)])
        customers.append(
            Customer(
                id: id, name: firm, short: short, country: country, standing: standing, grade: grade,
                contacts: contacts,
                owner: owner, currency: currency, term: term, incoterm: incoterm, merchandiser: merchandiser,
                since: Clock.day(of: at), source: source, region: regions[country.region], taste: taste, marks: marks))
        let isCredit = term.hasPrefix("OA")
        var fields: [String: Input] = [
            "name_en": .text(firm), "short_name": .text(short), "roles": .codes(["customer"]),
            "country": .text(country.code),
            "city": .text(place[0]), "postcode": .text(place[1]),
            "address": .text("\(place[2])\n\(place[0]) \(place[1])"),
            "website": .text("https://www." + domain), "grade": .text(grade), "status": .text(standing.rawValue),
            "source": .text(source),
            "source_detail": .text(Self.sourceDetail(source)),
            "pool": .text(owner == nil ? "public" : index % 23 == 0 ? "protected" : "private"),
            "currency": .text(currency), "incoterm": .text(incoterm), "payment_term": .id(defaults.terms[term]),
            "bank": .id(banks[currency] ?? banks["USD"]), "language": .text(country.language),
            "time_zone": .text(country.zone),
            "merchandiser": .id(merchandiser.id), "marks_default": .text(marks),
            "packing_rules": .text(
                dice.pick(["彩盒 + 五层瓦楞外箱，外箱四面唛头", "白盒加条码贴纸，外箱不超过 15 kg", "彩盒、说明书按目的国语言，外箱加防潮袋", "客供彩盒设计稿，外箱侧唛印毛净重与箱号"])),
            "documents_required": .text("CI, PL, B/L" + (country.region == "AP" ? ", CO" : "")),
            "credit_limit": .cents(isCredit ? (grade == "A" ? 120_000_000 : 50_000_000) : 0),
            "credit_insured": .cents(isCredit && grade == "A" ? 60_000_000 : 0),
            "nda": .bool(grade == "A" && dice.chance(40)),
        ]
        if index % 23 == 0, owner != nil { fields["protected_until"] = .on(lastDay.adding(days: dice.int(10...60))) }
        if standing == .blacklist { fields["blacklist_reason"] = .text("定金骗样后失联，汇款水单为伪造") }
        if ["DE", "FR", "IT", "ES", "NL", "PL", "BE"].contains(country.code) {
            fields["tax_id"] = .text(country.code + "\(dice.int(100_000_000...999_999_999))")
        }
        if index % 9 == 0 { fields["co_owners"] = .ids([person(country.region == "EU" ? "sales3" : "sales4").id]) }
        add(
            "company", fields, at: at, by: maker, owner: owner, region: regions[country.region],
            department: owner?.departmentID ?? departments["业务一部（欧洲）"], id: id, isOwned: owner != nil,
            steps: courseOf(standing, from: at, by: maker))
    }

    /// The same firm a second time, in another spelling, as it comes from cards and platforms.
    private mutating func meetTwice() {
        for customer in dice.some(4, of: customers.filter { $0.standing == .active && $0.country.region != "AP" }) {
            let at = officeTime(lastDay.adding(days: -dice.int(6...50)))
            let firm = customer.name.uppercased().replacing(".", with: "").replacing(",", with: "")
            add(
                "company",
                [
                    "name_en": .text(firm), "short_name": .text(customer.short + "（展会）"), "roles": .codes(["customer"]),
                    "country": .text(customer.country.code),
                    "website": .text("https://www." + Self.domain(customer.name, customer.country)),
                    "status": .text("lead"), "source": .text("fair"),
                    "source_detail": .text("名片扫描"), "pool": .text("public"), "currency": .text(customer.currency),
                    "payment_term": .id(defaults.terms["TT30_70COPY"]),
                ], at: at, by: person("marketing"), region: customer.region, isOwned: false)
        }
    }

    private func isPublic(_ standing: Customer.Standing) -> Bool { standing == .lost || standing == .lead }

    /// The seller of the country; the two best known logins get a fair part of each region.
    private mutating func seller(for country: Country) -> Person {
        switch country.region {
        case "EU": person(dice.weighted([("sales", 46), ("sales3", 32), ("sales5", 22)]))
        case "AM": person(dice.weighted([("sales2", 62), ("sales6", 38)]))
        default: person(dice.weighted([("sales4", 62), ("sales6", 38)]))
        }
    }

    private static func grade(_ standing: Customer.Standing, _ dice: inout Dice) -> String {
        switch standing {
        case .active: dice.weighted([("A", 20), ("B", 42), ("C", 38)])
        case .dormant: dice.weighted([("B", 30), ("C", 70)])
        case .quoting, .sampling: "C"
        default: "D"
        }
    }

    private static func term(_ country: Country, _ grade: String, _ standing: Customer.Standing, _ dice: inout Dice)
        -> String
    {
        if ["EG", "KE"].contains(country.code), dice.chance(60) { return "LC_SIGHT" }
        if country.code == "AE", dice.chance(25) { return "LC_SIGHT" }
        if grade == "A", dice.chance(35) { return dice.pick(["OA_30", "OA_60"]) }
        return dice.weighted([
            ("TT30_70COPY", 58), ("TT30_70SHIP", 24), ("TT50_50", 6), ("TT100ADV", 7), ("DP_SIGHT", 3), ("LC_SIGHT", 2),
        ])
    }

    private static func sourceDetail(_ source: String) -> String {
        switch source {
        case "fair": "广交会 12.2 馆"
        case "referral": "老客户介绍"
        case "email": "开发信 目录邮件"
        case "customs_data": "海关数据 采购商筛选"
        case "google_ads": "搜索广告 led downlight supplier"
        default: ""
        }
    }

    private mutating func courseOf(_ standing: Customer.Standing, from at: Instant, by: Person) -> [PastStep] {
        let path: [(String, String)]
        switch standing {
        case .lead: path = []
        case .prospect: path = [("to_prospect", "prospect")]
        case .sampling: path = [("to_prospect", "prospect"), ("to_sampling", "sampling")]
        case .quoting: path = [("to_prospect", "prospect"), ("to_quoting", "quoting")]
        case .active: path = [("to_prospect", "prospect"), ("to_quoting", "quoting"), ("activate", "active")]
        case .dormant: path = [("to_quoting", "quoting"), ("activate", "active"), ("to_dormant", "dormant")]
        case .lost: path = [("to_prospect", "prospect"), ("lose", "lost")]
        case .blacklist: path = [("to_prospect", "prospect"), ("blacklist", "blacklist")]
        }
        var now = at
        let room = max(1, (lastDay.number - Clock.day(of: at).number - 2) / max(1, path.count) - 1)
        return path.map { action, code in
            now = pastTime(after: now, hours: 20...min(24 * room + 24, 24 * 26)) ?? horizon
            return step("action:" + action, at: now, by: by, sets: ["status": .text(code)])
        }
    }

    private mutating func makeContacts(
        _ company: RecordID, _ country: Country, _ domain: String, at: Instant, by: Person, count: Int
    ) -> [Contact] {
        let titles: [(String, String)] = [
            ("Purchasing Manager", "buyer"), ("Managing Director", "decision_maker"),
            ("Technical Manager", "technical"), ("Accounts Payable", "finance"), ("Import Coordinator", "logistics"),
            ("Category Buyer", "buyer"),
        ]
        let given = dice.some(count, of: country.given)
        return given.indices.map { index in
            let family = dice.pick(country.family)
            let isJapanese = ["JP", "KR"].contains(country.code)
            let name = isJapanese ? "\(family) \(given[index])" : "\(given[index]) \(family)"
            let title = index == 0 ? titles[dice.pick([0, 1, 5])] : titles[dice.int(2...4)]
            let when = at.adding(seconds: 240 + index * 400)
            let id = dice.id(at: when)
            let mail = Self.plain(given[index]) + "." + Self.plain(family) + "@" + domain
            pendingContacts.append(
                PendingContact(
                    id: id,
                    fields: [
                        "company": .id(company), "name": .text(name), "title": .text(title.0), "role": .text(title.1),
                        "email": .text(mail),
                        "phone": .text("\(country.dial) \(dice.int(10...99)) 555 0\(dice.int(100...999))"),
                        "language": .text(country.language),
                        "is_primary": .bool(index == 0), "active": .bool(true),
                        "im": index == 0
                            ? .object([
                                "whatsapp": .text("\(country.dial) \(dice.int(10...99)) 555 0\(dice.int(100...999))")
                            ]) : .null,
                    ], at: when, by: by))
            return Contact(id: id, name: name)
        }
    }

    /// Contacts follow their companies.
    mutating func meetContacts() {
        for contact in pendingContacts {
            let isGone = dice.chance(4)
            var fields = contact.fields
            var steps: [PastStep] = []
            if isGone, let primary = fields["is_primary"], primary == .bool(false) {
                let day = lastDay.adding(days: -dice.int(5...200))
                let at = officeTime(day)
                guard at > contact.at else { continue }
                fields["active"] = .bool(false)
                fields["left_on"] = .on(day)
                steps = [
                    step("action:left", at: at, by: contact.by, sets: ["active": .bool(false), "left_on": .day(day)])
                ]
            }
            add(
                "contact", fields, at: contact.at, by: contact.by, id: contact.id, steps: steps,
                first: ["active": .bool(true)])
        }
        pendingContacts = []
    }

    static func short(_ firm: String) -> String {
        let dropped = [
            " GmbH & Co. KG", " GmbH", " SAS", " SARL", " Ltd", " Ltd.", " S.r.l.", " S.p.A.", " S.n.c.", " S.L.",
            " S.A.", " B.V.", " NV", " BV", " SRL", " Sp. z o.o.", " S.J.", " AB", " ApS", " A/S", " AS", " Oy", " Lda",
            " s.r.o.", " a.s.", ", Inc.", " LLC", " Inc.", " inc.", " S.A. de C.V.", " S. de R.L. de C.V.", " Ltda",
            " Ltda.", " SpA", " S.A.C.", " S.A.S.", " S.R.L.", " Cía. Ltda.", " Pty Ltd", " Co., Ltd.", " K.K.",
            " Pte. Ltd.", " Sdn Bhd", " Corp.", " Pvt. Ltd.", " LLP", " (Pty) Ltd", " San. ve Tic. A.Ş.",
            " Dış Ticaret A.Ş.", " Ltd. Şti.", " A.Ş.", " Kft.", " Est.", " JSC",
        ]
        for ending in dropped.sorted(by: { $0.count > $1.count }) where firm.hasSuffix(ending) {
            return String(firm.dropLast(ending.count))
        }
        return firm
    }

    /// The first words that fit on a carton.
    static func mark(_ short: String) -> String {
        var out = ""
        for word in short.uppercased().split(separator: " ") where out.isEmpty || out.count + word.count < 20 {
            out += (out.isEmpty ? "" : " ") + word
        }
        return out
    }

    static func domain(_ firm: String, _ country: Country) -> String { domain(firm, country.code.lowercased()) }

    static func domain(_ firm: String, _ ending: String) -> String {
        let words = short(firm).split(whereSeparator: { " ,&.()'".contains($0) }).map { plain(String($0)) }
            .filter { $0.count > 1 && !["and", "do", "da", "del", "de", "the", "du"].contains($0) }
        return words.prefix(3).joined(separator: words.count > 2 ? "" : "-") + "." + ending + ".example"
    }

    /// Small letters of the Latin alphabet only.
    static func plain(_ text: String) -> String {
        let folded: [Character: String] = [
            "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ê": "e", "ë": "e", "á": "a", "à": "a",
            "â": "a", "ã": "a", "å": "a", "ñ": "n", "ç": "c", "í": "i", "î": "i", "ó": "o", "ô": "o", "õ": "o",
            "ø": "o", "ú": "u", "û": "u", "ł": "l", "ś": "s", "ż": "z", "ź": "z", "ć": "c", "ń": "n", "ą": "a",
            "ę": "e", "ě": "e", "š": "s", "č": "c", "ř": "r", "ž": "z", "ý": "y", "ş": "s", "ğ": "g", "ı": "i",
            "ț": "t", "ș": "s", "ă": "a", "æ": "ae", "ő": "o", "ű": "u",
        ]
        return text.lowercased().map { character in
            if let known = folded[character] { return known }
            return character.isASCII && (character.isLetter || character.isNumber) ? String(character) : ""
        }.joined()
    }
}

/// A contact whose company is not written yet.
struct PendingContact: Sendable {
    let id: RecordID
    let fields: [String: Input]
    let at: Instant
    let by: Person
}
