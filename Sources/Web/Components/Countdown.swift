import Kernel
import Values

/// What is left of a leg, as words that go on counting on the page.
struct Countdown: Markup {
    let time: LegTime
    let now: RelaySheet.Now
    /// Hours and minutes, for the one place that has room for them.
    var isExact = false
    /// On a weak ground, with its sign.
    var isTag = false

    func write(to html: inout HTML) {
        guard isTag else { return words(&html) }
        html("span", .class(now.tag == .mute ? "tag" : "tag " + now.tag.rawValue)) { html in
            if let icon = now.tone.icon { html.icon(icon, size: .small) }
            words(&html)
        }
    }

    private func words(_ html: inout HTML) {
        let text = time.words(now, isExact: isExact)
        guard let left = now.left, now.tone != .paused, !(now.tone == .late && left >= 0) else {
            html("span") { $0.user(text) }
            return
        }
        html(
            "span", .data("left", String(left)), .data("day", String(now.dayLength)),
            .when(now.daysLeft != nil, .data("days")), .when(now.isTicking, .data("open")),
            .when(now.turnsAt != nil, .data("turn", String(now.turnsAt?.milliseconds ?? 0))),
            .when(isExact, .data("exact")), text: text)
    }
}
