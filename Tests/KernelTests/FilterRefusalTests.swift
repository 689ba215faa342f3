import Definitions
import Kernel
import Store
import Testing
import Values

@Suite("A filter that can't be used is refused, not a failure of the house")
struct FilterRefusalTests {
    @Test("A condition that the checker takes is answered, or refused as a filter where the engine can't")
    func tooDeep() async throws {
        let house = try await TestHouse.open()
        var source = "version"
        for _ in 0..<15 { source = "ROUND(MAX(\(source), 1) * 1.5, 0)" }
        let question = ListRecords(object: "company", columns: ["short_name"], filters: [source + " > 1"])
        if house.database.dialect.maximumNesting > 500 {
            _ = try await house.kernel.answer(question, as: .system("test"))
            return await house.end()
        }
        let rejection = try await refused { try await house.kernel.answer(question, as: .system("test")) }
        #expect(rejection.code == "bad_filter")
        #expect(rejection.problems.map(\.code) == ["too_deep"])
        await house.end()
    }

    @Test("What comes as JSON goes out as the same JSON, names in order")
    func inputs() throws {
        let text = #"{"b":[null,true,-1.50,"x\u003c\n"],"a":{"c":{}}}"#
        let input = try JSONText.read(Array(text.utf8))
        #expect(JSONText.write(input) == #"{"a":{"c":{}},"b":[null,true,-1.50,"x\u003c\n"]}"#)
        #expect(throws: JSONError.duplicateKey("a")) { try JSONText.read(Array(#"{"a":1,"a":2}"#.utf8)) }
    }
}
