package import Definitions
import Values

/// Normalised keys by which records suspected to be the same find each other.
struct DuplicateKeys {
    let connection: any Connection

    init(_ connection: any Connection) { self.connection = connection }

    struct Key: Sendable, Hashable {
        /// Names the rule: `company_name(name_en)` or `exact(tax_id)+exact(country)`.
        let kind: String
        let key: String
    }

    /// The keys that `rules` make of a record; a rule of which any part is empty gives none.
    static func keys(of rules: [DuplicateRule], values: [String: Value]) -> [Key] {
        rules.compactMap { rule in
            let parts = rule.keys.map { normalised($0, values[$0.field] ?? .null) }
            guard !parts.isEmpty, !parts.contains("") else { return nil }
            return Key(kind: rule.kind, key: parts.joined(separator: "\u{1F}"))
        }
    }

    /// Replaces the keys of a record by these rules. One statement for each key, and for a record that is not new one
    /// for each rule.
    func put(
        by rules: [DuplicateRule], values: [String: Value], of object: String, record: RecordID, isNew: Bool
    ) throws {
        if !isNew {
            for rule in rules {
                try connection.send("DELETE FROM duplicate_key WHERE record = \(record) AND kind = \(rule.kind)")
            }
        }
        for key in Set(Self.keys(of: rules, values: values)) {
            try connection.send(
                """
                INSERT INTO duplicate_key(object, kind, key, record) \
                VALUES (\(object), \(key.kind), \(key.key), \(record))
                """)
        }
    }

    /// Forgets all keys of a record. One statement.
    func remove(_ record: RecordID) throws {
        try connection.send("DELETE FROM duplicate_key WHERE record = \(record)")
    }

    /// Records of `object` that share any of the keys, at most 20. One statement for each key.
    func records(sharing keys: [Key], of object: String, excluding: RecordID?) throws -> [RecordID] {
        var found: [RecordID] = []
        for key in keys {
            let rows = try connection.rows(
                """
                SELECT record FROM duplicate_key \
                WHERE object = \(object) AND kind = \(key.kind) AND key = \(key.key) LIMIT 21
                """)
            for row in rows {
                let id = try required(row[0])
                if id != excluding, !found.contains(id) { found.append(id) }
            }
        }
        return Array(found.prefix(20))
    }

    private static func normalised(_ key: DuplicateRule.Key, _ value: Value) -> String {
        switch key {
        case .exact: exact(value)
        case .companyName: CompanyName.key(value.text ?? "")
        case .domain: WebDomain.key(value.text ?? "")
        }
    }

    private static func exact(_ value: Value) -> String {
        switch value {
        case .text(let text): SearchText.key(text)
        case .decimal(let number): number.shortest
        case .day(let day): day.description
        case .record(let id): id.description
        default: ""
        }
    }
}

extension DuplicateRule {
    /// Names the rule in the stored keys: `exact(tax_id)+exact(country)`.
    package var kind: String { keys.map(\.name).joined(separator: "+") }
}

/// The part of a company's name that tells it from others.
package enum CompanyName {
    /// Folded, without punctuation, blanks and legal forms: `Nordlicht GmbH & Co. KG` and `NORDLICHT` are one.
    package static func key(_ name: String) -> String {
        var words = TextFolding.folded(name).split { TextFolding.kind($0) == .other }.map(word)
        while words.count > 1, let last = words.last, legalForms.contains(last) { words.removeLast() }
        while words.count > 1, let first = words.first, leadingForms.contains(first) { words.removeFirst() }
        var key = words.joined()
        while let form = chineseForms.first(where: { key.hasSuffix($0) && key.count > $0.count + 1 }) {
            key = String(key.dropLast(form.count))
        }
        return key
    }

    private static func word(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Single letters are what is left of `S.A.`, `s.r.o.`, `B.V.` and `& Co. KG a.A.`.
    private static let legalForms: Set<String> = [
        "co", "company", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "llc", "llp", "lp", "plc",
        "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "gbr", "ug", "se", "ev", "ek", "sa", "sas", "sarl", "srl", "spa",
        "sl", "slu", "bv", "nv", "vof", "ab", "as", "asa", "aps", "oy", "oyj", "oü", "ou", "sia", "uab", "kft", "zrt",
        "sro", "doo", "dd", "ad", "eood", "ood", "pty", "pte", "pvt", "private", "bhd", "sdn", "kk", "ltda", "eireli",
        "tbk", "pt", "jsc", "ooo", "zao", "oao", "and", "und", "et", "s", "a", "b", "v", "r", "l", "o", "z", "p", "c",
    ]
    private static let leadingForms: Set<String> = ["pt", "ooo", "zao", "oao", "the"]
    private static let chineseForms = [
        "股份有限公司", "有限责任公司", "集团有限公司", "股份公司", "有限公司", "集团公司", "公司", "集团", "株式会社",
    ]
}

/// The registrable part of an address or mail by which a company is known.
package enum WebDomain {
    /// Host without `www`, from a web address or a mail; empty for free-mail providers and for what is no host.
    package static func key(_ text: String) -> String {
        var host = Substring(text.lowercased()).drop { $0 == " " }
        if let scheme = host.firstRange(of: "://") { host = host[scheme.upperBound...] }
        host = host.prefix { !"/?#: ".contains($0) }
        if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        if host.hasPrefix("www.") { host = host.dropFirst(4) }
        while host.hasSuffix(".") { host = host.dropLast() }
        guard host.contains("."), !freeMail.contains(String(host)) else { return "" }
        return String(host)
    }

    private static let freeMail: Set<String> = [
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com",
        "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de", "freenet.de",
        "mail.ru", "yandex.ru", "yandex.com", "proton.me", "protonmail.com", "zoho.com", "mail.com", "orange.fr",
        "free.fr", "laposte.net", "libero.it", "virgilio.it", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "seznam.cz",
        "qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "139.com",
        "189.cn", "aliyun.com", "naver.com", "daum.net", "hanmail.net", "yahoo.co.jp", "rediffmail.com", "uol.com.br",
        "bol.com.br", "hotmail.fr", "yahoo.fr", "hotmail.co.uk", "yahoo.co.uk", "btinternet.com", "comcast.net",
    ]
}
