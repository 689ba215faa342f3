import Definitions

/// Something can't be shown: what, what is kept, what to do, and a code to quote. Both languages, because the reader's
/// may not be known.
struct ErrorPage: Sendable {
    let status: Int
    let title: Label
    let message: Label
    /// The code people quote to their administrator.
    let code: String
    var backURL = "/"
    /// Offered on a missing right: asks why.
    var whyURL: String?
}

extension ErrorPage: Markup {
    func write(to html: inout HTML) {
        let first = html.page.language
        html("section", .class("oops")) { html in
            html("span", .class("empty-i")) { $0.icon(icon, size: .large) }
            html("h1", text: title[first])
            html("p", .class("t2"), text: message[first])
            let other: Language = first == .zh ? .en : .zh
            html(
                "p", .class("mut"), .named("lang", other == .zh ? "zh-CN" : "en"),
                text: title[other] + (other == .zh ? "。" : ". ") + message[other])
            html("div", .class("row")) { html in
                html.add(
                    Button(text: html.page[Words.back], target: .link(backURL), kind: .primary, icon: "arrow-left"))
                html.add(Button(text: html.page[Words.myDay], target: .link(Paths.day), icon: "home"))
                if let whyURL {
                    html.add(Button(text: html.page[Words.whyVisible], target: .link(whyURL), icon: "eye"))
                }
            }
            html("p", .class("mut oops-c num")) { html in
                html.text(String(status) + " · ")
                html("code", text: code)
            }
        }
    }

    private var icon: String {
        switch status {
        case 403: "lock"
        case 404: "search"
        case 429, 503: "clock"
        default: "alert-triangle"
        }
    }

    /// The page without a shell, for readers who are not signed in and for faults of the shell itself.
    func document(_ context: PageContext) -> [UInt8] {
        var html = HTML(context, capacity: 4096)
        html.document(title: context[title], scripts: []) { $0("main", .class("door one")) { $0.add(self) } }
        return html.bytes
    }

    static func missing(code: String) -> ErrorPage {
        ErrorPage(
            status: 404, title: Label(zh: "没有找到这一页", en: "Page not found"),
            message: Label(
                zh: "它可能已被删除或移走，也可能你没有查看的权限。",
                en: "It may have been deleted or moved, or you may not be allowed to see it."), code: code)
    }

    static func forbidden(code: String) -> ErrorPage {
        ErrorPage(
            status: 403, title: Label(zh: "没有权限", en: "Not allowed"),
            message: Label(
                zh: "你的角色不包含这个操作。需要的话，请把下面的代码发给管理员。",
                en: "Your roles do not include this. If you need it, send the code below to your administrator."),
            code: code)
    }

    static func fault(code: String) -> ErrorPage {
        ErrorPage(
            status: 500, title: Label(zh: "系统出错了", en: "Something went wrong here"),
            message: Label(
                zh: "这是系统的问题，不是你的。已保存的内容都在；请再试一次，还不行就把代码发给管理员。",
                en:
                    "This is our fault, not yours. What was saved is safe. Try again; if it stays, send the code to your administrator."
            ),
            code: code)
    }
}
