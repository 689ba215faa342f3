import Foundation

/// Mail, website and the names of hosts in a text.
enum CardAddress {
    /// The first address of mail, in lower case.
    static func mail(in text: String) -> String? {
        words(of: text).lazy.compactMap { word -> String? in
            let bare = word.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "<>()[].,;:：，。\"'"))
            let parts = bare.replacingOccurrences(of: "mailto:", with: "").split(
                separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, parts[0].allSatisfy(isOfMail), isHost(String(parts[1])) else {
                return nil
            }
            return parts.joined(separator: "@")
        }.first
    }

    /// The first website that is no page of a network of acquaintances, without its scheme.
    static func website(in text: String) -> String? {
        words(of: text).lazy.compactMap { word -> String? in
            let bare = word.trimmingCharacters(in: CharacterSet(charactersIn: "<>()[].,;:：，。/\"'"))
            guard !bare.contains("@") else { return nil }
            let lower = bare.lowercased()
            let scheme = ["https://", "http://"].first { lower.hasPrefix($0) }
            let rest = bare.dropFirst(scheme?.count ?? 0)
            let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != ":" }.lowercased()
            guard isHost(host), !isSocial(host), scheme != nil || host.hasPrefix("www.") || isKnownEnd(host) else {
                return nil
            }
            let path = rest.dropFirst(host.count)
            return host + (path == "/" ? "" : String(path))
        }.first
    }

    static func isSocial(_ text: String) -> Bool {
        let lower = text.lowercased()
        return networks.contains { lower.contains($0) }
    }

    /// `nordlicht` of `www.nordlicht-lampen.de` or `a@nordlicht-lampen.de`: letters and digits of its first name. Empty for
    /// mail of everybody's providers.
    static func domainName(_ address: String) -> String {
        guard !address.isEmpty else { return "" }
        var host = address.split(separator: "@").last.map(String.init) ?? address
        host = String(host.prefix { $0 != "/" })
        if host.hasPrefix("www.") { host.removeFirst(4) }
        let name = host.split(separator: ".").first.map(String.init) ?? ""
        return providers.contains(name) ? "" : name.filter { $0.isLetter || $0.isNumber }
    }

    /// Whether anybody may have mail there, so that it says nothing of a company.
    static func isEverybodys(_ mail: String) -> Bool { !mail.isEmpty && domainName(mail).isEmpty }

    private static func words(of text: String) -> [String] {
        text.split { $0.isWhitespace || "，、；".contains($0) || $0 == "<" || $0 == ">" }.map(String.init)
    }

    private static func isOfMail(_ letter: Character) -> Bool {
        letter.isASCII && (letter.isLetter || letter.isNumber || "._%+-".contains(letter))
    }

    /// Labels of letters, digits and hyphens, the last one of letters.
    private static func isHost(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let end = labels.last, end.count >= 2, end.allSatisfy({ $0.isASCII && $0.isLetter })
        else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty && label.count <= 63
                && label.allSatisfy { ($0.isLetter || $0.isNumber || $0 == "-") && !("\u{2E80}"...).contains($0) }
        }
    }

    /// Ends by which a bare word is taken for a website: abbreviations such as `Co.Ltd` are none.
    private static func isKnownEnd(_ host: String) -> Bool {
        guard let end = host.split(separator: ".").last.map(String.init) else { return false }
        return ends.contains(end) && host.split(separator: ".").allSatisfy { $0.count >= 2 }
    }

    private static let ends: Set<String> = [
        "com", "net", "org", "eu", "cn", "de", "at", "ch", "fr", "it", "es", "pt", "nl", "be", "uk", "ie", "dk", "se",
        "no", "fi", "pl", "cz", "hu", "ro", "ru", "ua", "tr", "us", "ca", "mx", "br", "ar", "cl", "pe", "au", "nz",
        "jp",
        "kr", "tw", "hk", "sg", "my", "th", "vn", "id", "ph", "in", "ae", "sa", "il", "eg", "za", "ke", "ng", "biz",
        "info", "shop", "store", "trade", "group", "io",
    ]
    private static let networks = [
        "linkedin.", "facebook.", "instagram.", "twitter.", "x.com/", "youtube.", "wa.me", "t.me", "xing.", "weibo.",
    ]
    private static let providers: Set<String> = [
        "gmail", "googlemail", "outlook", "hotmail", "live", "yahoo", "icloud", "aol", "gmx", "web", "mail", "qq",
        "163",
        "126", "foxmail", "sina", "sohu", "139", "189", "yandex", "proton", "protonmail",
    ]
}

/// Numbers of telephones.
enum CardNumber {
    /// The first telephone number in a text, in the writing it came in.
    static func first(in text: String) -> String? { numbers(in: text).first }

    /// A number that stands alone, or is nearly all of a line: not the number of a house or a postcode.
    static func alone(in text: String) -> String? {
        guard let found = numbers(in: text).first else { return nil }
        let letters = text.filter { $0.isLetter }.count
        let isSure =
            found.hasPrefix("+") || found.hasPrefix("00") || isChineseMobile(found) || found.hasPrefix("(")
            || digits(found).count >= 9
        return isSure && letters <= 6 ? found : nil
    }

    static func isChineseMobile(_ number: String) -> Bool {
        var digits = digits(number)
        if digits.hasPrefix("0086") {
            digits.removeFirst(4)
        } else if digits.count == 13, digits.hasPrefix("86") {
            digits.removeFirst(2)
        }
        return digits.count == 11 && digits.hasPrefix("1") && !digits.hasPrefix("10") && !digits.hasPrefix("12")
            && !(number.hasPrefix("+") && !number.hasPrefix("+86"))
    }

    static func digits(_ number: String) -> String { number.filter { $0.isASCII && $0.isNumber } }

    private static func numbers(in text: String) -> [String] {
        var out: [String] = []
        var run = ""
        func end() {
            var number = run.trimmingCharacters(in: CharacterSet(charactersIn: " .-/()–"))
            if run.hasPrefix("(") || run.hasPrefix(" (") {
                number = run.trimmingCharacters(in: CharacterSet(charactersIn: " .-/–"))
            }
            // The zero in brackets is dialled at home only.
            number = number.replacingOccurrences(of: "(0)", with: " ").split(separator: " ").joined(separator: " ")
            if number.hasPrefix("("), !number.contains(")") { number.removeFirst() }
            if (7...15).contains(digits(number).count) { out.append(number) }
            run = ""
        }
        let plain = text.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? text
        for letter in plain {
            if letter.isASCII && letter.isNumber || "()-. /–".contains(letter) && !run.isEmpty || "+(".contains(letter)
            {
                if letter == "+", !run.isEmpty { end() }
                run.append(letter)
            } else if !run.isEmpty {
                end()
            }
        }
        end()
        return out
    }
}
