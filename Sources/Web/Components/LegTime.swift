import Definitions
import Kernel
import Values

/// How long a leg still has, in the reader's words.
struct LegTime {
    let format: Format

    /// 剩 1.2 天, 超 9 小时, the reason of a pause, or that there is no limit.
    func words(_ leg: RelaySheet.Now, isExact: Bool = false) -> String {
        if leg.tone == .paused { return leg.pauseReason.flatMap { $0.isEmpty ? nil : $0 } ?? say(Words.paused) }
        guard let left = leg.left else { return say(Words.noLimit) }
        // Late at a time when nobody works: no working time has passed since.
        if leg.tone == .late, left >= 0 { return say(Words.isLate) }
        let text = leg.daysLeft.map { say(Words.days(String($0))) } ?? span(left, day: leg.dayLength, isExact: isExact)
        return say(left < 0 ? Label(zh: "超 " + text, en: text + " late") : Label(zh: "剩 " + text, en: text + " left"))
    }

    /// 今天 22:44 到期.
    func due(_ leg: RelaySheet.Now) -> String? {
        leg.due.map { due in
            let at = format.instant(due)
            let isToday = format.localDay(due) == format.today
            return say(
                Label(zh: (isToday ? "今天 " : "") + at + " 到期", en: "due " + (isToday ? "today " : "") + at))
        }
    }

    private func span(_ left: Int64, day: Int64, isExact: Bool) -> String {
        let length = left.magnitude
        let minutes = Int(length / 60_000)
        if minutes < 60 { return say(Label(zh: "\(minutes) 分钟", en: "\(minutes) min")) }
        if length < UInt64(day) {
            let rest = minutes % 60
            guard isExact, rest > 0 else { return say(Label(zh: "\(minutes / 60) 小时", en: "\(minutes / 60) h")) }
            return say(Label(zh: "\(minutes / 60) 小时 \(rest) 分", en: "\(minutes / 60) h \(rest) min"))
        }
        // From ten days on their tenths say nothing.
        let tenths = Int(length * 10 / UInt64(day))
        return say(Words.days(tenths % 10 == 0 || tenths >= 100 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"))
    }

    /// 0.5, 14: one digit after the point where it says something.
    static func days(_ days: Double) -> String {
        let tenths = Int((max(0, days) * 10).rounded())
        return tenths % 10 == 0 || tenths >= 1000 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    private func say(_ label: Label) -> String { label[format.language] }
}

extension RelaySheet.Now {
    /// There is nothing it could be late against.
    var isWithoutLimit: Bool { left == nil && tone != .paused }

    /// The class of the styles.
    var style: String { isWithoutLimit ? "k-none" : tone.style }

    var tag: Tone { isWithoutLimit ? .mute : tone.tag }
}

extension LegTone {
    /// The class of the styles.
    var style: String {
        switch self {
        case .onTime: "k-ok"
        case .due: "k-warn"
        case .late: "k-bad"
        case .paused: "k-block"
        }
    }

    var tag: Tone {
        switch self {
        case .onTime: .ok
        case .due: .warn
        case .late: .bad
        case .paused: .block
        }
    }

    var icon: String? {
        switch self {
        case .onTime, .due: nil
        case .late: "alert-triangle"
        case .paused: "lock"
        }
    }
}
