import Definitions
import Kernel
import Values

/// The line under the tools when a list differs from its view: only the reader sees it until it is saved.
struct ViewBar: Markup {
    let object: String
    /// What would be saved.
    let content: String
    /// Where the list stands now.
    let here: String
    /// The view as it was.
    let backURL: String
    /// An own saved view that could be brought up to date.
    var own: ViewsOf.View?
    let audiences: [ViewAudience]

    func write(to html: inout HTML) {
        html("div", .class("vbar"), .named("role", "status")) { html in
            html.icon("eye", size: .small)
            html("span") { html in
                html.text(html.page[Label(zh: "未保存的改动", en: "Unsaved changes")])
                html("span", .class("no-m"), say: Label(zh: "：仅我可见", en: ": only you see them"))
            }
            html("span", .class("sp")) { _ in }
            html("a", .class("btn g s"), .href(backURL), say: Label(zh: "放弃", en: "Discard"))
            if let own {
                html.form(Paths.views(object), .class("inline")) { html in
                    hidden(own, &html)
                    html(
                        "button", .class("btn s"), .type("submit"),
                        say: own.audience == .mine
                            ? Label(zh: "更新“\(own.name)”", en: "Update “\(own.name)”")
                            : Label(zh: "更新共享的“\(own.name)”", en: "Update the shared “\(own.name)”"))
                }
            }
            html("details", .class("menu end")) { html in
                html("summary", .class("btn p s"), say: Label(zh: "存为视图", en: "Save as a view"))
                html("div", .class("menu-p vsave")) { html in
                    html.add(
                        ViewForm(object: object, content: content, here: here, view: nil, audiences: audiences))
                }
            }
        }
    }

    private func hidden(_ view: ViewsOf.View, _ html: inout HTML) {
        html.hidden("do", "keep")
        html.hidden("id", view.id.description)
        html.hidden("name", view.name)
        html.hidden("audience", view.audience.rawValue)
        html.hidden("content", content)
        html.hidden("back", here)
    }
}

/// Name and audience of a saved view.
struct ViewForm: Markup {
    let object: String
    let content: String
    let here: String
    /// Nil for a new one.
    let view: ViewsOf.View?
    let audiences: [ViewAudience]

    func write(to html: inout HTML) {
        html.form(Paths.views(object), .class("vform")) { html in
            html.hidden("do", "keep")
            if let view { html.hidden("id", view.id.description) }
            html.hidden("content", content)
            html.hidden("back", here)
            html("label", .class("fd")) { html in
                html("span", .class("fd-l"), say: Label(zh: "视图名字", en: "Name of the view"))
                html.void(
                    "input", .class("in"), .name("name"), .value(view?.name ?? ""), .named("maxlength", "60"),
                    .flag("required"), .named("autocomplete", "off"))
            }
            html("label", .class("fd")) { html in
                html("span", .class("fd-l"), say: Label(zh: "给谁用", en: "For whom"))
                html("select", .class("in"), .name("audience")) { html in
                    for audience in audiences {
                        html(
                            "option", .value(audience.rawValue), .flag("selected", view?.audience == audience),
                            say: Self.label(audience))
                    }
                }
            }
            html("button", .class("btn p full"), .type("submit"), say: Words.save)
        }
        if let view {
            html.form(Paths.views(object)) { html in
                html.hidden("do", "remove")
                html.hidden("id", view.id.description)
                html("button", .class("d"), .type("submit")) { html in
                    html.icon("trash")
                    html("span", say: Label(zh: "删除这个视图", en: "Remove this view"))
                }
            }
        }
    }

    static func label(_ audience: ViewAudience) -> Label {
        switch audience {
        case .mine: Label(zh: "只有我", en: "Only me")
        case .team: Label(zh: "我的部门", en: "My department")
        case .all: Label(zh: "所有人", en: "Everybody")
        }
    }
}
