import Definitions
import Kernel
import Values

/// What makes the site an app of a phone's home screen: manifest, service worker, and the page without a connection.
struct Installed {
    static let name = Label(zh: "接力 Baton", en: "Baton 接力")
    static let shortName = Label(zh: "接力", en: "Baton")

    let site: Site
    let exchange: Exchange

    /// The worker with the addresses of this very version before it: any change of a file makes a new worker.
    func worker() throws -> Reply {
        guard exchange.path.count == 1 else { throw Rejection.noSuchPath }
        let addresses = site.assets.shell
        let seed = addresses.joined(separator: "\n") + String(decoding: site.assets.worker, as: UTF8.self)
        var shell = JSONBuilder()
        shell.object { shell in
            shell.field("version", String(Secrets.hex(Secrets.digest(Array(seed.utf8))).prefix(12)))
            shell.key("urls")
            shell.array { shell in for address in addresses { shell.string(address) } }
            shell.field("offline", Paths.offline)
        }
        return Reply(
            headers: [("content-type", "text/javascript; charset=utf-8"), ("cache-control", "no-cache")],
            body: .bytes(Array("const SHELL = \(shell.text);\n".utf8) + site.assets.worker))
    }

    func offline() throws -> Reply {
        guard exchange.path.count == 1 else { throw Rejection.noSuchPath }
        return .html(OfflinePage().document(Pages(site: site, exchange: exchange).context(nil)))
    }

    func manifest() throws -> Reply {
        guard exchange.path.count == 2, let language = Language(rawValue: exchange.path[1]) else {
            throw Rejection.noSuchPath
        }
        var json = JSONBuilder()
        json.object { json in
            json.field("id", "/")
            json.field("name", Self.name[language])
            json.field("short_name", Self.shortName[language])
            json.field("lang", language == .zh ? "zh-CN" : "en")
            json.field("start_url", "/")
            json.field("scope", "/")
            json.field("display", "standalone")
            json.field("background_color", "#F4F5F7")
            json.field("theme_color", "#171C2B")
            icons(&json)
            shortcuts(language, &json)
            shareTarget(&json)
        }
        return Reply(
            headers: [("content-type", "application/manifest+json; charset=utf-8"), ("cache-control", "no-cache")],
            body: .bytes(json.bytes))
    }

    private func icons(_ json: inout JSONBuilder) {
        json.key("icons")
        json.array { json in
            for (name, size, purpose) in [
                ("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"),
                ("icon-mask-512.png", "512x512", "maskable"),
            ] {
                json.object { json in
                    json.field("src", site.assets.url(name))
                    json.field("sizes", size)
                    json.field("type", "image/png")
                    json.field("purpose", purpose)
                }
            }
        }
    }

    /// A long press on the symbol leads there.
    private func shortcuts(_ language: Language, _ json: inout JSONBuilder) {
        json.key("shortcuts")
        json.array { json in
            for (label, url) in [
                (Words.makeNew, Paths.quick), (Label(zh: "审批", en: "Approvals"), Paths.approvals),
                (Label(zh: "接力板", en: "Relay board"), Paths.relay),
            ] {
                json.object { json in
                    json.field("name", label[language])
                    json.field("url", url)
                }
            }
        }
    }

    private func shareTarget(_ json: inout JSONBuilder) {
        json.key("share_target")
        json.object { json in
            json.field("action", Paths.share)
            json.field("method", "POST")
            json.field("enctype", "multipart/form-data")
            json.key("params")
            json.object { json in
                for name in ["title", "text", "url"] { json.field(name, name) }
                json.key("files")
                json.array { json in
                    json.object { json in
                        json.field("name", "file")
                        json.key("accept")
                        json.array { json in
                            for type in ["image/*", "application/*", "text/*", "audio/*", "video/*"] {
                                json.string(type)
                            }
                        }
                    }
                }
            }
        }
    }
}
