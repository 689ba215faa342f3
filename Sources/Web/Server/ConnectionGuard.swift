import HTTPTypes
package import HummingbirdCore
package import NIOCore
import NIOHTTP1
package import NIOHTTPTypes

/// Ends connections that trickle or overflow, with the status that says why.
///
/// - A request whose head does not arrive within `headLimit`, or whose body stalls that long, gets 408.
/// - Header fields beyond the decoder's limit get 431 instead of the framework's 400.
package final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    private static let headLimit = TimeAmount.seconds(20)

    /// Only touched on the channel's event loop.
    private var deadline: Scheduled<Void>?
    private var isAnswering = false

    /// HTTP/1.1 with this guard on every connection; a connection that nobody uses is closed after 75 seconds.
    package static func server() -> HTTPServerBuilder {
        .http1(configuration: .init(additionalChannelHandlers: [ConnectionGuard()], idleTimeout: .seconds(75)))
    }

    package func handlerAdded(context: ChannelHandlerContext) { arm(context) }

    package func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    package func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head, .body: arm(context)
        case .end:
            deadline?.cancel()
            isAnswering = true
        }
        context.fireChannelRead(data)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { isAnswering = false }
        context.write(data, promise: promise)
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError, error == .headerOverflow, !isAnswering {
            refuse(context, status: .requestHeaderFieldsTooLarge)
        } else {
            context.fireErrorCaught(error)
        }
    }

    private func arm(_ context: ChannelHandlerContext) {
        deadline?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: Self.headLimit) {
            let (guardian, context) = bound.value
            guardian.refuse(context, status: .requestTimeout)
        }
    }

    private func refuse(_ context: ChannelHandlerContext, status: HTTPResponse.Status) {
        deadline?.cancel()
        let head = HTTPResponse(status: status, headerFields: [.connection: "close", .contentLength: "0"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in bound.value.close(promise: nil) }
    }
}
