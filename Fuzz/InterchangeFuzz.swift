import Interchange
import Values

/// Fuzz target: any bytes as an XML file, as a BPMN or DMN file, or as FEEL. Run it by `scripts/fuzz-interchange.sh`.
///
/// Nothing may crash or hang; what is read is written back equal; every error is one of ours.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzInterchange(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let choice = bytes.first else { return 0 }
    let rest = Array(bytes.dropFirst())
    if choice & 1 == 0 { readTree(rest) } else { readFEEL(String(decoding: rest, as: UTF8.self)) }
    return 0
}

private func readTree(_ bytes: [UInt8]) {
    do throws(InterchangeError) {
        let document = try XMLDocument(bytes)
        let written = document.written
        let again = try XMLDocument(written)
        precondition(again == document, "what was read is written back equal")
        do { _ = try BPMNDocument(document).report } catch { precondition(!error.code.isEmpty) }
        let decisions = try DMNDocument(document)
        _ = decisions.report
        var seen = Set<String>()
        for table in decisions.tables where seen.insert(table.id).inserted {
            var changed = decisions
            changed.set(table)
            precondition(changed.xml == document, "setting what is there changes nothing")
        }
    } catch {
        precondition(!error.code.isEmpty, "every error is one of ours")
    }
}

private func readFEEL(_ text: String) {
    do throws(FEELError) {
        let evaluator = FEELEvaluator(names: [:])
        _ = try evaluator.value(of: FEELExpression(text))
    } catch { precondition(!error.code.isEmpty, "every error is one of ours") }
    do throws(FEELError) {
        _ = try FEELEvaluator(names: [:]).matches(FEELTests(text), .null)
    } catch { precondition(!error.code.isEmpty, "every error is one of ours") }
}
