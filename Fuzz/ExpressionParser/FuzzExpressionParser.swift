import Expressions
import Values

/// Every name is a field of every object, with a type told by its first letter, so that random text gets past the
/// names into the rules of types.
private struct AnySchema: ExpressionSchema {
    func field(_ id: String, of object: String) -> ExpressionField? {
        switch id.utf8.first {
        case 0x61: ExpressionField(id: id, type: .decimal(scale: 4))
        case 0x62: ExpressionField(id: id, type: .bool)
        case 0x63: ExpressionField(id: id, type: .text, codes: ["a", "b"])
        case 0x64: ExpressionField(id: id, type: .day)
        case 0x69: ExpressionField(id: id, type: .instant)
        case 0x6C: ExpressionField(id: id, type: .lines(object: "line"), parentField: "parent")
        case 0x72: ExpressionField(id: id, type: .record(object: "other"))
        case 0x74: ExpressionField(id: id, type: .list(.text))
        default: nil
        }
    }

    func fieldIDs(of object: String) -> [String] { ["amount", "busy", "code", "date", "lines", "record", "tags"] }
}

private struct EmptyRow: FieldSource {
    func value(at path: FieldPath) -> Value { .null }
    func lines(at path: FieldPath) -> [any FieldSource] { [EmptyRow()] }
}

/// One run of libFuzzer, which finds the function by its C name: whatever the bytes, the checker answers with an expression or with diagnostics inside the
/// source, and what it accepts has a value or an `EvaluationError`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzExpressionParser(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let source = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    switch ExpressionChecker(schema: AnySchema()).check(source, on: "thing") {
    case .success(let expression):
        let context = EvaluationContext(now: Instant(milliseconds: 0), today: Day(number: 0))
        // An overflow is a fair answer; only a crash is not.
        _ = try? expression.evaluate(EmptyRow(), context)
    case .failure(let diagnostics):
        precondition(!diagnostics.items.isEmpty, "a refusal says why")
        for item in diagnostics.items {
            precondition(
                item.offset >= 0 && item.offset + item.length <= source.utf8.count, "\(item.code) lies outside")
        }
    }
    return 0
}
