import ArgumentParser
import Foundation

struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the effective settings, without secrets.")

    @OptionGroup var options: DatabaseOptions

    func run() throws {
        let settings = try options.settings()
        for setting in Settings.known {
            print("\(setting.name) = \(Self.harmless(settings[setting.name]))    # \(setting.meaning)")
        }
    }

    /// An address without the password in it.
    private static func harmless(_ value: String) -> String {
        guard let scheme = value.range(of: "://"), let at = value.lastIndex(of: "@"), at > scheme.upperBound else {
            return value
        }
        let account = value[scheme.upperBound..<at].split(separator: ":").first ?? ""
        return value[..<scheme.upperBound] + account + ":…" + value[at...]
    }
}
