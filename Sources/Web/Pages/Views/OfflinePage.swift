import Definitions

/// Shown by the service worker where a page can't be reached. It is kept once for everybody, so it speaks both languages.
struct OfflinePage: Sendable {
    private static let title = Label(zh: "没有连上接力", en: "Baton can't be reached")
    private static let steps = [
        Label(
            zh: "检查网络：在公司外面要先连上 VPN 或公司网络。连上后这一页会自己刷新。",
            en: "Check the network: outside the office connect the VPN or the company's network first. "
                + "This page reloads by itself."
        ),
        Label(
            zh: "没有保存的内容没有发出：用“返回”回到上一页，它还在那里。",
            en: "What was not saved was not sent: go back, it is still there."),
        Label(
            zh: "同事也打不开时，请管理员看服务器是否在运行。",
            en: "If colleagues can't open it either, ask the administrator whether the server runs."),
    ]

    func document(_ context: PageContext) -> [UInt8] {
        var html = HTML(context)
        html.document(title: context[Self.title], scripts: ["offline.js"]) { html in
            html("main", .class("door one")) { html in
                html("section", .class("door-c")) { html in
                    html("span", .class("logo")) { $0.logo() }
                    html("h1", text: Self.title.zh)
                    html("ul", .class("dots")) { html in for step in Self.steps { html("li", text: step.zh) } }
                    html("a", .class("btn p wide"), .href(""), .data("again", "")) { html in
                        html.icon("repeat")
                        html("span", text: "再试一次 · Try again")
                    }
                    html("div", .class("stack"), .named("lang", "en")) { html in
                        html("h2", text: Self.title.en)
                        html("ul", .class("dots")) { html in for step in Self.steps { html("li", text: step.en) } }
                    }
                }
            }
        }
        return html.bytes
    }
}
