/// Fields that two people changed: what the other wrote, with who and when, and one's own; one is chosen for each.
struct ConflictChoice: Markup {
    let conflicts: [FormPage.Conflict]

    func write(to html: inout HTML) {
        if conflicts.isEmpty { return }
        html("div", .class("note warn sum cfl"), .named("role", "alert")) { html in
            html.icon("alert-triangle", size: .small)
            html("div") { html in
                html("b", say: Words.staleChoose)
                for item in conflicts { choice(item, &html) }
            }
        }
    }

    private func choice(_ item: FormPage.Conflict, _ html: inout HTML) {
        if !item.told.isEmpty {
            html("p", .class("cf-i")) { html in
                html("b", text: item.label)
                html.append(" ")
                html.user(item.told + (item.who.isEmpty ? "" : " · " + item.who))
            }
            return
        }
        html("fieldset", .class("cf-i")) { html in
            html("legend", text: item.label)
            option(item, "mine", html.page[Words.mine], item.mine, isChosen: true, &html)
            let lead = html.page[Words.theirs] + (item.who.isEmpty ? "" : " · " + item.who)
            option(item, "theirs", lead, item.theirs, isChosen: false, &html)
        }
    }

    private func option(
        _ item: FormPage.Conflict, _ value: String, _ lead: String, _ text: String, isChosen: Bool, _ html: inout HTML
    ) {
        html("label") { html in
            html.void(
                "input", .type("radio"), .name("pick." + item.field), .value(value), .flag("checked", isChosen))
            html("span") { html in
                html("small", .class("mut")) { $0.user(lead) }
                html("span", .class("pre")) { $0.user(text.isEmpty ? "–" : text) }
            }
        }
    }
}
