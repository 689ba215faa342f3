import ArgumentParser
import Foundation

struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the effective settings, without secrets.")

    @OptionGroup var options: DatabaseOptions

    func run() throws {
        let settings = try options.settings()
        for setting in Settings.known {
            let value = settings[setting.name]
            let shown = Self.secret.contains(setting.name) && !value.isEmpty ? "…" : Self.harmless(value)
            print("\(setting.name) = \(shown)    # \(setting.meaning)")
        }
    }

    private static let secret: Set = ["mail_password", "webhook_secret"]

    /// An address without the password in it.
    private static func harmless(_ value: String) -> String {
        guard let scheme = value.range(of: "://"), let at = value.lastIndex(of: "@"), at > scheme.upperBound else {
            return value
        }
        let account = value[scheme.upperBound..<at].split(separator: ":").first ?? ""
        return value[..<scheme.upperBound] + account + ":…" + value[at...]
    }
}
