import Definitions
import Expressions
import Foundation
import Values

/// The packs of this checkout, built once.
enum ShippedPacks {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Packs").path
    static let packs = ["base", "trade"].map { Pack.load(directory: folder + "/" + $0) }
    static let result = ModelBuilder.build(packs: packs, references: references, version: 1, functions: functions)

    /// Stand-ins for the installed reference tables: the packs must build without their content.
    private static let references = [
        list("country", ["CN", "DE", "US"]), list("currency", ["CNY", "USD", "EUR"]), list("language", ["zh", "en"]),
        list("time_zone", ["Asia/Shanghai"]), list("port", ["CNNBO", "DEHAM"]), list("hs", []),
    ]

    /// Stand-in for the working calendar: every day counts.
    private static let functions = [
        ExternalFunction(name: "ADDWORKDAYS", parameters: [.day, .decimal(scale: 0)], result: .day) { arguments in
            guard let from = arguments[0].day, let days = arguments[1].decimal else { return .null }
            return .day(from.adding(days: Int(days.floor)))
        }
    ]

    private static func list(_ id: String, _ codes: [String]) -> CodeList {
        CodeList(
            id: id, label: Label(zh: id, en: id), codes: codes.map { Code(code: $0, label: Label(zh: $0, en: $0)) })
    }

    /// A file beside the tests.
    static func text(_ path: String) throws -> String {
        try String(
            contentsOfFile: URL(filePath: #filePath).deletingLastPathComponent().appending(path: path).path,
            encoding: .utf8)
    }
}
