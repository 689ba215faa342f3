package import Values

/// Which sign parts whole and fraction.
package enum NumberStyle: String, Sendable, Hashable, CaseIterable {
    /// `1,234.56`
    case point
    /// `1.234,56`
    case comma

    /// The style that the numbers of a column show beyond doubt; nil when none does or they contradict each other.
    package static func evidence(in cells: some Sequence<TableCell>) -> NumberStyle? {
        var found: NumberStyle?
        for cell in cells {
            guard case .text(let text) = cell, let style = NumberText(text)?.shownStyle else { continue }
            if let found, found != style { return nil }
            found = style
        }
        return found
    }
}

/// A number with what stood around it.
package struct ParsedNumber: Sendable, Hashable {
    /// Of `12.5%` it is 0.125.
    package let value: ExactDecimal
    package let isPercent: Bool
    /// As written: `$`, `US$`, `EUR`, `元`.
    package let currency: String?
    /// As written, such as `kg` or `pcs`; the caller decides whether it is the right one.
    package let unit: String?

    package init(value: ExactDecimal, isPercent: Bool = false, currency: String? = nil, unit: String? = nil) {
        self.value = value
        self.isPercent = isPercent
        self.currency = currency
        self.unit = unit
    }
}

extension CellParsing {
    /// A number, exact.
    ///
    /// `1,234` without a declared style is ambiguous: 1234 or 1.234. With a declared style, text in the other one is
    /// invalid. Brackets mean minus.
    package static func number(_ cell: TableCell, style: NumberStyle? = nil) -> Parsed<ParsedNumber> {
        switch cell {
        case .empty: return .empty
        case .number(let text):
            return ExactDecimal(text).map { .value(ParsedNumber(value: $0)) } ?? .invalid
        case .text(let text):
            if plain(text).isEmpty { return .empty }
            return NumberText(text)?.parsed(style) ?? .invalid
        case .bool, .date, .dateTime, .error: return .invalid
        }
    }
}

/// A text taken apart around its digits.
private struct NumberText {
    private var isNegative = false
    private var isPercent = false
    private var currency: String?
    private var unit: String?
    /// Digits, points and commas only.
    private var core: [UInt8] = []
    private var exponent: Int?

    private static let currencies: Set<String> = [
        "$", "US$", "USD", "U$", "€", "EUR", "£", "GBP", "¥", "￥", "RMB", "CNY", "CN¥", "元", "人民币", "美元", "美金", "欧元",
        "HK$",
        "HKD", "JPY", "AUD", "A$", "CAD", "C$", "SGD", "S$", "INR", "₹", "KRW", "₩", "RUB", "₽", "BRL", "R$", "AED",
        "SAR", "CHF",
        "SEK", "NOK", "DKK", "PLN", "ZŁ", "CZK", "TRY", "₺", "MXN", "ZAR", "THB", "฿", "VND", "₫", "IDR", "MYR", "PHP",
    ]

    init?(_ raw: String) {
        let text = CellParsing.plain(raw)
        guard text.utf8.count <= 200, let first = text.firstIndex(where: { $0.isASCII && $0.isNumber }),
            let last = text.lastIndex(where: { $0.isASCII && $0.isNumber })
        else { return nil }
        var start = first
        if start > text.startIndex {
            let before = text.index(before: start)
            if text[before] == "." || text[before] == "," { start = before }
        }
        guard takePrefix(text[..<start]), takeSuffix(text[text.index(after: last)...]) else { return nil }
        guard takeCore(text[start...last]) else { return nil }
    }

    private mutating func takePrefix(_ text: Substring) -> Bool {
        var rest = text.filter { !$0.isWhitespace }
        if rest.contains("(") { isNegative = true }
        if rest.contains("-") { isNegative.toggle() }
        rest.removeAll { "(-+".contains($0) }
        guard !rest.isEmpty else { return true }
        guard Self.currencies.contains(rest.uppercased()) else { return false }
        currency = String(rest)
        return true
    }

    private mutating func takeSuffix(_ text: Substring) -> Bool {
        var rest = text.trimmingSpace
        if rest.hasSuffix(")") {
            guard isNegative else { return false }
            rest = rest.dropLast().trimmingSpace
        } else if rest.hasPrefix(")") {
            guard isNegative else { return false }
            rest = rest.dropFirst().trimmingSpace
        }
        if rest.hasPrefix("%") {
            isPercent = true
            rest = rest.dropFirst().trimmingSpace
        }
        if rest == "-" {
            isNegative.toggle()
            return true
        }
        if rest.hasPrefix("."), rest.count == 1 { rest = "" }
        guard !rest.isEmpty else { return true }
        if currency == nil, Self.currencies.contains(rest.uppercased()) {
            currency = rest
            return true
        }
        guard rest.count <= 20, let letter = rest.first, letter.isLetter, !isPercent else { return false }
        unit = rest
        return true
    }

    /// Leaves spaces and apostrophes out where they part groups of three.
    private mutating func takeCore(_ text: Substring) -> Bool {
        var groups: [[UInt8]] = [[]]
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case 0x30...0x39, 0x2C, 0x2E: groups[groups.count - 1].append(byte)
            case 0x20, 0x27, 0x5F: groups.append([])
            case 0x45, 0x65:
                guard let power = Int(String(decoding: rest, as: UTF8.self)), (-30...30).contains(power) else {
                    return false
                }
                exponent = power
                rest = []
            default: return false
            }
        }
        for (index, group) in groups.enumerated() where groups.count > 1 {
            let whole = group.prefix { (0x30...0x39).contains($0) }
            let fits = index == 0 ? (1...3).contains(whole.count) && whole.count == group.count : whole.count == 3
            guard fits, index == groups.count - 1 || whole.count == group.count else { return false }
        }
        core = groups.flatMap { $0 }
        return core.contains { (0x30...0x39).contains($0) }
    }

    /// The style that this number shows by itself; nil when it shows none.
    var shownStyle: NumberStyle? {
        let readings = readings
        return readings.count == 1 ? readings[0].style : nil
    }

    func parsed(_ declared: NumberStyle?) -> Parsed<ParsedNumber> {
        let fitting = readings.filter { declared == nil || $0.style == nil || $0.style == declared }
        let numbers = fitting.compactMap { number($0.digits) }
        switch numbers.count {
        case 0: return .invalid
        case 1: return .value(numbers[0])
        default: return .ambiguous(numbers)
        }
    }

    /// Every way to read the digits, with the style that the reading needs.
    private var readings: [(digits: String, style: NumberStyle?)] {
        let points = core.count { $0 == 0x2E }
        let commas = core.count { $0 == 0x2C }
        if points == 0, commas == 0 { return [(String(decoding: core, as: UTF8.self), nil)] }
        return NumberStyle.allCases.compactMap { style in reading(style).map { ($0, style) } }
    }

    /// The digits with a plain point if they are well formed in `style`; groups have three digits, or in the Indian way
    /// two before the last three.
    private func reading(_ style: NumberStyle) -> String? {
        let decimal: UInt8 = style == .point ? 0x2E : 0x2C
        let grouping: UInt8 = style == .point ? 0x2C : 0x2E
        let parts = core.split(separator: decimal, omittingEmptySubsequences: false)
        guard parts.count <= 2 else { return nil }
        if parts.count == 2, parts[1].contains(grouping) || parts[1].isEmpty { return nil }
        let groups = parts[0].split(separator: grouping, omittingEmptySubsequences: false)
        if groups.count > 1 {
            guard (1...3).contains(groups[0].count), groups[0].first != 0x30, groups.last?.count == 3 else {
                return nil
            }
            let middle = groups.dropFirst().dropLast()
            let isWestern = middle.allSatisfy { $0.count == 3 }
            let isIndian = style == .point && groups[0].count <= 2 && middle.allSatisfy { $0.count == 2 }
            guard isWestern || isIndian else { return nil }
        }
        let whole = groups.flatMap { $0 }
        let digits = (whole.isEmpty ? [0x30] : whole) + (parts.count == 2 ? [0x2E] + parts[1] : [])
        return String(decoding: digits, as: UTF8.self)
    }

    private func number(_ digits: String) -> ParsedNumber? {
        let text = exponent.map { "\(digits)e\($0 - (isPercent ? 2 : 0))" } ?? (isPercent ? digits + "e-2" : digits)
        guard let magnitude = ExactDecimal(text) else { return nil }
        return ParsedNumber(
            value: isNegative ? -magnitude : magnitude, isPercent: isPercent, currency: currency, unit: unit)
    }
}
