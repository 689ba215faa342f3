import Definitions
import Kernel
import Values

extension Site {
    /// Requests refused at the gate, before any handler.
    enum Refusal: Sendable {
        case missingHost
        case method
        case targetTooLong
        case malformedTarget
        case tooLarge(Int)
    }

    func refuse(_ refusal: Refusal, id: String, isAPI: Bool) -> Reply {
        let problem: (Int, String, Label)
        switch refusal {
        case .missingHost:
            problem = (400, "missing_host", Label(zh: "请求缺少 Host", en: "The request has no Host header"))
        case .method:
            problem = (405, "method_not_allowed", Label(zh: "这里不支持这种请求方法", en: "This method is not supported here"))
        case .targetTooLong:
            problem = (414, "target_too_long", Label(zh: "网址太长", en: "The address is too long"))
        case .malformedTarget:
            problem = (400, "malformed_target", Label(zh: "网址无法识别", en: "The address can't be read"))
        case .tooLarge(let limit):
            let mebibytes = max(1, limit >> 20)
            problem = (
                413, "too_large",
                Label(zh: "内容超过 \(mebibytes) MB 的上限", en: "The content is over the limit of \(mebibytes) MB")
            )
        }
        var reply = Self.problem(status: problem.0, code: problem.1, message: problem.2)
        reply.headers += [("x-request-id", id), ("connection", "close"), ("x-content-type-options", "nosniff")]
        if problem.0 == 405 { reply.headers.append(("allow", "GET, HEAD, POST, PATCH, DELETE")) }
        return reply
    }

    /// An RFC 9457 problem document: the one error shape of the API.
    static func problem(
        status: Int, code: String, message: Label, problems: [Problem] = [], retryAfter: Int? = nil,
        request: String? = nil
    ) -> Reply {
        var writer = JSONBuilder()
        writer.object { writer in
            writer.field("type", "/problems/" + code)
            writer.field("title", message.en)
            writer.key("status")
            writer.int(status)
            writer.field("code", code)
            writer.key("message")
            writer.label(message)
            if let request { writer.field("request", request) }
            writer.key("errors")
            writer.array { writer in
                for problem in problems {
                    writer.object { writer in
                        writer.key("field")
                        if let field = problem.field { writer.string(field) } else { writer.null() }
                        writer.field("code", problem.code)
                        writer.key("message")
                        writer.label(problem.message)
                    }
                }
            }
        }
        var reply = Reply(
            status: status,
            headers: [("content-type", "application/problem+json; charset=utf-8"), ("cache-control", "no-store")],
            body: .bytes(writer.bytes))
        if let retryAfter { reply.headers.append(("retry-after", String(retryAfter))) }
        return reply
    }

    func render(_ rejection: Rejection, for exchange: Exchange) -> Reply {
        guard exchange.isAPI || exchange.headers["accept"]?.contains("json") == true else {
            return errorPage(rejection, for: exchange)
        }
        return Self.problem(
            status: rejection.kind.status, code: rejection.code, message: rejection.message,
            problems: rejection.problems, retryAfter: rejection.retryAfter)
    }

    func renderFault(code: String, for exchange: Exchange) -> Reply {
        let message = Label(
            zh: "系统出错了，没有写入任何内容。请把编号 \(exchange.id) 告诉管理员",
            en:
                "Something broke on our side; nothing was written. Please give the code \(exchange.id) to your administrator"
        )
        guard exchange.isAPI || exchange.headers["accept"]?.contains("json") == true else {
            return faultPage(message, for: exchange)
        }
        return Self.problem(status: 500, code: code, message: message, request: exchange.id)
    }
}

extension Rejection.Kind {
    var status: Int {
        switch self {
        case .malformed: 400
        case .unauthenticated: 401
        case .forbidden: 403
        case .missing: 404
        case .conflict: 409
        case .stale: 412
        case .tooLarge: 413
        case .unsupportedMedia: 415
        case .invalid: 422
        case .preconditionRequired: 428
        case .tooMany: 429
        case .unavailable: 503
        case .noRoom: 507
        }
    }
}
