import Definitions
import Kernel

/// The house's own record as documents need it, with its logo.
struct CompanyStepPage: Sendable {
    let sections: [FormPage.Section]
    let problems: [ErrorSummary.Item]
    let version: Int?
    let logo: Letterhead.Logo?
    /// What was wrong with the picture that was sent.
    let logoProblem: String?
    /// Whether the model has a place for a logo.
    let takesLogo: Bool
}

extension CompanyStepPage: Markup {
    func write(to html: inout HTML) {
        html.add(ErrorSummary(items: problems))
        html.form(
            Paths.firstStep(.company), .class("su-c"), .data("form"), .named("enctype", "multipart/form-data"),
            .flag("novalidate")
        ) { html in
            if let version { html.hidden("version", String(version)) }
            for section in sections where !section.fields.isEmpty {
                html.card(section.title) { html in html("div", .class("grid")) { $0.add(all: section.fields) } }
            }
            if takesLogo { picture(&html) }
            html.add(FirstStepFoot(step: .company))
        }
    }

    private func picture(_ html: inout HTML) {
        html.card(html.page[Label(zh: "标志", en: "Logo")], id: "logo") { html in
            html("div", .class("su-p")) { html in
                if let logo {
                    html("span", .class("su-i")) { html in
                        html.void(
                            "img", .source(Paths.logo(logo.hash)),
                            .named("alt", html.page[Label(zh: "现在的标志", en: "The logo now")]), .named("width", "96"),
                            .named("height", "64"))
                    }
                }
                html("div", .class(logoProblem == nil ? "fd" : "fd err")) { html in
                    html("label", .class("drop"), .data("drop")) { html in
                        html.icon("upload")
                        html("b", say: Label(zh: "把图片拖到这里，或点选", en: "Drop a picture here, or choose one"))
                        html.void(
                            "input", .type("file"), .id("f-logo"), .name("logo"),
                            .label(html.page[Label(zh: "标志的图片", en: "Picture of the logo")]),
                            .named("accept", "image/png,image/jpeg"), .aria("describedby", "f-logo-h"),
                            .when(logoProblem != nil, .aria("invalid", "true")))
                    }
                    if let logoProblem { html("p", .class("fd-e")) { $0.user(logoProblem) } }
                    html(
                        "p", .class("fd-h"), .id("f-logo-h"),
                        say: Label(
                            zh: "PNG 或 JPEG，4 MB 以内。印在报价和 PI 的左上角，也显示在菜单上方。",
                            en:
                                "PNG or JPEG, up to 4 MB. Printed at the head of quotations and PIs, and shown above the menu."
                        ))
                }
            }
        }
    }
}
