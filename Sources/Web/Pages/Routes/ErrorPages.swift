import Definitions
import Kernel

extension Site {
    /// A refusal as a page, for people.
    func errorPage(_ rejection: Rejection, for exchange: Exchange) -> Reply {
        if rejection.kind == .unauthenticated, exchange.method == "GET" {
            return .redirect(to: Paths.signIn + "?next=" + PercentCode.encode(exchange.target))
        }
        let context = Pages(site: self, exchange: exchange).context(nil)
        let status = rejection.kind.status
        let page =
            switch rejection.kind {
            case .missing: ErrorPage.missing(code: exchange.id)
            default:
                ErrorPage(
                    status: status, title: Self.title(of: rejection.kind), message: rejection.message, code: exchange.id
                )
            }
        return .html(page.document(context), status: status)
    }

    func faultPage(_ message: Label, for exchange: Exchange) -> Reply {
        .html(
            ErrorPage.fault(code: exchange.id).document(Pages(site: self, exchange: exchange).context(nil)), status: 500
        )
    }

    private static func title(of kind: Rejection.Kind) -> Label {
        switch kind {
        case .forbidden: Label(zh: "没有权限", en: "Not allowed")
        case .conflict, .stale: Label(zh: "没有保存", en: "Not saved")
        case .tooMany, .unavailable, .noRoom: Label(zh: "请稍后再试", en: "Try again shortly")
        default: Label(zh: "这一步没有完成", en: "This did not work")
        }
    }
}
