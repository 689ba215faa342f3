import Definitions
import Kernel
import Values

/// A JSON object in a request body, with refusals that name the place.
struct BodyObject {
    let parts: [String: Input]

    init(_ exchange: Exchange) throws(Rejection) {
        guard exchange.contentType == "application/json", exchange.headers["content-encoding"] == nil else {
            throw .wrongContentType
        }
        guard !exchange.body.isEmpty else {
            parts = [:]
            return
        }
        let input: Input
        do {
            input = try JSONText.read(exchange.body)
        } catch {
            throw .unreadableJSON(error)
        }
        guard case .object(let parts) = input else { throw .notAnObject }
        self.parts = parts
    }

    init(_ input: Input) throws(Rejection) {
        guard case .object(let parts) = input else { throw .notAnObject }
        self.parts = parts
    }

    /// Refuses properties that nobody reads.
    func allow(_ names: String...) throws(Rejection) { try allow(names: names) }

    func allow(names: [String]) throws(Rejection) {
        let unknown = parts.keys.filter { !names.contains($0) }.sorted()
        guard unknown.isEmpty else { throw .unknownProperties(unknown) }
    }

    func text(_ name: String) throws(Rejection) -> String {
        guard let text = optionalText(name), !text.isEmpty else { throw .missingProperty(name) }
        return text
    }

    /// Text, or a number as written.
    func optionalText(_ name: String) -> String? {
        switch parts[name] {
        case .text(let text): text
        case .number(let digits): digits
        default: nil
        }
    }

    func flag(_ name: String) -> Bool { parts[name] == .bool(true) }

    func texts(_ name: String) throws(Rejection) -> [String] {
        guard let input = parts[name] else { return [] }
        guard case .list(let items) = input else { throw .missingProperty(name) }
        var out: [String] = []
        for item in items {
            guard case .text(let text) = item else { throw .missingProperty(name) }
            out.append(text)
        }
        return out
    }

    func measures(_ name: String) throws(Rejection) -> [GroupRecords.Measure] {
        guard case .list(let items)? = parts[name] else { return [] }
        var out: [GroupRecords.Measure] = []
        for item in items {
            let part = try BodyObject(item)
            try part.allow("id", "function", "of")
            guard let function = GroupRecords.Function(rawValue: try part.text("function")) else {
                throw .missingProperty(name + ".function")
            }
            let of = part.optionalText("of")
            out.append(.init(id: part.optionalText("id") ?? function.rawValue, function: function, of: of))
        }
        return out
    }
}

extension Rejection {
    static let noSuchPath = Rejection(
        .missing, code: "not_found", message: Label(zh: "没有这个页面或记录", en: "There is no such page or record"))
    static let wrongMethod = Rejection(
        .missing, code: "not_found", message: Label(zh: "没有这个操作", en: "There is no such operation"))
    static let unauthenticated = Rejection(
        .unauthenticated, code: "unauthenticated", message: Label(zh: "请先登录", en: "Please sign in first"))
    static let forgedForm = Rejection(
        .forbidden, code: "form_expired",
        message: Label(zh: "页面已过期，没有保存。请刷新后再提交", en: "The page has expired; nothing was saved. Reload and send again"))
    static let wrongContentType = Rejection(
        .unsupportedMedia, code: "unsupported_media_type",
        message: Label(zh: "请求内容须为 application/json", en: "The body must be application/json"))
    static let notAnObject = Rejection(
        .malformed, code: "not_an_object",
        message: Label(zh: "请求内容须为一个 JSON 对象", en: "The body must be one JSON object"))

    static func unreadableJSON(_ error: JSONError) -> Rejection {
        let message: Label
        switch error {
        case .syntax(let offset), .trailing(let offset):
            message = Label(zh: "JSON 在第 \(offset) 字节处有误", en: "The JSON is wrong at byte \(offset)")
        case .duplicateKey(let key):
            let name = String(key.prefix(60))
            message = Label(zh: "属性“\(name)”出现了两次", en: "The property “\(name)” is there twice")
        case .tooDeep: message = Label(zh: "JSON 嵌套太深", en: "The JSON is nested too deeply")
        case .notUTF8: message = Label(zh: "内容不是有效的 UTF-8", en: "The body is not valid UTF-8")
        }
        return Rejection(.malformed, code: "malformed_json", message: message)
    }

    static func unknownProperties(_ names: [String]) -> Rejection {
        let problems = names.map {
            Problem(
                field: String($0.prefix(80)), code: "unknown_field",
                message: Label(zh: "没有这个字段", en: "There is no such field"))
        }
        return Rejection(
            .invalid, code: "unknown_field",
            message: Label(zh: "有不认识的字段，没有保存", en: "Unknown fields; nothing was saved"),
            problems: problems)
    }

    static func notText(_ name: String) -> Rejection {
        let message = Label(zh: "须为文字", en: "This must be text")
        return Rejection(
            .invalid, code: "wrong_type", message: message,
            problems: [Problem(field: name, code: "wrong_type", message: message)])
    }

    static func notWhole(_ name: String) -> Rejection {
        let message = Label(zh: "须为整数", en: "This must be a whole number")
        return Rejection(
            .invalid, code: "wrong_type", message: message,
            problems: [Problem(field: name, code: "wrong_type", message: message)])
    }

    static func missingProperty(_ name: String) -> Rejection {
        Rejection(
            .invalid, code: "required", message: Label(zh: "缺少“\(name)”", en: "“\(name)” is missing"),
            problems: [Problem(field: name, code: "required", message: Label(zh: "请填写", en: "Please fill this in"))])
    }
}
