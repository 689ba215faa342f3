import Foundation

/// A line of a card, and the parts it falls into by its labels.
enum CardLine {
    enum Label {
        case phone, mobile, fax, mail, website, company, name, title, address, postcode, tax, other
    }

    struct Part {
        let label: Label?
        let text: String
    }

    /// Without marks of lists, quoting and rules before and behind, blanks of every kind made one.
    static func plain(_ line: String) -> String {
        let blanks = line.map { $0 == "\u{3000}" || $0 == "\u{A0}" || $0 == "\t" ? " " : $0 }
        let words = String(blanks).split(separator: " ").joined(separator: " ")
        return words.trimmingCharacters(in: CharacterSet(charactersIn: " >*•·|｜_=~#,，;；/-–—"))
    }

    /// The line at its bars and at every label that is followed by a colon, or that stands before what it announces.
    static func parts(of line: String) -> [Part] {
        let pieces = line.split { "|｜•；;".contains($0) }.map { plain(String($0)) }.filter { !$0.isEmpty }
        return pieces.flatMap(labelled)
    }

    private static func labelled(_ piece: String) -> [Part] {
        var out: [Part] = []
        var rest = piece[...]
        var label: Label?
        // Each round takes one label away, so that there are never more of them than letters.
        while let found = next(in: rest, isFirst: out.isEmpty && label == nil) {
            let before = plain(String(rest[..<found.range.lowerBound]))
            if !before.isEmpty || label != nil { out.append(Part(label: label, text: before)) }
            label = found.label
            rest = rest[found.range.upperBound...]
        }
        let last = plain(String(rest))
        if !last.isEmpty { out.append(Part(label: label, text: last)) }
        return out.filter { !$0.text.isEmpty }
    }

    private static func next(in text: Substring, isFirst: Bool) -> (range: Range<Substring.Index>, label: Label)? {
        var best: (range: Range<Substring.Index>, label: Label)?
        for (word, label) in words {
            guard let range = place(of: word, in: text, mayStandBare: isFirst && bare.contains(word)) else { continue }
            guard let known = best else {
                best = (range, label)
                continue
            }
            let isEarlier = range.lowerBound < known.range.lowerBound
            let isLonger = range.lowerBound == known.range.lowerBound && range.upperBound > known.range.upperBound
            if isEarlier || isLonger { best = (range, label) }
        }
        return best
    }

    /// The word as a label: no letter before it, a colon behind it, or digits when it may stand bare.
    private static func place(of word: String, in text: Substring, mayStandBare: Bool) -> Range<Substring.Index>? {
        var from = text.startIndex
        while let found = text.range(of: word, options: .caseInsensitive, range: from..<text.endIndex) {
            from = found.upperBound
            let isStart = found.lowerBound == text.startIndex || !text[text.index(before: found.lowerBound)].isLetter
            guard isStart || word.unicodeScalars.allSatisfy({ $0.value >= 0x2E80 }) else { continue }
            let behind = text[found.upperBound...].drop { $0 == " " || $0 == "." || $0 == ")" || $0 == "）" }
            if let mark = behind.first, mark == ":" || mark == "：" {
                return found.lowerBound..<behind.index(after: behind.startIndex)
            }
            let isBare = mayStandBare && found.lowerBound == text.startIndex && found.upperBound < behind.startIndex
            if isBare, let mark = behind.first, mark.isNumber || mark == "+" || mark == "(" {
                return found.lowerBound..<behind.startIndex
            }
        }
        return nil
    }

    /// Labels that need no colon before a number: `T +49 40 …`.
    private static let bare: Set<String> = [
        "t", "tel", "phone", "p", "m", "mob", "mobile", "cell", "fax", "f", "d", "direct", "office", "电话", "手机", "传真",
    ]

    private static let words: [(String, Label)] = [
        ("telephone", .phone), ("telefon", .phone), ("téléphone", .phone), ("teléfono", .phone), ("telefono", .phone),
        ("tel/wechat", .mobile), ("tel", .phone), ("phone", .phone), ("office", .phone), ("direct line", .phone),
        ("direct", .phone), ("d", .phone), ("t", .phone), ("p", .phone), ("o", .phone), ("tél", .phone),
        ("电话", .phone), ("座机", .phone), ("固话", .phone), ("办公电话", .phone), ("联系电话", .phone),
        ("mobile/whatsapp", .mobile), ("mob/whatsapp", .mobile), ("mobile", .mobile), ("mobil", .mobile),
        ("mob", .mobile),
        ("cell phone", .mobile), ("cell", .mobile), ("m", .mobile), ("handy", .mobile), ("móvil", .mobile),
        ("portable", .mobile), ("whatsapp", .mobile), ("手机/微信", .mobile), ("微信同号", .other), ("手机号码", .mobile),
        ("手机", .mobile), ("移动电话", .mobile),
        ("telefax", .fax), ("fax", .fax), ("f", .fax), ("传真", .fax),
        ("e-mail", .mail), ("email", .mail), ("mail", .mail), ("e", .mail), ("电子邮箱", .mail), ("电子邮件", .mail),
        ("邮箱", .mail), ("邮件", .mail), ("correo", .mail),
        ("website", .website), ("homepage", .website), ("internet", .website), ("web", .website), ("w", .website),
        ("url", .website), ("网址", .website), ("网站", .website), ("官网", .website), ("主页", .website),
        ("company name", .company), ("company", .company), ("firma", .company), ("公司名称", .company), ("公司", .company),
        ("单位", .company),
        ("contact person", .name), ("contact", .name), ("name", .name), ("姓名", .name), ("联系人", .name),
        ("job title", .title), ("position", .title), ("title", .title), ("职位", .title), ("职务", .title), ("岗位", .title),
        ("address", .address), ("addr", .address), ("add", .address), ("a", .address), ("anschrift", .address),
        ("adresse", .address), ("dirección", .address), ("indirizzo", .address), ("公司地址", .address),
        ("工厂地址", .other), ("地址", .address),
        ("zip code", .postcode), ("zip", .postcode), ("postcode", .postcode), ("postal code", .postcode),
        ("邮政编码", .postcode), ("邮编", .postcode),
        ("vat no", .tax), ("vat id", .tax), ("vat", .tax), ("ust-idnr", .tax), ("ust-id", .tax), ("tax id", .tax),
        ("tva", .tax), ("p.iva", .tax), ("cif", .tax), ("nif", .tax), ("org.nr", .tax), ("org. nr", .tax),
        ("orgnr", .tax), ("cnpj", .tax), ("vat number", .tax), ("税号", .tax), ("统一社会信用代码", .tax),
        ("skype", .other), ("wechat id", .other), ("wechat", .other), ("微信号", .other), ("微信", .other), ("qq", .other),
        ("line id", .other), ("linkedin", .other), ("hrb", .other), ("geschäftsführer", .other),
        ("amtsgericht", .other),
        ("registergericht", .other), ("instagram", .other), ("facebook", .other), ("twitter", .other),
        ("geschäftsführung", .other), ("managing directors", .other), ("bank", .other), ("iban", .other),
        ("swift", .other), ("registered office", .other), ("siret", .other), ("eori", .other),
    ]
}
