package import Values

/// The order in which day, month and year stand.
package enum DateOrder: String, Sendable, Hashable, CaseIterable {
    case yearMonthDay
    case dayMonthYear
    case monthDayYear

    /// The order that the dates of a column show beyond doubt; nil when none does or they contradict each other.
    /// Dates that begin with the year don't count, since they are never in doubt.
    package static func evidence(in cells: some Sequence<TableCell>) -> DateOrder? {
        var found: DateOrder?
        for cell in cells {
            guard case .text(let text) = cell, let order = DateText(text)?.shownOrder else { continue }
            if let found, found != order { return nil }
            found = order
        }
        return found
    }
}

/// A date, with the time of day if there was one.
package struct ParsedMoment: Sendable, Hashable {
    package let day: Day
    package let secondOfDay: Int?
    /// East of Greenwich in seconds, when the text names it.
    package let offset: Int?

    package init(day: Day, secondOfDay: Int? = nil, offset: Int? = nil) {
        self.day = day
        self.secondOfDay = secondOfDay
        self.offset = offset
    }
}

extension CellParsing {
    /// A date or a date with a time.
    ///
    /// - Parameters:
    ///   - order: for `11/12/2026`; without it, such a date is ambiguous. Dotted dates have the day first.
    ///   - acceptsSerial: whether a bare number is a day as Excel counts them; otherwise it is reported as ambiguous.
    package static func date(
        _ cell: TableCell, order: DateOrder? = nil, acceptsSerial: Bool = false
    ) -> Parsed<ParsedMoment> {
        switch cell {
        case .empty: return .empty
        case .date(let day): return .value(ParsedMoment(day: day))
        case .dateTime(let day, let second): return .value(ParsedMoment(day: day, secondOfDay: second))
        case .number(let text): return serial(text, accepted: acceptsSerial)
        case .text(let text):
            let plain = plain(text)
            if plain.isEmpty { return .empty }
            if plain.utf8.count < 8, plain.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
                plain.utf8.count(where: { $0 == 0x2E }) <= 1
            {
                return serial(plain, accepted: acceptsSerial)
            }
            return DateText(plain)?.parsed(order) ?? .invalid
        case .bool, .error: return .invalid
        }
    }

    /// Serials from 1954 to 2118; others are rather something else.
    private static func serial(_ text: String, accepted: Bool) -> Parsed<ParsedMoment> {
        guard let number = Double(text), (20_000..<80_000).contains(number) else { return .invalid }
        switch WorkbookDate.cell(text, .date, startsIn1904: false) {
        case .date(let day): return accepted ? .value(ParsedMoment(day: day)) : .ambiguous([ParsedMoment(day: day)])
        case .dateTime(let day, let second):
            let moment = ParsedMoment(day: day, secondOfDay: second)
            return accepted ? .value(moment) : .ambiguous([moment])
        default: return .invalid
        }
    }
}

/// A text taken apart into three parts of a date and a time.
private struct DateText {
    private var parts: [Substring] = []
    private var isDotted = false
    private var time: ClockText?

    init?(_ raw: String) {
        var text = CellParsing.plain(raw)
        guard text.utf8.count <= 64 else { return nil }
        for (sign, replacement) in [("年", "-"), ("月", "-"), ("日", " "), ("号", " ")] {
            text = text.split(separator: sign, omittingEmptySubsequences: false).joined(separator: replacement)
        }
        let date: Substring
        let clock: Substring
        (date, clock) = Self.parted(text.trimmingSpace)
        if !clock.isEmpty {
            guard let time = ClockText(clock) else { return nil }
            self.time = time
        }
        isDotted = date.contains(".")
        parts = date.split { "-/. ,".contains($0) }
        if parts.count == 1, parts[0].utf8.count == 8, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            let digits = parts[0]
            parts = [digits.prefix(4), digits.dropFirst(4).prefix(2), digits.suffix(2)]
        }
        guard parts.count == 3 else { return nil }
    }

    /// Date and time, which begins after the last space or `T` before its colon.
    private static func parted(_ text: String) -> (Substring, Substring) {
        guard let colon = text.firstIndex(of: ":") else { return (text[...], "") }
        let head = text[..<colon]
        guard let space = head.lastIndex(where: { $0 == " " || $0 == "T" || $0 == "t" }) else { return (text[...], "") }
        return (text[..<space], text[text.index(after: space)...])
    }

    /// The order if only one fits and it isn't the one of ISO dates.
    var shownOrder: DateOrder? {
        guard !isYearFirst, !hasMonthName else { return nil }
        let days = days(nil)
        return days.count == 1 ? days.first?.order : nil
    }

    func parsed(_ declared: DateOrder?) -> Parsed<ParsedMoment> {
        var days: [Day] = []
        for (_, day) in self.days(declared) where !days.contains(day) { days.append(day) }
        let moments = days.map { ParsedMoment(day: $0, secondOfDay: time?.second, offset: time?.offset) }
        switch moments.count {
        case 0: return .invalid
        case 1: return .value(moments[0])
        default: return .ambiguous(moments)
        }
    }

    private var isYearFirst: Bool { parts[0].utf8.count == 4 }
    private var hasMonthName: Bool { parts.contains { Self.month($0) != nil } }

    private func days(_ declared: DateOrder?) -> [(order: DateOrder, day: Day)] {
        if hasMonthName { return named.map { [(.dayMonthYear, $0)] } ?? [] }
        let orders: [DateOrder]
        if isYearFirst {
            orders = [.yearMonthDay]
        } else if parts[2].utf8.count == 4 {
            let wanted = declared == .yearMonthDay ? nil : declared
            orders = wanted.map { [$0] } ?? (isDotted ? [.dayMonthYear] : [.monthDayYear, .dayMonthYear])
        } else {
            orders = declared.map { [$0] } ?? DateOrder.allCases
        }
        return orders.compactMap { order in day(order).map { (order, $0) } }
    }

    private func day(_ order: DateOrder) -> Day? {
        switch order {
        case .yearMonthDay: Self.day(parts[0], parts[1], parts[2])
        case .dayMonthYear: Self.day(parts[2], parts[1], parts[0])
        case .monthDayYear: Self.day(parts[2], parts[0], parts[1])
        }
    }

    /// `22 Nov 2026` or `Nov 22, 2026`.
    private var named: Day? {
        if let month = Self.month(parts[1]) { return Self.day(parts[2], "\(month)", parts[0]) }
        if let month = Self.month(parts[0]) { return Self.day(parts[2], "\(month)", parts[1]) }
        return nil
    }

    private static func day(_ year: Substring, _ month: Substring, _ day: Substring) -> Day? {
        guard let year = number(year, upTo: 4), let month = number(month, upTo: 2), let day = number(day, upTo: 2)
        else {
            return nil
        }
        let century = year.digits == 4 ? 0 : year.digits == 2 ? (year.value < 70 ? 2000 : 1900) : -1
        return century < 0 ? nil : Day(year: year.value + century, month: month.value, day: day.value)
    }

    private static func number(_ text: Substring, upTo digits: Int) -> (value: Int, digits: Int)? {
        guard (1...digits).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text).map { ($0, text.utf8.count) }
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    private static func month(_ text: Substring) -> Int? {
        let word = text.lowercased()
        guard word.count >= 3 else { return nil }
        return months.firstIndex { $0.hasPrefix(word) || word == "sept" && $0 == "september" }.map { $0 + 1 }
    }
}

/// `8:26`, `08:26:31.5`, `8:26 PM`, `14:32:00+01:00`.
private struct ClockText {
    var second = 0
    var offset: Int?

    init?(_ raw: Substring) {
        var text = raw.trimmingSpace.uppercased()
        var half: Int?
        for (word, value) in [("AM", 0), ("PM", 12)] where text.hasSuffix(word) {
            half = value
            text = text.dropLast(2).trimmingSpace
        }
        if text.hasSuffix("Z") {
            offset = 0
            text = String(text.dropLast())
        } else if let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            guard let shift = Self.fields(text[text.index(after: sign)...]), shift.count == 2 else { return nil }
            offset = (shift[0] * 3600 + shift[1] * 60) * (text[sign] == "-" ? -1 : 1)
            text = text[..<sign].trimmingSpace
        }
        let clock = text.split(separator: ".", maxSplits: 1).first ?? ""
        guard var fields = Self.fields(clock), (2...3).contains(fields.count) else { return nil }
        if let half {
            guard (1...12).contains(fields[0]) else { return nil }
            fields[0] = fields[0] % 12 + half
        }
        guard fields[0] < 24 else { return nil }
        second = fields[0] * 3600 + fields[1] * 60 + (fields.count == 3 ? fields[2] : 0)
    }

    private static func fields(_ text: some StringProtocol) -> [Int]? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part -> Int? in
            guard (1...2).contains(part.utf8.count) else { return nil }
            return Int(part).flatMap { (0..<60).contains($0) ? $0 : nil }
        }
        return numbers.count == parts.count ? numbers : nil
    }
}
