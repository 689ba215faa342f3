import Definitions

/// All keys in groups: a page that prints on one sheet, and what the key `?` shows.
struct KeyMapPage: Markup {
    func write(to html: inout HTML) {
        html("header", .class("hp-h")) { html in
            html("h1", say: Words.keyMap)
            html("span", .class("sp")) { _ in }
            html.add(Button(text: html.page[Words.print], target: .script("print"), icon: "printer"))
        }
        html("div", .class("km"), .id("key-map")) { html in
            for group in KeyMap.groups {
                html("section", .class("card")) { html in
                    html("h2", say: group.title)
                    html("dl") { html in for key in group.keys { write(key, &html) } }
                }
            }
        }
        html(
            "p", .class("mut"),
            say: Label(
                zh: "在输入框里单个字母不起作用；用输入法打字时快捷键不会触发。Mac 上 Ctrl 换成 ⌘。",
                en:
                    """
                    Single letters do nothing while you type in a field, and no key acts while an input \
                    method is at work. On a Mac, ⌘ in place of Ctrl.
                    """
            ))
    }

    private func write(_ key: KeyMap.Key, _ html: inout HTML) {
        html("dt") { html in
            for (position, stroke) in key.strokes.enumerated() {
                if position > 0 { html("span", .class("mut"), text: " / ") }
                for part in stroke.split(separator: " ") { html("kbd", text: String(part)) }
            }
        }
        html("dd", say: key.does)
    }
}
