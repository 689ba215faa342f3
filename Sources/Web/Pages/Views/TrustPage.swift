import Definitions

/// How to make a device trust this house's certificate: the certificate, its fingerprint, and the steps of the device.
struct TrustPage: Sendable {
    enum Device: String, Sendable, CaseIterable {
        case windows, mac, iphone, android

        /// By what the browser says of itself; nil opens no part.
        static func guessed(from agent: String) -> Device? {
            if agent.contains("iPhone") || agent.contains("iPad") { return .iphone }
            if agent.contains("Android") { return .android }
            if agent.contains("Macintosh") { return .mac }
            return agent.contains("Windows") ? .windows : nil
        }
    }

    let fingerprint: String
    let device: Device?
    /// Address of this page for other devices.
    let address: String
    /// The address is also at hand as a code for a camera.
    let showsCode: Bool

    func document(_ context: PageContext) -> [UInt8] {
        var html = HTML(context)
        html.document(title: context[TrustWords.title], scripts: []) { html in
            html("main", .class("door one")) { html in
                html("section", .class("door-c trust")) { html in
                    html("span", .class("logo")) { $0.logo() }
                    html("h1", say: TrustWords.title)
                    html("p", .class("t2"), say: TrustWords.why)
                    html("ol", .class("trust-s")) { html in
                        html("li") { fetch(&$0) }
                        html("li") { install(&$0) }
                        html("li") { enter(&$0) }
                    }
                    if showsCode { code(&html) }
                    html("p", .class("mut"), say: TrustWords.limits)
                    languages(&html)
                }
            }
        }
        return html.bytes
    }

    private func fetch(_ html: inout HTML) {
        html("h2", say: TrustWords.fetch)
        html.add(
            Button(
                text: html.page[TrustWords.download], target: .link(Paths.trustCertificate), kind: .primary,
                icon: "download"))
        html("p", .class("mut"), say: TrustWords.compare)
        html("code", .class("trust-f"), text: fingerprint)
    }

    private func install(_ html: inout HTML) {
        html("h2", say: TrustWords.install)
        for way in Device.allCases {
            html("details", .class("sec"), .when(way == device, .flag("open"))) { html in
                html("summary") { html in
                    html("b", say: TrustWords.name(way))
                    html("span", .class("sp")) { _ in }
                    html.icon("chevron-down", size: .small)
                }
                html("ol") { html in
                    for step in TrustWords.steps(way) { html("li", say: step) }
                }
            }
        }
    }

    private func enter(_ html: inout HTML) {
        html("h2", say: TrustWords.enter)
        html.add(Button(text: html.page[TrustWords.open], target: .link(Paths.trustOpen), icon: "arrow-right"))
        html("p", .class("mut"), say: TrustWords.still)
    }

    private func code(_ html: inout HTML) {
        html("figure", .class("trust-q")) { html in
            html.void("img", .source("/trust/qr.svg"), .named("alt", html.page[TrustWords.code]))
            html("figcaption") { html in
                html("b", say: TrustWords.other)
                html("span", .class("mut"), text: address)
            }
        }
    }

    private func languages(_ html: inout HTML) {
        html("p", .class("row")) { html in
            for (language, name) in [(Language.zh, "中文"), (.en, "English")] where language != html.page.language {
                html(
                    "a", .class("ln"), .href(Paths.trust + "?language=" + language.rawValue),
                    .named("lang", language == .zh ? "zh-CN" : "en"), text: name)
            }
        }
    }
}
