import Foundation

/// What a business card or the signature of a mail says, told apart line by line.
///
/// Pure, and never wrong by guessing twice: what can't be told stays empty. Only the first sixty lines are read.
package struct CallingCard: Sendable, Hashable {
    /// Of the person, without Mr., 先生 and the like.
    package var name = ""
    package var company = ""
    /// What the person does there.
    package var title = ""
    /// As written, without the (0) that is dialled at home only; no fax.
    package var phone = ""
    package var mobile = ""
    /// In lower case.
    package var mail = ""
    /// Without a scheme: `www.nordlicht.de`.
    package var website = ""
    /// In the order of its lines, apart by line breaks.
    package var address = ""
    package var city = ""
    package var postcode = ""
    /// ISO code of two letters, by the words of the address, else by the phone, else by mail or website.
    package var country = ""
    /// Number by which tax offices know the company.
    package var taxID = ""

    /// Host of the mail when it is the company's own: `nordlicht.de`. Empty for providers that anybody has mail at.
    package var houseDomain: String {
        guard let at = mail.lastIndex(of: "@"), !CardAddress.isEverybodys(mail) else { return "" }
        return String(mail[mail.index(after: at)...])
    }

    private static let linesAtMost = 60
    private static let lettersAtMost = 4000

    /// - Parameter text: a card as somebody typed, photographed or copied it; a signature with its greeting.
    package init(_ text: String) {
        var rest: [String] = []
        for line in Self.lines(of: text) {
            for part in CardLine.parts(of: line) where !CardWords.isGreeting(part.text) && !take(part) {
                let left = takeAddresses(part.text)
                if !left.isEmpty { rest.append(left) }
            }
        }
        takeWords(rest)
        settlePlace()
    }

    private static func lines(of text: String) -> [String] {
        text.prefix(lettersAtMost).split(whereSeparator: \.isNewline).prefix(linesAtMost)
            .map { CardLine.plain(String($0)) }
            .filter { !$0.isEmpty && !CardWords.isGreeting($0) }
    }

    /// What a label says it is; true when the part is dealt with.
    private mutating func take(_ part: CardLine.Part) -> Bool {
        guard let label = part.label else { return false }
        func keep(_ path: WritableKeyPath<CallingCard, String>, _ text: String?) {
            if let text, self[keyPath: path].isEmpty { self[keyPath: path] = text }
        }
        switch label {
        case .phone: keep(\.phone, CardNumber.first(in: part.text))
        case .mobile: keep(\.mobile, CardNumber.first(in: part.text))
        case .fax, .other: break
        case .mail: keep(\.mail, CardAddress.mail(in: part.text))
        case .website: keep(\.website, CardAddress.website(in: part.text))
        case .company: keep(\.company, part.text)
        case .name: keep(\.name, CardWords.bareName(part.text))
        case .title: keep(\.title, part.text)
        case .address: address += (address.isEmpty ? "" : "\n") + part.text
        case .postcode: keep(\.postcode, part.text)
        case .tax: keep(\.taxID, part.text)
        }
        return true
    }

    /// Takes mail, website and telephone out of a text without label.
    ///
    /// - Returns: what is left of it.
    private mutating func takeAddresses(_ text: String) -> String {
        var left = text
        if let found = CardAddress.mail(in: left) {
            if mail.isEmpty { mail = found }
            left = left.replacingOccurrences(of: found, with: "", options: .caseInsensitive)
        }
        if let found = CardAddress.website(in: left) {
            if website.isEmpty { website = found }
            for scheme in ["https://", "http://", ""] {
                left = left.replacingOccurrences(of: scheme + found, with: "", options: .caseInsensitive)
            }
        } else if CardAddress.isSocial(left) {
            return ""
        }
        if let number = CardNumber.alone(in: left) {
            if CardNumber.isChineseMobile(number) {
                if mobile.isEmpty { mobile = number }
            } else if phone.isEmpty {
                phone = number
            } else if mobile.isEmpty, number != phone {
                mobile = number
            }
            return ""
        }
        return CardLine.plain(left)
    }

    /// Name, title, company and address among what has no label and no form of its own.
    private mutating func takeWords(_ rest: [String]) {
        var unknown: [String] = []
        var isInAddress = false
        for line in rest {
            if CardPlace.isAddress(line) || isInAddress && CardPlace.goesOn(line) {
                address += (address.isEmpty ? "" : "\n") + line
                isInAddress = true
                continue
            }
            isInAddress = false
            if CardWords.isCompany(line) {
                if company.isEmpty {
                    company = line
                } else if company.allSatisfy(\.isASCII) != line.allSatisfy(\.isASCII) {
                    // The same house in the other script: the one that papers are written in is kept.
                    company = company.allSatisfy(\.isASCII) ? company : line
                }
            } else if !takePerson(line) {
                unknown.append(line)
            }
        }
        takeUnknown(unknown)
    }

    /// `Anna Schmidt, Head of Purchasing`, `王芳 采购经理`, a title alone or a name alone.
    private mutating func takePerson(_ line: String) -> Bool {
        let parts = CardWords.parts(of: line)
        if parts.count > 1, let place = parts.firstIndex(where: CardWords.isTitle) {
            let others = parts.enumerated().filter { $0.offset != place }.map(\.element)
            if let found = others.first(where: CardWords.isName) {
                if name.isEmpty { name = CardWords.bareName(found) }
                if title.isEmpty {
                    title = parts.filter { $0 != found && (CardWords.isTitle($0) || !CardWords.isCompany($0)) }
                        .joined(separator: ", ")
                }
                return true
            }
        }
        if CardWords.isTitle(line) {
            if title.isEmpty { title = line }
            return true
        }
        if name.isEmpty, CardWords.isName(line) {
            name = CardWords.bareName(line)
            return true
        }
        return false
    }

    /// A line that is nothing else may be a company without its legal form: one whose name is in the domain before any.
    private mutating func takeUnknown(_ lines: [String]) {
        guard company.isEmpty else { return }
        let domain = CardAddress.domainName(website.isEmpty ? mail : website)
        let named = lines.first { line in
            let letters = line.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
            return !domain.isEmpty && letters.count >= 3 && (letters.contains(domain) || domain.contains(letters))
        }
        company = named ?? lines.first { CardWords.couldBeCompany($0) } ?? ""
    }

    private mutating func settlePlace() {
        let place = CardPlace(address)
        if city.isEmpty { city = place.city }
        if postcode.isEmpty { postcode = place.postcode }
        country = place.country
        for number in [phone, mobile] where country.isEmpty { country = CardPlace.country(calling: number) }
        for host in [mail, website] where country.isEmpty { country = CardPlace.country(ofHost: host) }
    }
}
