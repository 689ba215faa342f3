import Definitions

extension RecordDetailPage: Markup {
    func write(to html: inout HTML) {
        html("script", .type("application/json"), .data("texts")) {
            $0.scriptTexts(
                Words.recordScripts + Words.composerScripts + Words.presenceScripts + FileWords.scripts)
        }
        html(
            "section", .class("hd id-h"), .data("record", id), .data("edit", canEdit ? Paths.edit(object, id) : ""),
            .data("base", Paths.list(object)), .data("version", String(version))
        ) { html in
            html("div", .class("id")) { html in
                html("div", .class("lgm h" + String(Avatar.hue(title))), .aria("hidden", "true")) { mark(&$0) }
                html("div", .class("id-n")) { identity(&$0) }
                html("div", .class("id-a")) { buttons(&$0) }
            }
            html.add(FigureStrip(figures: figures))
            if let track { legs(track, &html) }
        }
        if isDeleted || !notes.isEmpty || same != nil { banners(&html) }
        html("div", .class("body" + (hasSide ? "" : " two"))) { html in
            html("aside", .class("col facts"), .label(html.page[Words.facts])) { left(&$0) }
            html("div", .class("col mid-c")) { middle(&$0) }
            if hasSide { html("aside", .class("col right"), .label(html.page[Words.nextSteps])) { right(&$0) } }
        }
        dialogs(&html)
    }

    private func legs(_ track: Progress, _ html: inout HTML) {
        let current = track.legs.firstIndex(of: .current) ?? 0
        let place = Label(
            zh: "第 \(current + 1) 棒，共 \(track.legs.count) 棒", en: "leg \(current + 1) of \(track.legs.count)")
        html("div", .class("trk")) { html in
            html("span", .class("seg"), .aria("hidden", "true")) { html in
                for leg in track.legs { html("i", .class(leg.rawValue)) { _ in } }
            }
            html("p", .class("row")) { html in
                html("b", text: track.leg)
                html("span", .class("mut num"), text: html.page[place])
                if !track.holder.isEmpty {
                    html.add(Avatar(name: track.holder, size: .small))
                    html("span") { $0.user(track.holder) }
                }
                if let due = track.due { html.add(due) }
                for link in track.links { html("a", .class("ln"), .href(link.url), text: link.text) }
            }
        }
    }

    private var hasSide: Bool { !steps.isEmpty || addStep != nil || progress != nil || !versions.isEmpty }

    private func mark(_ html: inout HTML) {
        if object == "company" || object == "contact" || object == "user" {
            html.text(Avatar.initials(title).prefix(1).description)
        } else {
            html.icon(objectIcon, size: .large)
        }
    }

    private func identity(_ html: inout HTML) {
        html("div", .class("id-t")) { html in
            html("h1") { $0.user(title) }
            html.add(all: tags)
        }
        html("div", .class("meta")) { html in
            for item in meta {
                html("span") { html in
                    html.icon(item.icon, size: .small)
                    if let url = item.url {
                        html("a", .class("ln"), .href(url)) { $0.user(item.text) }
                    } else if let clock = item.clock {
                        self.clock(clock, item.text, &html)
                    } else {
                        html("span") { $0.user(item.text) }
                    }
                }
            }
        }
    }

    private func clock(_ clock: Meta.Clock, _ time: String, _ html: inout HTML) {
        html("span", say: Words.localTime)
        html("span", .class("num"), .data("zone", clock.zone), .title(clock.zone), text: time)
        html("span", .class("wk" + (clock.isAtWork ? " t-ok" : " mut")), text: clock.state)
        if !clock.shared.isEmpty { html("span", .class("sh num"), text: clock.shared) }
    }

    /// What is usually made from here, in the order of the definition.
    private func makingMenu(_ html: inout HTML) {
        guard let first = making.first else { return }
        if making.count == 1 {
            html("a", .class("btn no-m"), .href(first.url)) { html in
                html.icon("plus")
                html("span", text: first.label)
            }
            return
        }
        let head = html.page[Words.newHere]
        html("details", .class("menu end no-m")) { html in
            html("summary", .class("btn")) { html in
                html.icon("plus")
                html("span", text: head)
                html.icon("chevron-down", size: .small)
            }
            html("div", .class("menu-p")) { html in
                for item in making { html.menuItem(item.label, icon: item.icon, url: item.url) }
            }
        }
    }

    private func buttons(_ html: inout HTML) {
        if let place {
            html("span", .class("mut num nw no-m"), text: html.page[Words.position(place.index, place.count)])
            arrow(place.previousURL, Words.previousRecord, "chevron-left", "k", &html)
            arrow(place.nextURL, Words.nextRecord, "chevron-right", "j", &html)
        }
        if isDeleted {
            html.add(
                Button(
                    text: html.page[Words.restore], target: .post(Paths.restore(object, id), []), kind: .primary,
                    icon: "undo"))
            return
        }
        let shown = shownActions
        makingMenu(&html)
        // Three stand beside one another on a desk; on the phone the one in front waits in the menu.
        let isCrowded = canEdit && shown.count > 1 && shown.contains(where: \.isPrimary)
        let waiting = isCrowded ? shown.filter { !$0.isPrimary } : []
        for action in shown where !action.isPrimary {
            html("span", .class(waiting.isEmpty ? "" : "no-m")) { $0.add(button(action)) }
        }
        if canEdit, !shown.contains(where: { $0.isPrimary && shown.count > 2 }) {
            html.add(Button(text: html.page[Words.edit], target: .link(Paths.edit(object, id)), icon: "pen", key: "E"))
        }
        for action in shown where action.isPrimary { html.add(button(action)) }
        if writesFirst {
            html.add(
                Button(
                    text: html.page[Words.noteShort], target: .link(Paths.record(object, id) + "?note"), kind: .primary,
                    icon: "message", key: "F"))
        }
        moreMenu(Set(shown.map(\.id)), waiting, &html)
    }

    /// Where nothing is the usual next step, one writes what was said; what ends things waits in the menu.
    private var writesFirst: Bool { canNote && isHeld && !actions.contains(where: \.isPrimary) }

    /// The primary action and the two before it stand as buttons, the others in the menu: those that have to wait with
    /// the reason below them.
    private var shownActions: [Action] {
        if writesFirst { return [] }
        let primary = actions.filter(\.isPrimary).prefix(1)
        return Array(actions.filter { !$0.isPrimary && $0.refusal == nil }.prefix(primary.isEmpty ? 2 : 1)) + primary
    }

    private func button(_ action: Action) -> Button {
        Button(
            text: action.label, target: target(action), kind: action.isPrimary ? .primary : .plain, icon: action.icon,
            key: action.key,
            refusal: action.refusal)
    }

    private func target(_ action: Action) -> Button.Target {
        action.inputs.isEmpty
            ? .post(Paths.action(object, id, action.id), [("version", String(version))]) : .dialog("act-" + action.id)
    }

    private func arrow(_ url: String?, _ label: Label, _ icon: String, _ key: String, _ html: inout HTML) {
        guard let url else { return }
        html("a", .class("ib no-m"), .href(url), .label(html.page[label]), .data("key", key)) { $0.icon(icon) }
    }

    /// - Parameter waiting: actions that stand as buttons only where there is room.
    private func moreMenu(_ shown: Set<String>, _ waiting: [Action], _ html: inout HTML) {
        html.menu(html.page[Words.moreActions], classes: "end", icon: "more-horizontal") { html in
            for item in making {
                html("a", .class("on-m"), .href(item.url)) { html in
                    html.icon(item.icon)
                    html("span", text: item.label)
                }
            }
            for action in waiting { html("div", .class("only-m")) { menuAction(action, &$0) } }
            for action in actions where !shown.contains(action.id) { menuAction(action, &html) }
            for document in documents { html.menuItem(document.label, icon: "printer", url: document.url) }
            if canEdit { html.menuItem(html.page[Words.edit], icon: "pen", url: Paths.edit(object, id)) }
            if let mergeURL { html.menuItem(html.page[Words.mergeShort], icon: "copy", url: mergeURL) }
            html.menuItem(html.page[Words.whyVisible], icon: "eye", url: Paths.why(object, id))
            if canDelete {
                html("a", .href("#delete"), .data("dialog", "delete")) { html in
                    html.icon("trash")
                    html("span", say: Words.delete)
                }
            }
        }
    }

    private func menuAction(_ action: Action, _ html: inout HTML) {
        if let refusal = action.refusal {
            html("button", .type("button"), .aria("disabled", "true"), .title(refusal), .class("mut")) { html in
                html.icon(action.icon)
                html("span") { html in
                    html.text(action.label)
                    html("small") { $0.user(refusal) }
                }
            }
        } else if action.inputs.isEmpty {
            html.menuPost(
                action.label, icon: action.icon, url: Paths.action(object, id, action.id),
                fields: [("version", String(version))])
        } else {
            html("a", .href("#act-" + action.id), .data("dialog", "act-" + action.id)) { html in
                html.icon(action.icon)
                html("span", text: action.label)
            }
        }
    }

    private func banners(_ html: inout HTML) {
        html("div", .class("banners")) { html in
            if isDeleted { html.add(Note(tone: .warn, text: html.page[Words.deletedBanner])) }
            html.add(all: notes)
            if let same {
                html("div", .class("note warn")) { html in
                    html.icon("copy", size: .small)
                    html("span") { html in
                        html.user(same.text)
                        html.append(" ")
                        html("a", .class("ln"), .href(same.url), say: Words.compareAndMerge)
                    }
                }
            }
        }
    }

    private func dialogs(_ html: inout HTML) {
        for action in actions where !action.inputs.isEmpty && action.refusal == nil {
            html.dialog("act-" + action.id, title: action.label) { html in
                html.form(Paths.action(object, id, action.id), .data("form")) { html in
                    html.hidden("version", String(version))
                    html("div", .class("dl-b")) { $0.add(all: action.inputs) }
                    dialogFoot(
                        Button(
                            text: action.label, target: .submit(name: nil, value: nil), kind: .primary,
                            icon: action.icon), &html)
                }
            }
        }
        if canDelete {
            html.dialog("delete", title: html.page[Words.deleteQuestion(title)]) { html in
                html.form(Paths.delete(object, id)) { html in
                    html.hidden("version", String(version))
                    html("div", .class("dl-b")) { $0("p", .class("t2"), say: Words.confirmDelete) }
                    dialogFoot(
                        Button(
                            text: html.page[Words.delete], target: .submit(name: nil, value: nil), kind: .danger,
                            icon: "trash"), &html)
                }
            }
        }
    }

    private func dialogFoot(_ button: Button, _ html: inout HTML) {
        html("div", .class("dl-f")) { html in
            html("a", .class("btn g"), .href("#"), .data("close"), say: Words.cancel)
            html.add(button)
        }
    }
}
