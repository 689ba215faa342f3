import Foundation

/// What the words of a line are: a person, what they do, the house they work for, or a greeting.
enum CardWords {
    static func isGreeting(_ line: String) -> Bool {
        let lower = line.lowercased()
        return greetings.contains { lower.hasPrefix($0) } && line.count <= 60
    }

    /// A legal form, or a word that houses of trade have in their names.
    static func isCompany(_ line: String) -> Bool {
        if hasHan(line) {
            return houses.contains { line.contains($0) } && !chineseTitles.contains { line.hasSuffix($0) }
        }
        let words = words(of: line)
        if words.contains(where: legalForms.contains) { return true }
        if words.count > 1, let last = line.split(separator: " ").last, lastForms.contains(String(last)) { return true }
        let dotted = line.lowercased().replacingOccurrences(of: " ", with: "")
        return dottedForms.contains { dotted.hasSuffix($0) }
    }

    /// A line without a form of its own that could name a house: letters, not many words.
    static func couldBeCompany(_ line: String) -> Bool {
        let letters = line.filter(\.isLetter).count
        return letters >= 3 && letters * 2 > line.count && words(of: line).count <= 6
    }

    static func isTitle(_ line: String) -> Bool {
        guard line.count <= 80 else { return false }
        if hasHan(line) { return chineseTitles.contains { line.contains($0) } }
        let all = words(of: line)
        return all.contains { titles.contains($0) }
            || all.contains { word in titleParts.contains { word.contains($0) } }
    }

    /// Two to four Chinese characters, or two to four words that begin with capitals.
    static func isName(_ line: String) -> Bool {
        let bare = bareName(line)
        guard !bare.isEmpty, !bare.contains(where: \.isNumber), !isTitle(bare), !isCompany(bare) else { return false }
        if hasHan(bare) {
            let han = bare.filter { hasHan(String($0)) }
            let rest = bare.filter { !hasHan(String($0)) }
            guard (2...4).contains(han.count), !notNames.contains(where: han.contains) else { return false }
            return rest.allSatisfy { ($0.isASCII && $0.isLetter) || " .()（）'-".contains($0) } && rest.count <= 24
        }
        let parts = bare.split(separator: " ")
        guard (2...5).contains(parts.count), bare.count <= 48 else { return false }
        return parts.allSatisfy { part in
            let word = part.trimmingCharacters(in: CharacterSet(charactersIn: "().,'’\""))
            return particles.contains(word.lowercased())
                || (word.first?.isUppercase ?? false) && word.allSatisfy { $0.isLetter || "-.'’".contains($0) }
        }
    }

    /// A name without what people are called by before and after it.
    static func bareName(_ text: String) -> String {
        var name = text
        for prefix in [
            "Mr. ", "Mrs. ", "Ms. ", "Mr ", "Mrs ", "Ms ", "Herr ", "Frau ", "Prof. ", "Dr. ", "Dipl.-Ing. ", "M. ",
            "Mme ",
        ]
        where name.hasPrefix(prefix) {
            name = String(name.dropFirst(prefix.count))
        }
        for suffix in ["先生", "女士", "小姐", "老师"] where name.hasSuffix(suffix) && name.count > suffix.count {
            name = String(name.dropLast(suffix.count))
        }
        return CardLine.plain(name)
    }

    /// A line at its commas, dashes and slashes; a Chinese one at its blanks, too.
    static func parts(of line: String) -> [String] {
        var text = line
        for mark in [" - ", " – ", " — ", " / ", "，", "、", "/"] {
            text = text.replacingOccurrences(of: mark, with: ",")
        }
        var parts = text.split(separator: ",").map { CardLine.plain(String($0)) }.filter { !$0.isEmpty }
        if parts.count == 1, hasHan(line) {
            let words = line.split(separator: " ").map(String.init)
            // 王芳 采购经理, but not 张伟 David Zhang.
            if words.contains(where: isTitle) { parts = words }
        }
        return parts
    }

    static func hasHan(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    }

    static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static let greetings = [
        "best regards", "kind regards", "regards", "with best", "sincerely", "yours", "thanks", "thank you", "cheers",
        "many thanks", "mit freundlichen", "freundliche gr", "viele gr", "beste gr", "cordialement", "bien à vous",
        "saludos", "atentamente", "cordiali saluti", "distinti saluti", "met vriendelijke", "sent from", "von meinem",
        "此致", "敬礼", "顺颂", "商祺", "祝好", "谢谢", "发自我的", "best wishes", "warm regards", "i.a.", "i.v.",
        "amtsgericht", "registergericht", "hrb ", "before printing", "please consider", "这封邮件", "confidential",
    ]
    private static let legalForms: Set<String> = [
        "ltd", "limited", "inc", "incorporated", "corp", "corporation", "llc", "llp", "plc", "gmbh", "mbh", "ag", "kg",
        "ohg", "ug", "sas", "sarl", "srl", "spa", "bv", "nv", "ab", "aps", "oy", "oyj", "kft", "pty", "pte", "pvt",
        "sdn",
        "bhd", "ltda", "jsc", "ooo", "gruppe", "holding", "holdings", "company", "industries", "enterprises", "imports",
        "trading", "handels", "handelsgesellschaft", "stores", "wholesale", "distribuidora", "comercial",
    ]
    /// Short ones that are also words or parts of names elsewhere than in capitals at the end.
    private static let lastForms: Set<String> = [
        "AS", "ASA", "SA", "SL", "SE", "HB", "KB", "KK", "OÜ", "SIA", "UAB", "EOOD", "OOD", "DOO", "SRO",
    ]
    private static let dottedForms = [
        "s.a.", "s.l.", "s.r.l.", "s.p.a.", "b.v.", "n.v.", "a.s.", "a/s", "s.a.s.", "s.r.o.", "sp.zo.o.", "d.o.o.",
        "co.",
        "gmbh&co.kg", "&co", "&sons", "&söhne",
    ]
    private static let houses = [
        "有限公司", "公司", "集团", "工厂", "厂", "株式会社", "企业", "商行", "贸易行", "工作室", "事务所", "合作社",
    ]
    private static let titles: Set<String> = [
        "manager", "director", "buyer", "ceo", "cto", "cfo", "coo", "cmo", "president", "vp", "head", "engineer",
        "sales", "purchasing", "procurement", "sourcing", "merchandiser", "assistant", "coordinator", "specialist",
        "officer", "founder", "owner", "partner", "executive", "supervisor", "leader", "representative", "consultant",
        "agent", "accountant", "secretary", "designer", "inhaber", "inhaberin", "prokurist", "prokuristin", "einkauf",
        "vertrieb", "buchhaltung", "gérant", "directeur", "directrice", "responsable", "acheteur", "acheteuse", "chef",
        "gerente", "jefe", "jefa", "compras", "ventas", "directora", "responsabile", "acquisti", "direttore", "inkoper",
        "inkoopmanager", "planner", "controller", "chairman", "analyst", "lead",
    ]
    private static let titleParts = ["leiter", "einkäufer", "geschäftsführ", "sachbearbeiter", "manager", "referent"]
    private static let chineseTitles = [
        "经理", "总监", "总裁", "董事", "主管", "工程师", "采购", "销售", "业务员", "业务", "跟单", "助理", "主任", "部长", "代表",
        "专员", "会计", "秘书", "顾问", "设计师", "老板", "总工", "厂长", "店长", "创始人", "合伙人", "负责人", "外贸员", "单证",
    ]
    private static let notNames = ["电话", "手机", "地址", "邮箱", "网址", "传真", "中国", "微信", "谢谢"]
    private static let particles: Set<String> = [
        "van", "von", "de", "der", "den", "di", "da", "del", "della", "la", "le", "du", "zu", "bin", "al", "el", "dos",
        "y",
    ]
}
