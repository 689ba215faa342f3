import Definitions

extension FieldControl {
    func control(_ html: inout HTML) {
        switch kind {
        case .text(let limit, let format): textInput(limit, format, &html)
        case .password(let isNew):
            html.void(
                "input", .class("in"), .id(id), .name(name), .type("password"),
                .named("autocomplete", isNew ? "new-password" : "current-password"),
                .flag("required", isRequired), invalid, described)
        case .longText(let limit):
            html(
                "textarea", .class("in"), .id(id), .name(name), .named("rows", "4"), .named("maxlength", String(limit)),
                .named("dir", "auto"),
                .flag("required", isRequired), .flag("readonly", isReadOnly), invalid, described, text: value)
        case .number(let scale, let unit): number(scale, unit, &html)
        case .percent: number(2, "%", &html)
        case .money(let currency, let currencies): money(currency, currencies, &html)
        case .choice(let choices):
            if !isCompact, Self.standSideBySide(choices) { segments(choices, &html) } else { select(choices, &html) }
        case .choices(let choices): checks(choices, &html)
        case .bool: check(&html)
        case .day: plain("date", &html)
        case .instant: plain("datetime-local", &html)
        case .link(let object, let linked, let createURL):
            link(object, linked.map { [$0] } ?? [], createURL, isMany: false, &html)
        case .links(let object, let linked): link(object, linked, nil, isMany: true, &html)
        case .files(let files): self.files(files, &html)
        case .fixed(let shown):
            html(
                "div", .class("in fixed" + (shown.isNumber ? " num" : "")), .data("out", name),
                .aria("labelledby", id + "-l"), .named("role", "group")
            ) { $0.add(shown) }
        }
    }

    private func textInput(_ limit: Int, _ format: TextFormat, _ html: inout HTML) {
        let type: String
        switch format {
        case .plain: type = "text"
        case .email: type = "email"
        case .phone: type = "tel"
        case .url: type = "text"
        }
        let mode: Attribute = format == .url ? .named("inputmode", "url") : .none
        html.void(
            "input", .class("in"), .id(id), .name(name), .type(type), mode, .value(value),
            .named("maxlength", String(limit)), .named("dir", "auto"),
            .named("autocomplete", "off"), .optional("placeholder", placeholder), .flag("required", isRequired),
            .flag("readonly", isReadOnly), invalid, described)
    }

    private func plain(_ type: String, _ html: inout HTML) {
        html.void(
            "input", .class("in num"), .id(id), .name(name), .type(type), .value(value), .flag("required", isRequired),
            .flag("readonly", isReadOnly), invalid, described)
    }

    /// Numbers are text with a number keyboard: the browser's own number box swallows what it can't read.
    private func numberInput(_ scale: Int, _ html: inout HTML) {
        html.void(
            "input", .class("in num"), .id(id), .name(name), .type("text"),
            .named("inputmode", scale == 0 ? "numeric" : "decimal"), .value(value),
            .data("number", String(scale)), .named("autocomplete", "off"), .flag("required", isRequired),
            .flag("readonly", isReadOnly), invalid, described)
    }

    private func number(_ scale: Int, _ unit: String?, _ html: inout HTML) {
        guard let unit else { return numberInput(scale, &html) }
        html("div", .class("affix")) { html in
            numberInput(scale, &html)
            html("span", .class("unit"), text: unit)
        }
    }

    private func money(_ currency: String, _ currencies: [Choice], _ html: inout HTML) {
        html("div", .class("affix")) { html in
            if currencies.isEmpty {
                html("span", .class("unit pre-u"), text: currency)
            } else {
                html("select", .class("in cur"), .name(name + ".currency"), .label(html.page[Words.currency])) { html in
                    options(currencies, selected: currency, &html)
                }
            }
            numberInput(4, &html)
        }
    }

    private func options(_ choices: [Choice], selected: String, _ html: inout HTML) {
        for choice in choices {
            html("option", .value(choice.value), .flag("selected", choice.value == selected), text: choice.label)
        }
    }

    private func select(_ choices: [Choice], _ html: inout HTML) {
        html(
            "select", .class("in"), .id(id), .name(name), .flag("required", isRequired), .flag("disabled", isReadOnly),
            invalid, described
        ) { html in
            if !isRequired || value.isEmpty { html("option", .value(""), text: html.page[Words.choose]) }
            options(choices, selected: value, &html)
        }
    }

    private func segments(_ choices: [Choice], _ html: inout HTML) {
        html("div", .class("sg"), .named("role", "radiogroup"), .aria("labelledby", id + "-l"), described) { html in
            for choice in choices {
                html("label") { html in
                    html.void(
                        "input", .type("radio"), .name(name), .value(choice.value),
                        .flag("checked", choice.value == value),
                        .flag("required", isRequired), .flag("disabled", isReadOnly))
                    html("span", text: choice.label)
                }
            }
        }
    }

    private func checks(_ choices: [Choice], _ html: inout HTML) {
        let chosen = Set(value.split(separator: ",").map(String.init))
        html("div", .class("cks"), .named("role", "group"), .aria("labelledby", id + "-l"), described) { html in
            html.hidden(name, "")
            for choice in choices {
                html("label") { html in
                    html.void(
                        "input", .type("checkbox"), .name(name), .value(choice.value),
                        .flag("checked", chosen.contains(choice.value)), .flag("disabled", isReadOnly))
                    html("span", text: choice.label)
                }
            }
        }
    }

    private func check(_ html: inout HTML) {
        html("label", .class("tick")) { html in
            html.hidden(name, "false")
            html.void(
                "input", .type("checkbox"), .id(id), .name(name), .value("true"), .flag("checked", value == "true"),
                .flag("disabled", isReadOnly), described)
            html("span", text: label)
        }
    }

    private func files(_ files: [(name: String, size: String, url: String)], _ html: inout HTML) {
        for file in files {
            html("a", .class("att"), .href(file.url)) { html in
                html.icon("paperclip", size: .small)
                html.user(file.name)
                html("span", .class("mut"), text: file.size)
            }
        }
        if isReadOnly { return }
        html("label", .class("drop"), .named("for", id)) { html in
            html.icon("upload")
            html("span", say: Words.dropFiles)
            html.void("input", .type("file"), .id(id), .name(name), .flag("multiple"), described)
        }
    }

    /// A picker. Without scripts the text that was typed is sent as `name.q`, and the server asks which one was meant.
    private func link(_ object: String, _ linked: [Linked], _ createURL: String?, isMany: Bool, _ html: inout HTML) {
        html.open(
            "bt-combobox",
            [
                .data("source", Paths.pick(object)), .data("name", name), .when(isMany, .data("many")),
                .optional("data-create", createURL), .optional("data-field", origin),
                .when(isRequired, .data("required")),
            ])
        if isMany {
            html("span", .class("picked")) { html in
                for record in linked {
                    html("span", .class("chip"), .data("id", record.id)) { html in
                        html.user(record.title)
                        html("button", .type("button"), .data("drop"), .label(html.page[Words.remove])) {
                            $0.icon("x", size: .small)
                        }
                        html.hidden(name, record.id)
                    }
                }
            }
        } else {
            html.hidden(name, linked.first?.id ?? "")
        }
        html.void(
            "input", .class("in"), .id(id), .name(name + ".q"), .type("text"),
            .value(isMany ? "" : linked.first?.title ?? ""), .named("role", "combobox"),
            .aria("expanded", "false"), .aria("autocomplete", "list"), .named("autocomplete", "off"),
            .named("dir", "auto"),
            .named("placeholder", placeholder ?? html.page[Words.searchRecords]), .flag("readonly", isReadOnly),
            invalid, described)
        html.icon("chevron-down", size: .small)
        html.close("bt-combobox")
    }
}
