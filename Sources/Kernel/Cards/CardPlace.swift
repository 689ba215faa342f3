import Foundation

/// Where the address of a card is, and whether a line is part of one.
struct CardPlace {
    private(set) var city = ""
    private(set) var postcode = ""
    private(set) var country = ""

    /// - Parameter address: its lines, apart by line breaks.
    init(_ address: String) {
        guard !address.isEmpty else { return }
        country = Self.country(named: address)
        let parts = address.split { $0 == "\n" || $0 == "," || $0 == "，" }.map { CardLine.plain(String($0)) }
        for part in parts where city.isEmpty {
            if CardWords.hasHan(part) { takeChinese(part) } else { takeLatin(part) }
        }
        if country.isEmpty, CardWords.hasHan(address) { country = "CN" }
        if city.isEmpty { takeBeforeState(parts) }
        if postcode.isEmpty { postcode = Self.chinesePostcode(address) }
    }

    // MARK: Is it an address?

    /// Words of streets and buildings, or a postcode beside a town.
    static func isAddress(_ line: String) -> Bool {
        if CardWords.hasHan(line) {
            guard !CardWords.isCompany(line) || line.contains(where: \.isNumber) else { return false }
            let marks = chineseMarks.filter { line.contains($0) }.count
            return marks >= 2 || marks == 1 && line.contains(where: \.isNumber)
        }
        // The Dr. before a name is no drive.
        let words = CardWords.words(of: CardWords.bareName(line))
        let hasNumber = line.contains(where: \.isNumber)
        if CardWords.isCompany(line), !hasNumber { return false }
        if words.contains(where: streets.contains) && (hasNumber || words.count > 2) { return true }
        if hasNumber, words.contains(where: { word in streetEnds.contains { word.hasSuffix($0) } }) { return true }
        return hasNumber && town(in: line) != nil
    }

    /// Whether a line behind one of an address belongs to it: a town, a country, a province.
    static func goesOn(_ line: String) -> Bool {
        if CardWords.isCompany(line) || CardWords.isTitle(line) { return false }
        return line.contains(where: \.isNumber) || !country(named: line).isEmpty
            || line.contains(",") && line.count <= 60 && !CardWords.isName(line)
    }

    // MARK: Town and postcode

    /// `20457 Hamburg`, `D-20457 Hamburg`, `1012 AB Amsterdam`, `Chicago, IL 60601`, `London SW1A 1AA`.
    private static func town(in line: String) -> (postcode: String, city: String)? {
        for part in line.split(separator: ",").map({ CardLine.plain(String($0)) }) {
            let words = part.split(separator: " ").map(String.init)
            guard words.count >= 2, let first = words.first else { continue }
            let digits = first.drop { $0.isLetter || $0 == "-" }
            guard first.count - digits.count <= 3, (4...6).contains(digits.count), digits.allSatisfy(\.isNumber) else {
                continue
            }
            let isDutch =
                digits.count == 4 && words.count > 2 && words[1].count == 2 && words[1] == words[1].uppercased()
            let name = words.dropFirst(isDutch ? 2 : 1).prefix { !["-", "–", "—", "/"].contains($0) }
            guard let start = name.first?.first, start.isUppercase, name.allSatisfy({ !$0.contains(where: \.isNumber) })
            else { continue }
            return (isDutch ? digits + " " + words[1] : String(digits), name.joined(separator: " "))
        }
        return nil
    }

    private mutating func takeLatin(_ part: String) {
        if let found = Self.town(in: part) {
            postcode = found.postcode
            city = found.city
            return
        }
        // London SW1A 1AA: town first, two groups of letters and digits behind it.
        let words = part.split(separator: " ").map(String.init)
        guard words.count >= 3, country.isEmpty || country == "GB" || country == "CA" else { return }
        let code = words.suffix(2)
        let isCode = code.allSatisfy { word in
            (3...4).contains(word.count) && word.contains(where: \.isNumber) && word.contains(where: \.isLetter)
                && word == word.uppercased()
        }
        let name = words.dropLast(2)
        guard isCode, name.allSatisfy({ $0.allSatisfy(\.isLetter) }), name.count <= 3 else { return }
        postcode = code.joined(separator: " ")
        city = name.joined(separator: " ")
    }

    /// `Chicago, IL 60601`: the part before a state of two letters and five digits.
    private mutating func takeBeforeState(_ parts: [String]) {
        for (place, part) in parts.enumerated() where place > 0 {
            let words = part.split(separator: " ").map(String.init)
            guard words.count == 2, words[0].count == 2, words[0] == words[0].uppercased(),
                words[1].prefix(5).count == 5, words[1].prefix(5).allSatisfy(\.isNumber)
            else { continue }
            city = parts[place - 1]
            postcode = words[1]
            if country.isEmpty { country = "US" }
            return
        }
    }

    /// 宁波 of 浙江省宁波市鄞州区.
    private mutating func takeChinese(_ part: String) {
        guard let end = part.firstIndex(of: "市") else {
            city = Self.chineseTowns.first { part.contains($0) } ?? ""
            return
        }
        var name = part[..<end]
        for mark in ["省", "区", "国"] {
            if let place = name.lastIndex(of: Character(mark)) { name = name[name.index(after: place)...] }
        }
        for province in Self.provinces where name.hasPrefix(province) && name.count > province.count + 1 {
            name = name.dropFirst(province.count)
        }
        if (2...5).contains(name.count) { city = String(name) }
    }

    /// Six digits that stand alone in a Chinese address.
    private static func chinesePostcode(_ address: String) -> String {
        guard CardWords.hasHan(address) else { return "" }
        return address.split { !$0.isNumber }.first { $0.count == 6 }.map(String.init) ?? ""
    }

    // MARK: Country

    /// By the longest name of a country among the last words of an address.
    static func country(named text: String) -> String {
        let words = " " + CardWords.words(of: text).joined(separator: " ") + " "
        var found: (place: String.Index, code: String)?
        for (name, code) in names {
            let place: String.Index?
            if CardWords.hasHan(name) {
                if text.contains(name) { return code }
                continue
            } else {
                place = words.range(of: " " + name + " ", options: .backwards)?.lowerBound
            }
            if let place, found.map({ place > $0.place }) ?? true { found = (place, code) }
        }
        return found?.code ?? ""
    }

    /// By the number that calls a country: `+49 …`, `0049 …`; a Chinese mobile number needs none.
    static func country(calling number: String) -> String {
        if number.isEmpty { return "" }
        if CardNumber.isChineseMobile(number) { return "CN" }
        var digits = CardNumber.digits(number)
        if number.hasPrefix("00") { digits = String(digits.dropFirst(2)) } else if !number.hasPrefix("+") { return "" }
        for length in [3, 2, 1] { if let code = calls[String(digits.prefix(length))] { return code } }
        return ""
    }

    /// By the end of a host; `.com` and the like say nothing.
    static func country(ofHost address: String) -> String {
        let host = address.split(separator: "@").last.map { $0.prefix { $0 != "/" } } ?? ""
        let end = host.split(separator: ".").last.map { String($0).uppercased() } ?? ""
        if end == "UK" { return "GB" }
        return Set(calls.values).contains(end) ? end : ""
    }

    private static let streets: Set<String> = [
        "street", "st", "road", "rd", "avenue", "ave", "boulevard", "blvd", "lane", "ln", "drive", "dr", "way", "court",
        "square", "plaza", "suite", "floor", "room", "building", "bldg", "tower", "district", "industrial", "park",
        "zone",
        "box", "rue", "via", "viale", "corso", "calle", "avenida", "carrer", "rua", "quai", "chemin", "no", "unit",
        "block",
        "highway", "str", "estate", "straat", "kade", "weg", "vej", "gade", "ulica", "ul", "sok", "cad", "mah",
        "piazza",
        "platz", "allee", "gasse", "polígono", "poligono", "z.i", "zi",
    ]
    private static let streetEnds = [
        "straße", "strasse", "str", "weg", "platz", "allee", "gasse", "damm", "ufer", "straat", "laan", "kade",
        "gracht",
        "vej", "gade", "gatan", "vägen", "veien", "katu", "plein", "ring", "chaussee", "twiete", "singel", "markt",
    ]
    private static let chineseMarks = [
        "省", "市", "区", "县", "镇", "乡", "村", "路", "街", "大道", "号", "楼", "室", "幢", "栋", "园区", "工业区", "开发区", "大厦",
        "弄", "层",
    ]
    private static let chineseTowns = ["北京", "上海", "天津", "重庆", "香港", "澳门", "台北"]
    private static let provinces = [
        "中国", "浙江", "江苏", "广东", "福建", "山东", "安徽", "河北", "河南", "湖北", "湖南", "江西", "四川", "辽宁", "广西",
    ]
    private static let names: [(String, String)] = [
        ("germany", "DE"), ("deutschland", "DE"), ("德国", "DE"), ("austria", "AT"), ("österreich", "AT"),
        ("switzerland", "CH"), ("schweiz", "CH"), ("france", "FR"), ("法国", "FR"), ("italy", "IT"), ("italia", "IT"),
        ("意大利", "IT"), ("spain", "ES"), ("españa", "ES"), ("西班牙", "ES"), ("portugal", "PT"), ("netherlands", "NL"),
        ("the netherlands", "NL"), ("nederland", "NL"), ("荷兰", "NL"), ("belgium", "BE"), ("belgië", "BE"),
        ("united kingdom", "GB"), ("uk", "GB"), ("england", "GB"), ("scotland", "GB"), ("英国", "GB"), ("ireland", "IE"),
        ("denmark", "DK"), ("danmark", "DK"), ("sweden", "SE"), ("sverige", "SE"), ("norway", "NO"), ("norge", "NO"),
        ("finland", "FI"), ("poland", "PL"), ("polska", "PL"), ("波兰", "PL"), ("czech republic", "CZ"),
        ("hungary", "HU"),
        ("romania", "RO"), ("greece", "GR"), ("turkey", "TR"), ("türkiye", "TR"), ("turkiye", "TR"), ("russia", "RU"),
        ("俄罗斯", "RU"), ("ukraine", "UA"), ("usa", "US"), ("u s a", "US"), ("united states", "US"), ("美国", "US"),
        ("canada", "CA"), ("加拿大", "CA"), ("mexico", "MX"), ("méxico", "MX"), ("墨西哥", "MX"), ("brazil", "BR"),
        ("brasil", "BR"), ("巴西", "BR"), ("argentina", "AR"), ("chile", "CL"), ("peru", "PE"), ("colombia", "CO"),
        ("australia", "AU"), ("澳大利亚", "AU"), ("new zealand", "NZ"), ("japan", "JP"), ("日本", "JP"), ("korea", "KR"),
        ("韩国", "KR"), ("taiwan", "TW"), ("台湾", "TW"), ("hong kong", "HK"), ("香港", "HK"), ("singapore", "SG"),
        ("新加坡", "SG"), ("malaysia", "MY"), ("thailand", "TH"), ("vietnam", "VN"), ("越南", "VN"), ("indonesia", "ID"),
        ("philippines", "PH"), ("india", "IN"), ("印度", "IN"), ("pakistan", "PK"), ("uae", "AE"),
        ("united arab emirates", "AE"), ("saudi arabia", "SA"), ("israel", "IL"), ("egypt", "EG"),
        ("south africa", "ZA"), ("kenya", "KE"), ("nigeria", "NG"), ("china", "CN"), ("prc", "CN"), ("中国", "CN"),
    ]
    private static let calls: [String: String] = [
        "1": "US", "7": "RU", "20": "EG", "27": "ZA", "30": "GR", "31": "NL", "32": "BE", "33": "FR", "34": "ES",
        "36": "HU",
        "39": "IT", "40": "RO", "41": "CH", "43": "AT", "44": "GB", "45": "DK", "46": "SE", "47": "NO", "48": "PL",
        "49": "DE", "51": "PE", "52": "MX", "54": "AR", "55": "BR", "56": "CL", "57": "CO", "60": "MY", "61": "AU",
        "62": "ID", "63": "PH", "64": "NZ", "65": "SG", "66": "TH", "81": "JP", "82": "KR", "84": "VN", "86": "CN",
        "90": "TR", "91": "IN", "92": "PK", "234": "NG", "254": "KE", "351": "PT", "353": "IE", "358": "FI",
        "380": "UA",
        "420": "CZ", "852": "HK", "886": "TW", "966": "SA", "971": "AE", "972": "IL",
    ]
}
