import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// The only place that knows the web framework: turns its requests into exchanges and replies into its responses.
package struct Adapter: HTTPResponder {
    package typealias Context = ConnectionContext

    private let site: Site
    private let trustsProxy: Bool

    package init(site: Site, trustsProxy: Bool) {
        self.site = site
        self.trustsProxy = trustsProxy
    }

    package func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let id = RequestNumber.next()
        if let refusal = Gate.refusal(of: request) { return response(site.refuse(refusal, id: id, isAPI: true)) }
        guard let path = Self.segments(request.uri.path), let query = PercentCode.form(request.uri.query ?? "") else {
            return response(site.refuse(.malformedTarget, id: id, isAPI: true))
        }
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        headers["host"] = request.head.authority
        let limit: Int
        do {
            limit = try await site.bodyLimit(path: path, headers: headers)
        } catch {
            // Who it is can't be known now; the answer itself will say so.
            limit = Site.usualBody
        }
        let body: [UInt8]
        do {
            var buffer = try await request.body.collect(upTo: limit)
            body = buffer.readBytes(length: buffer.readableBytes) ?? []
        } catch is NIOTooManyBytesError {
            return response(site.refuse(.tooLarge(limit), id: id, isAPI: path.first == "api"))
        }
        let exchange = Exchange(
            method: request.method.rawValue, path: path, query: query, headers: headers, body: body,
            source: source(headers, context: context), id: id)
        return response(await site.respond(to: exchange))
    }

    private func source(_ headers: [String: String], context: ConnectionContext) -> String {
        if trustsProxy, let forwarded = headers["x-forwarded-for"]?.split(separator: ",").last {
            return String(forwarded).trimmingSpaces
        }
        return context.peer
    }

    private static func segments(_ path: String) -> [String]? {
        var out: [String] = []
        for part in path.split(separator: "/") {
            guard let segment = PercentCode.decode(part), segment != "..", segment != "." else { return nil }
            out.append(segment)
        }
        return out
    }

    private func response(_ reply: Reply) -> Response {
        var fields = HTTPFields()
        for (name, value) in reply.headers {
            guard let field = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: field, value: value))
        }
        let status = HTTPResponse.Status(code: reply.status)
        switch reply.body {
        case .bytes(let bytes):
            return Response(status: status, headers: fields, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        case .stream(let chunks):
            return Response(
                status: status, headers: fields,
                body: .init { writer in
                    for await chunk in chunks { try await writer.write(ByteBuffer(bytes: chunk)) }
                    try await writer.finish(nil)
                })
        }
    }
}

/// What the framework tells about the connection of a request.
package struct ConnectionContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    package let peer: String

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? "local"
    }
}

/// Requests that are refused before any handler sees them.
enum Gate {
    static func refusal(of request: Request) -> Site.Refusal? {
        let headers = request.headers
        guard let host = request.head.authority, !host.isEmpty else { return .missingHost }
        if let override = HTTPField.Name("X-HTTP-Method-Override"), headers[override] != nil { return .method }
        switch request.method {
        case .get, .head, .post, .patch, .delete: break
        default: return .method
        }
        guard request.uri.string.utf8.count <= 16_384 else { return .targetTooLong }
        return nil
    }
}

/// Short ids that name a request in the log and in an answer about our defect.
enum RequestNumber {
    static func next() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(UInt64.random(in: .min ... .max, using: &generator), radix: 36)
    }
}
