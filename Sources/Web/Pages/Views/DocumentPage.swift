import Definitions

/// A printed document before it goes out: the browser's own viewer beside what it says.
struct DocumentPage: Sendable {
    let title: String
    let backURL: String
    let pdfURL: String
    /// Q261120003-V3.pdf · 48 KB · SHA-256 3f9a…
    let fileNote: String
    /// Languages or forms of the same document.
    var variants: [Tabs.Tab] = []
    var facts: [FactList.Fact] = []
    var notes: [Note] = []
    var actions: [Button] = []
}

extension DocumentPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: title, note: fileNote, views: variants, actions: buttons(html.page)))
        html("div", .class("doc")) { html in
            html("div", .class("doc-v no-m")) { html in
                html("iframe", .source(pdfURL), .title(title)) { _ in }
            }
            html("aside", .class("col doc-s")) { html in
                html.add(all: notes)
                html("a", .class("doc-o only-m"), .href(pdfURL)) { html in
                    html.icon("file-text", size: .large)
                    html("span") { html in
                        html("b", say: Words.openPDF)
                        html("span", .class("mut"), text: fileNote)
                    }
                }
                if !facts.isEmpty { html.card(html.page[Words.facts]) { $0.add(FactList(facts: facts)) } }
            }
        }
    }

    private func buttons(_ page: PageContext) -> [Button] {
        actions + [
            Button(text: page[Words.back], target: .link(backURL), icon: "arrow-left"),
            Button(
                text: page[Words.download], target: .link(pdfURL + (pdfURL.contains("?") ? "&" : "?") + "download=1"),
                kind: .primary, icon: "download"),
        ]
    }
}
