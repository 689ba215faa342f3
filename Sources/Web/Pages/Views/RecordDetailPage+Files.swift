import Definitions
import Kernel

extension RecordDetailPage {
    /// Files of one field with their versions, and a plain form for more; scripts add dropping, pasting and the camera.
    func shelf(_ shelf: FileShelf, _ index: Int, _ html: inout HTML) {
        html.card(
            shelf.label, count: shelf.files.isEmpty ? nil : shelf.files.count, classes: "shelf",
            id: index == 0 ? "files" : nil
        ) { html in
            for file in shelf.files {
                html("div", .class("row shelf-f")) { html in
                    line(file, &html)
                    if let url = file.removeURL {
                        html.add(
                            Button(
                                text: html.page[Words.remove], target: .post(url, []), icon: "x", isIconOnly: true))
                    }
                }
                if !file.older.isEmpty { older(file.older, &html) }
            }
            if let url = shelf.uploadURL { upload(url, shelf.label, &html) }
        }
    }

    private func line(_ file: FileShelf.File, _ html: inout HTML) {
        let kind: Attribute = file.viewURL == nil ? .none : .data("view", file.isPicture ? "picture" : "pdf")
        html("a", .class("att"), .href(file.viewURL ?? file.url), .title(file.name), kind, .data("file", file.url)) {
            html in
            html.icon(file.isPicture ? "eye" : file.viewURL == nil ? "paperclip" : "file-text", size: .small)
            html("span", .class("shelf-n")) { $0.user(file.name) }
            html("small", .class("mut num")) { html in
                if file.version > 1 { html("b", say: FileWords.version(file.version)) }
                html.user([file.version > 1 ? " " : "", file.size, " · ", file.note].joined())
            }
        }
        if file.viewURL != nil {
            html.add(
                Button(text: html.page[Words.download], target: .link(file.url), icon: "download", isIconOnly: true))
        }
    }

    private func older(_ files: [FileShelf.File], _ html: inout HTML) {
        html("details", .class("shelf-v")) { html in
            html("summary", say: FileWords.versions(files.count + 1))
            html("ol") { html in
                for file in files {
                    html("li", .class("row shelf-f")) { line(file, &$0) }
                }
            }
        }
    }

    private func upload(_ url: String, _ label: String, _ html: inout HTML) {
        html(
            "form", .class("shelf-u"), .named("method", "post"), .named("enctype", "multipart/form-data"),
            .action(url), .data("files", String(FileCommand.largest >> 20))
        ) { html in
            html.hidden("csrf", html.formToken)
            html.void(
                "input", .type("file"), .name("file"), .class("in"), .label(label), .flag("required"))
            html("button", .class("btn"), .type("submit")) { html in
                html.icon("upload")
                html("span", say: FileWords.upload)
            }
            html("label", .class("btn"), .data("pick", ""), .flag("hidden")) { html in
                html.icon("upload")
                html("span", say: FileWords.choose)
                html.void("input", .type("file"), .class("vh"), .flag("multiple"), .label(html.page[FileWords.choose]))
            }
            html("label", .class("btn"), .data("camera", ""), .flag("hidden")) { html in
                html.icon("camera")
                html("span", say: FileWords.camera)
                html.void(
                    "input", .type("file"), .class("vh"), .named("accept", "image/*"),
                    .named("capture", "environment"), .label(html.page[FileWords.camera]))
            }
            html("small", .class("mut no-m"), .data("hint", ""), .flag("hidden"), say: FileWords.drop)
        }
    }
}
