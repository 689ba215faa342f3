import CCurl

/// What went wrong on the way to another server.
struct TransferFailure: Sendable {
    let code: CURLcode
    /// The library's own words.
    let text: String

    /// What it means, as far as it is one of those that people can mend.
    var reason: DeliveryReason {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            DeliveryReason(zh: "找不到这台服务器的地址", en: "The server's address can't be found")
        case CURLE_COULDNT_CONNECT: DeliveryReason(zh: "连不上服务器", en: "The server can't be reached")
        case CURLE_OPERATION_TIMEDOUT: DeliveryReason(zh: "服务器没有及时回答", en: "The server did not answer in time")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
            DeliveryReason(
                zh: "服务器的证书不可信，或不是这个主机名的", en: "The server's certificate is not trusted, or is for another host")
        case CURLE_SSL_CACERT_BADFILE:
            DeliveryReason(zh: "读不了证书颁发机构的文件", en: "The file of certificate authorities can't be read")
        case CURLE_USE_SSL_FAILED:
            DeliveryReason(zh: "服务器不提供加密连接", en: "The server offers no encrypted connection")
        case CURLE_SSL_CONNECT_ERROR:
            DeliveryReason(zh: "建立不了加密连接", en: "An encrypted connection could not be made")
        case CURLE_LOGIN_DENIED:
            DeliveryReason(zh: "账号或密码被服务器拒绝", en: "The server refused the account or its password")
        default: DeliveryReason(zh: text, en: text)
        }
    }
}
