import Definitions
import Kernel
import Testing
import Values

@testable import Web

@Suite("Pages of the mail account and of number patterns", .serialized)
struct KeepingPageTests {
    private func withHouse(_ body: (WebHouse, Browser) async throws -> Void) async throws {
        let house = try await WebHouse.open()
        try await body(house, try await house.owner())
        await house.end()
    }

    private static let form = [
        ("host", "smtp.example.com"), ("port", "587"), ("protection", "starttls"), ("user", "baton@example.com"),
        ("password", "s3cret-of-mail"), ("sender", "baton@example.com"), ("sender_name", "宁波一号"),
    ]

    @Test("The mail account is filled in, what is wrong stands at its field, and the password is never shown again")
    func mail() async throws {
        try await withHouse { _, owner in
            let empty = await owner.text("/settings/mail")
            #expect(empty.contains("还没有设") && !empty.contains("/settings/mail/test"))
            let wrong = await owner.post(
                "/settings/mail", Self.form.map { ($0.0, $0.0 == "host" ? "https://x" : $0.1) })
            #expect(wrong.status == 422 && wrong.text.contains("只填服务器名") && wrong.text.contains("value=\"https://x\""))
            #expect(!wrong.text.contains("s3cret-of-mail"))
            let saved = await owner.post("/settings/mail", Self.form)
            #expect(saved.status == 303, "\(saved.text.prefix(300))")
            let page = await owner.text("/settings/mail")
            #expect(page.contains("value=\"smtp.example.com\"") && page.contains("不再显示"))
            #expect(!page.contains("s3cret-of-mail") && page.contains("/settings/mail/test"))
            #expect(await owner.post("/settings/mail/drop", []).status == 303)
            #expect(await owner.text("/settings/mail").contains("还没有设"))
        }
    }

    @Test("A test mail tells the server's own words; who may not define sends none")
    func trial() async throws {
        try await withHouse { house, owner in
            _ = await owner.post("/settings/mail", Self.form)
            let page = MailPage(
                standing: try await house.kernel.answer(MailAccountOf(), as: .system("test")), typed: nil, problems: [],
                office: nil, channels: [], myAddress: "",
                trial: MailPage.Trial(
                    to: "a@example.com",
                    came: MailOffice.Trial(
                        isDelivered: false, reason: Label(zh: "账号或密码被服务器拒绝", en: "refused"),
                        said: "535 5.7.8 <b>no</b>")))
            let look = Format(language: .zh, today: house.clock.now.day, offset: { _ in 0 })
            let context = PageContext(
                language: .zh, theme: .system, format: look, csrf: "", assets: AssetURLs { $0 })
            var html = HTML(context)
            html.add(page)
            let text = String(decoding: html.bytes, as: UTF8.self)
            #expect(text.contains("账号或密码被服务器拒绝") && text.contains("535 5.7.8 &lt;b&gt;no"))
            let lin = try await house.person("lin", roles: ["sales"])
            #expect(await lin.get("/settings/mail").status == 403)
            #expect(await lin.post("/settings/mail/test", [("to", "a@example.com")]).status == 403)
            #expect(await owner.post("/settings/mail/test", [("to", "a@example.com")]).status == 404)
        }
    }

    @Test("A pattern shows its next three numbers before it is saved; one that can't be read stands at the field")
    func pattern() async throws {
        try await withHouse { _, owner in
            let page = await owner.text("/settings/numbers?series=quotation.no")
            #expect(page.contains("value=\"Q{yymmdd}{###}\""))
            func form(_ pattern: String, _ verb: String) -> [(String, String)] {
                [("object", "quotation"), ("field", "no"), ("pattern", pattern), ("do", verb)]
            }
            let wrong = await owner.post("/settings/numbers/pattern", form("QT-{nn}", "save"))
            #expect(wrong.status == 422 && wrong.text.contains("value=\"QT-{nn}\"") && wrong.text.contains("一处 #"))
            let look = await owner.post("/settings/numbers/pattern", form("QT-{yyyy}-{####}", "preview"))
            #expect(look.status == 200 && look.text.contains("QT-2026-0001") && look.text.contains("QT-2026-0003"))
            #expect(await owner.text("/settings/numbers").contains("Q{yymmdd}{###}"))
            let saved = await owner.post("/settings/numbers/pattern", form("QT-{yyyy}-{####}", "save"))
            #expect(saved.status == 303, "\(saved.text.prefix(300))")
            #expect(await owner.text("/settings/numbers").contains("QT-{yyyy}-{####}"))
            let log = await owner.text("/settings/audit?kind=house:")
            #expect(log.contains("改编号规则") && log.contains("报价 · 报价单号"), "the audit log names the field")
        }
    }
}
