import Definitions
import Foundation

/// A file that a form was sent with, in this step or an earlier one.
struct SentFile: Sendable {
    let name: String
    let bytes: [UInt8]
}

/// Where a drawing or a table of another program is dropped or chosen; the file of the step before goes along, so that it
/// need not be chosen again.
struct FileDrop: Markup {
    /// `BPMN`.
    let format: String
    /// What of the format is read: `BPMN 2.0`.
    let versions: Label
    var kept: SentFile?

    func write(to html: inout HTML) {
        let ending = "." + format.lowercased()
        if let kept {
            html.hidden("kept", Data(kept.bytes).base64EncodedString())
            html.hidden("kept_name", kept.name)
        }
        html("label", .class("drop huge"), .data("drop")) { html in
            html.icon("upload", size: .large)
            html("b") { html in
                html.user(
                    kept?.name
                        ?? html.page[
                            Label(zh: "把 \(ending) 文件拖到这里，或点选", en: "Drop a \(ending) file here, or choose one")])
            }
            html(
                "span",
                say: kept == nil
                    ? Label(zh: "\(versions.zh)，文件原样保存", en: "\(versions.en); the file is kept as it is")
                    : Label(zh: "要换文件就再选一个", en: "Choose another to replace it"))
            html.void(
                "input", .type("file"), .name("file"), .named("accept", ending + ",.xml,application/xml,text/xml"),
                .label(html.page[Label(zh: "\(format) 文件", en: "\(format) file")]))
        }
    }
}
