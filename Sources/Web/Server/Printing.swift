import Definitions
import Documents
import Kernel

extension Site {
    /// The document of a record as PDF, rendered on the printer's own thread.
    func printed(_ question: DocumentOf, as actor: Actor, download: Bool) async throws -> Reply {
        let document = try await kernel.answer(question, as: actor)
        let result: PDFResult
        do {
            result = try await printer.render(document)
        } catch PDFError.busy {
            throw Rejection(
                .unavailable, code: "printer_busy",
                message: Label(zh: "正在打印的单据太多，请稍候", en: "Too many documents are being made; wait a moment"),
                retryAfter: 3)
        } catch PDFError.tooLong {
            throw Rejection(
                .invalid, code: "document_too_long",
                message: Label(
                    zh: "单据太长，打印不了：请分成几份", en: "The document is too long to be printed; split it into several"))
        }
        let version = document.version > 0 ? "-V\(document.version)" : ""
        let name = document.number.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } + version + ".pdf"
        return Reply(
            headers: [
                ("content-type", "application/pdf"), ("cache-control", "private, no-store"),
                ("content-disposition", (download ? "attachment" : "inline") + "; filename=\"\(name)\""),
                ("etag", "\"" + result.hash + "\""),
            ], body: .bytes(result.bytes))
    }
}
