import Definitions
import Testing
import Values

@testable import Web

@Suite("Values as they read on screen")
struct FormatTests {
    let zh = pageContext(.zh).format
    let en = pageContext(.en).format

    @Test("A date shows the year only when it is another one")
    func days() throws {
        let near = try #require(Day(year: 2026, month: 11, day: 28))
        let far = try #require(Day(year: 2025, month: 3, day: 1))
        #expect(zh.day(near) == "11-28")
        #expect(en.day(near) == "28 Nov")
        #expect(zh.day(far) == "2025-03-01")
        #expect(en.day(far) == "1 Mar 2025")
    }

    @Test("An instant reads in the reader's zone, today as a time")
    func instants() throws {
        let today = try #require(Instant("2026-11-20T08:05:00Z"))
        let late = try #require(Instant("2026-11-20T17:30:00Z"))
        #expect(zh.instant(today) == "16:05")
        #expect(zh.instant(late) == "明天 01:30")
        #expect(en.instant(late) == "Tomorrow 01:30")
    }

    @Test("Day headings name the weekday")
    func headings() throws {
        let yesterday = try #require(Day(year: 2026, month: 11, day: 19))
        #expect(zh.dayHeading(yesterday) == "昨天 · 11 月 19 日 周四")
        #expect(en.dayHeading(yesterday) == "Yesterday · Thu 19 Nov")
    }

    @Test(
        "Amounts are rounded to the currency's minor unit and carry its mark",
        arguments: [
            ("12400", "USD", "US$ 12,400.00"), ("1234.565", "EUR", "€ 1,234.57"), ("1000.5", "JPY", "JP¥ 1,001"),
            ("-357", "USD", "−US$ 357.00"), ("1.2345", "KWD", "KWD 1.235"), ("0", "CHF", "CHF 0.00"),
        ])
    func amounts(text: String, currency: String, expected: String) throws {
        #expect(en.amount(try #require(ExactDecimal(text)), currency: currency) == expected)
    }

    @Test("A unit price keeps its four digits but shows at least the minor ones")
    func prices() throws {
        #expect(en.price(try #require(ExactDecimal("0.0625")), currency: "USD") == "US$ 0.0625")
        #expect(en.price(try #require(ExactDecimal("11.9000")), currency: "USD") == "US$ 11.90")
    }

    @Test("Percentages and numbers lose their trailing zeros")
    func numbers() throws {
        #expect(en.percent(try #require(ExactDecimal("0.1250"))) == "12.5%")
        #expect(en.number(try #require(ExactDecimal("1234567.500"))) == "1,234,567.5")
        #expect(en.fileSize(49_152) == "48 KB")
    }

    @Test("A choice of a toned list is a tag, mail and web addresses are links, an unseen record says so")
    func presented() throws {
        let list = CodeList(
            id: "status", label: Label(zh: "状态", en: "Status"),
            codes: [Code(code: "sent", label: Label(zh: "已发送", en: "Sent"), tone: "info")])
        let id = RecordID(high: 1, low: 2)
        let presenter = ValuePresenter(format: zh, lists: ["status": list], titles: [:]) { object, id in
            "/o/" + object + "/" + id.description
        }
        guard case .tags(let tags) = presenter.shown(.text("sent"), as: .choice(list: "status")) else {
            return #expect(Bool(false))
        }
        #expect(tags == [Tag("已发送", tone: .info)])
        guard case .mail = presenter.shown(.text("a@b.c"), as: .text(maxLength: 80, format: .email)) else {
            return #expect(Bool(false))
        }
        #expect(presenter.shown(.record(id), as: .link(object: "company")).plain == "无权查看")
        #expect(presenter.shown(.null, as: .day).isNothing)
    }
}
