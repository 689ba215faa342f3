import Definitions
import Kernel

/// Role × object: whose records, and what with them.
struct RolesPage: Markup {
    let model: Model
    let words: RightsWords
    /// Master data too.
    let showsSettings: Bool

    private var objects: [ObjectDefinition] {
        model.liveObjects.filter { $0.parent == nil && (showsSettings || !$0.isSetting) }
    }

    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.rolesMatrix],
                note: html.page[Label(zh: "没写的就是不能", en: "What is not said is not allowed")],
                actions: [
                    Button(text: html.page[Words.whyAccess], target: .link(Paths.access), icon: "eye")
                ]))
        html("div", .class("hw")) { html in
            html("div", .class("chips")) { html in
                html.add(
                    Chip(text: html.page[Label(zh: "业务", en: "Work")], url: Paths.roles, isPressed: !showsSettings))
                html.add(
                    Chip(
                        text: html.page[Label(zh: "连基础资料", en: "With master data")], url: Paths.roles + "?all=1",
                        isPressed: showsSettings))
            }
            html("section", .class("card")) { html in
                html(
                    "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"),
                    .label(html.page[Words.rolesMatrix])
                ) {
                    html in html("table", .class("dt rm")) { table(&$0) }
                }
            }
        }
    }

    private func table(_ html: inout HTML) {
        html("thead") { html in
            html("tr") { html in
                html("th", .named("scope", "col"), say: Words.objects)
                for role in model.roles {
                    html("th", .named("scope", "col")) { html in
                        html("a", .class("ln"), .href(Paths.role(role.id)), say: role.label)
                    }
                }
            }
        }
        html("tbody") { html in
            for object in objects {
                html("tr") { html in
                    html("th", .named("scope", "row"), say: object.plural)
                    for role in model.roles { cell(role, object, &html) }
                }
            }
        }
    }

    private func cell(_ role: RoleDefinition, _ object: ObjectDefinition, _ html: inout HTML) {
        let grants = RolePage.grants(role, object)
        let isEmpty = grants.isEmpty
        html("td", .class(isEmpty ? "wr mut" : "wr"), .data("l", html.page[role.label])) { html in
            if isEmpty { return html.text("–") }
            html("a", .class("rm-c"), .href(Paths.role(role.id, fieldsOf: object.id))) { html in
                for grant in grants {
                    html("b", text: words.scope(grant, of: object.id))
                    html("small", .class("mut"), text: verbs(grant, object))
                }
            }
        }
    }

    private func verbs(_ grant: ObjectGrant, _ object: ObjectDefinition) -> String {
        let general = ["read", "create", "update", "delete"]
        let shown = grant.actions.contains("*") ? ["*"] : grant.actions.filter(general.contains)
        let rest = grant.actions.count - shown.count
        return shown.map { words.action($0, of: object.id) }.joined(separator: " · ") + (rest > 0 ? " +\(rest)" : "")
    }
}

/// What one role gives, object by object, down to the fields.
struct RolePage: Markup {
    let role: RoleDefinition
    /// What the role gives, as the rights themselves are compiled.
    let sight: ModelSight
    let words: RightsWords
    /// The object whose fields are shown.
    let open: String?

    static func grants(_ role: RoleDefinition, _ object: ObjectDefinition) -> [ObjectGrant] {
        role.grants.filter { $0.object == object.id || ($0.object == "*" && !object.isSetting) }
    }

    private var objects: [ObjectDefinition] {
        sight.model.liveObjects.filter { $0.parent == nil && !Self.grants(role, $0).isEmpty }
    }

    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[role.label], note: role.id))
        html("div", .class("hw rl-p")) { html in
            html.card(html.page[Label(zh: "总的", en: "In general")], icon: "shield") { html in
                html("ul", .class("rl-g")) { html in
                    line(Label(zh: "特权", en: "Privileges"), role.privileges.map(words.privilege), &html)
                    line(Label(zh: "敏感信息", en: "Sensitive fields"), role.clearance.map(words.sensitivity), &html)
                }
            }
            for object in objects { card(object, &html) }
        }
    }

    private func line(_ label: Label, _ items: [String], _ html: inout HTML) {
        html("li") { html in
            html("span", .class("mut"), say: label)
            if items.isEmpty { html("span", say: Label(zh: "没有", en: "none")) }
            for item in items { html.add(Tag(item, tone: .pri)) }
        }
    }

    private func card(_ object: ObjectDefinition, _ html: inout HTML) {
        let grants = Self.grants(role, object)
        html.card(html.page[object.plural], icon: object.icon, id: object.id) { html in
            html("ul", .class("rl-s")) { html in
                for grant in grants { html("li", text: words.sentence(grant, of: object)) }
            }
            if object.id == open {
                html(
                    "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"),
                    .label(html.page[object.plural])
                ) { html in
                    html("table", .class("dt")) { fields(object, &$0) }
                }
            } else {
                html(
                    "a", .class("ln rl-d"), .href(Paths.role(role.id, fieldsOf: object.id)),
                    say: Label(zh: "逐个字段", en: "Field by field"))
            }
        }
    }

    private func fields(_ object: ObjectDefinition, _ html: inout HTML) {
        let readable = sight.readable(object.id)
        let writable = sight.creatable(object.id).union(sight.updatable(object.id))
        html("thead") { html in
            html("tr") { html in
                for label in [
                    Words.fields, Label(zh: "看", en: "See"), Label(zh: "填", en: "Fill in"),
                    Label(zh: "敏感", en: "Sensitive"),
                ] {
                    html("th", .named("scope", "col"), say: label)
                }
            }
        }
        html("tbody") { html in
            for field in object.liveFields {
                html("tr") { html in
                    html("th", .named("scope", "row"), say: field.label)
                    mark(readable.contains(field.id), &html)
                    mark(writable.contains(field.id), &html)
                    html("td") { html in
                        if let level = field.sensitivity { html.add(Tag(words.sensitivity(level), tone: .warn)) }
                    }
                }
            }
        }
    }

    private func mark(_ isSet: Bool, _ html: inout HTML) {
        html("td") { html in
            if isSet {
                html.icon("check", label: html.page[Words.yes], size: .small)
            } else {
                html("span", .class("mut"), .label(html.page[Words.no]), .named("role", "img"), text: "–")
            }
        }
    }
}
