import Calculator
import Calendars
import Foundation
import Testing
import Values

@Suite("Bad input of the calculator")
struct BadInputTests {
    private func run(_ kind: String, _ json: String) throws -> (text: String, failures: Int) {
        let results = try calculate(kind: kind, inputs: Data(json.utf8), holidays: .empty)
        return (String(decoding: results.json, as: UTF8.self), results.failures)
    }

    @Test("An element that can't be calculated is an answer of its own, and its neighbours are calculated")
    func neighbours() throws {
        let (text, failures) = try run("cn_capital", #"["1", "one", "2"]"#)
        #expect(text == #"["壹元整",{"error":"wrong_type","message":"amount must be a decimal number"},"贰元整"]"#)
        #expect(failures == 1)
    }

    @Test(
        "Every refusal has its code",
        arguments: [
            ("rounding", #"[{"amount":"1"}]"#, "missing_field"),
            ("rounding", #"[{"amount":"1","currency":"XXX"}]"#, "unknown_currency"),
            ("rounding", #"[{"amount":true,"currency":"USD"}]"#, "wrong_type"),
            ("rounding", #"[7]"#, "wrong_type"),
            ("payment_schedule", #"[{"total":"1","currency":"USD","shares":["0.5","0.4"]}]"#, "shares_do_not_sum"),
            ("payment_schedule", #"[{"total":"1","currency":"USD","shares":[]}]"#, "shares_do_not_sum"),
            ("aql", #"[{"lot":0,"aql":"2.5"}]"#, "out_of_range"),
            ("aql", #"[{"lot":10,"aql":"2.7"}]"#, "unknown_quality_limit"),
            ("aql", #"[{"lot":10,"aql":"2.5","level":"IV"}]"#, "wrong_type"),
            ("aql", #"[{"lot":10.5,"aql":"2.5"}]"#, "wrong_type"),
            ("churn", #"[{"gap":1}]"#, "unknown_field"),
            ("churn", #"[{"order_gap":2}]"#, "out_of_range"),
            ("calendar", #"[{"kind":"sleep","input":{}}]"#, "unknown_kind"),
            (
                "calendar", #"[{"kind":"add_working_days","input":{"start":"2026-02-30","days":1,"country":"CN"}}]"#,
                "wrong_type"
            ),
            (
                "calendar",
                #"[{"kind":"add_working_days","input":{"start":"2026-02-03","days":99999,"country":"CN"}}]"#,
                "out_of_range"
            ),
            (
                "calendar",
                #"[{"kind":"sla_working_hours 18:00-09:00","input":{"start":"2026-02-03T10:00","hours":1,"country":"CN"}}]"#,
                "malformed_hours"
            ),
            ("packing", #"[{"qty":1,"pcs_per_carton":0,"l_cm":1,"w_cm":1,"h_cm":1,"gw_kg":1}]"#, "out_of_range"),
            (
                "packing", #"[{"qty":1,"pcs_per_carton":1,"l_cm":1e-18,"w_cm":1e-18,"h_cm":1e-18,"gw_kg":1}]"#,
                "overflow"
            ),
            ("say_words", #"[{"amount":"1e28","currency":"USD"}]"#, "beyond_words"),
            (
                "price_trading",
                #"[{"P":"1","vat":"0.13","r":"0.13","dom":"0","fx":"7","margin":"0.6","comm":"0.4"}]"#, "no_price_left"
            ),
            ("ddp", #"[{"cif":"1","dest":"0","clear":"0","duty":"0","vat":"0","qty":"0"}]"#, "out_of_range"),
        ])
    func refusals(kind: String, json: String, code: String) throws {
        let (text, failures) = try run(kind, json)
        #expect(text.hasPrefix(#"[{"error":"\#(code)","#), "\(text)")
        #expect(failures == 1)
    }

    @Test("An unknown kind is refused before anything is read")
    func unknownKind() {
        #expect(throws: CalculatorError.unknownKind("kpi")) { try run("kpi", "[]") }
    }

    @Test(
        "What is not a JSON array is refused",
        arguments: [
            "", "{", "[1", "[1,]", "[01]", "[+1]", "[.5]", "[1.]", "[1e]", "nul", #"["\x"]"#, #"["\ud800"]"#, "[1] 2",
            #"[{"a":1,"a":2}]"#, "[\"\u{1}\"]", String(repeating: "[", count: 100_000),
        ])
    func malformed(json: String) {
        #expect(throws: CalculatorError.self) { try run("rounding", json) }
    }

    @Test("A name that stands twice, depth and bad text are told apart from bad grammar")
    func malformedKinds() {
        #expect(throws: CalculatorError.malformedJSON(.syntax(offset: 3))) { try run("rounding", "[1,]") }
        #expect(throws: CalculatorError.malformedJSON(.duplicateKey("a"))) { try run("rounding", #"[{"a":1,"a":2}]"#) }
        #expect(throws: CalculatorError.malformedJSON(.tooDeep)) {
            try run("rounding", String(repeating: "[", count: 100))
        }
        #expect(throws: CalculatorError.malformedJSON(.notUTF8)) {
            try calculate(kind: "rounding", inputs: Data([0x5B, 0x22, 0xFF, 0x22, 0x5D]), holidays: .empty)
        }
        let errors: [JSONError] = [.syntax(offset: 3), .trailing(offset: 3), .duplicateKey("a"), .tooDeep, .notUTF8]
        #expect(Set(errors.map { CalculatorError.malformedJSON($0).message }).count == 4)
    }

    @Test("One value that is not an array is refused by name")
    func notAnArray() {
        #expect(throws: CalculatorError.notAnArray) { try run("rounding", "{}") }
    }

    @Test("Numbers are exact whether they are written as numbers or as texts")
    func exactNumbers() throws {
        let inputs =
            #"[{"amount":1.005,"currency":"USD"},{"amount":"1.005","currency":"USD"},{"amount":0.1e1,"currency":"JPY"}]"#
        #expect(try run("rounding", inputs).text == #"["1.01","1.01","1"]"#)
    }

    @Test("A vector element with its input inside is taken as well")
    func wrapped() throws {
        #expect(try run("rounding", #"[{"input":{"amount":"2","currency":"JPY"},"expect":"2"}]"#).text == #"["2"]"#)
    }

    @Test("No input gives no results")
    func empty() throws {
        let (text, failures) = try run("aql", " [ ] ")
        #expect(text == "[]")
        #expect(failures == 0)
    }
}
