import Definitions
import Kernel
import Values

/// Making a record from anywhere.
extension Desk {
    func quick(_ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, isPost) {
        case (nil, _, false): return try await quickChoice()
        default: throw Rejection.noSuchPath
        }
    }

    /// What may be made, for who has no script: there the palette shows the same.
    private func quickChoice() async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        let text = exchange[query: "q"]?.trimmingSpaces ?? ""
        var content = SearchPage(
            query: text, groups: PaletteCommands(eyes: presentation(frame), text: text, onlyNew: true).groups())
        content.title = Words.makeNew
        content.hint = Words.makeWhat
        content.action = Paths.quick
        return page(content, frame, title: context[Words.makeNew], backURL: Paths.day)
    }
}
