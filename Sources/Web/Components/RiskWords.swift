import Definitions
import Kernel
import Values

/// Why a record may miss its day, in a sentence.
struct RiskWords {
    let eyes: Presentation

    /// 预计 01-25，比承诺的 01-06 晚 19 天：还要 36.2 个工作日，其中生产 20.7 天，只剩 29 个工作日。
    func sentence(_ risk: RelaySheet.Risk) -> String {
        let format = eyes.page.format
        let late = risk.forecast.number - risk.promised.number
        guard risk.needed > 0 else {
            return eyes.say(
                Label(
                    zh: "承诺的 \(format.day(risk.promised)) 已过 \(late) 天，这一棒还没交。",
                    en: "The promised \(format.day(risk.promised)) passed \(late) d ago and this leg is not handed on.")
            )
        }
        let (needed, left, longest) = (
            LegTime.days(risk.needed), LegTime.days(risk.left), LegTime.days(risk.longestDays)
        )
        let leg = eyes.say(risk.longest)
        return eyes.say(
            Label(
                zh:
                    "预计 \(format.day(risk.forecast))，比承诺的 \(format.day(risk.promised)) 晚 \(late) 天：还要 \(needed) 个工作日（\(leg)最长，\(longest) 天），只剩 \(left) 个。",
                en:
                    "Forecast \(format.day(risk.forecast)), \(late) d after the promised \(format.day(risk.promised)): \(needed) working days are needed (\(leg) takes \(longest)), \(left) are left."
            ))
    }

    /// What the forecast rests on.
    var basis: String {
        eyes.say(
            Label(
                zh: "按近 90 天各棒较快的四分之一推算；不足 8 次的按标准时限。",
                en:
                    "By the pace of the quickest quarter of the last 90 days; the limit where a leg has fewer than 8 runs."
            ))
    }
}
