import Definitions
import Kernel
import Testing
import Values

/// What somebody is told when a new record may be one that is there already.
@Suite(.serialized) struct DuplicateHintTests {
    @Test("A hint at a duplicate names what is in sight; of a record out of sight it says only whom to ask")
    func hints() async throws {
        let house = try await TestHouse.open()
        let more: [String: Input] = ["tax_id": .text("DE-4711"), "website": .text("https://quokka.example")]
        _ = try await house.customer("Quokka Trading GmbH", of: "zhao", more)
        for (field, value) in [("tax_id", "DE-4711"), ("website", "http://www.quokka.example/about")] {
            var texts: [String: String] = [:]
            for login in ["lin", "zhao"] {
                let draft = Draft([
                    "name_en": .text("Fresh Ltd"), "roles": .list([.text("customer")]), "country": .text("DE"),
                    "source": .text("other"), field: .text(value),
                ])
                let outcome = try await house.kernel.perform(
                    Command(.create(object: "company", draft), dryRun: true), as: try await house.actor(login))
                let hint = try #require(outcome.warnings.first { $0.code == "possible_duplicate" })
                texts[login] = hint.message.zh + hint.message.en
            }
            #expect(texts["zhao"]?.contains("Quokka") == true)
            #expect(texts["lin"]?.contains("Quokka") == false)
            #expect(texts["lin"]?.contains("ZHAO") == true)
        }
        await house.end()
    }
}
