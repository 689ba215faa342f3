import Values

/// Comparisons of values of one type, with null for unknown.
enum Comparing {
    static func value(_ comparison: Comparison, _ a: Value, _ b: Value) -> Value {
        guard !a.isNull, !b.isNull else { return .null }
        switch comparison {
        case .equal: return .bool(isSame(a, b))
        case .notEqual: return .bool(!isSame(a, b))
        case .less: return .bool(order(a, b) < 0)
        case .lessOrEqual: return .bool(order(a, b) <= 0)
        case .greater: return .bool(order(a, b) > 0)
        case .greaterOrEqual: return .bool(order(a, b) >= 0)
        }
    }

    /// Texts are the same by code points, not by canonical equivalence as `String` sees it.
    static func isSame(_ a: Value, _ b: Value) -> Bool {
        if case .text(let x) = a, case .text(let y) = b { return x.utf8.elementsEqual(y.utf8) }
        return a == b
    }

    /// Negative, zero or positive. The order of UTF-8 bytes is the order of code points.
    static func order(_ a: Value, _ b: Value) -> Int {
        switch (a, b) {
        case (.text(let x), .text(let y)):
            x.utf8.lexicographicallyPrecedes(y.utf8) ? -1 : x.utf8.elementsEqual(y.utf8) ? 0 : 1
        case (.decimal(let x), .decimal(let y)): sign(x, y)
        case (.real(let x), .real(let y)): sign(x, y)
        case (.day(let x), .day(let y)): sign(x, y)
        case (.instant(let x), .instant(let y)): sign(x, y)
        default: 0
        }
    }

    static func isOneOf(_ tested: Value, _ items: ArraySlice<Value>) -> Value {
        guard !tested.isNull else { return .null }
        if items.contains(where: { isSame($0, tested) }) { return .bool(true) }
        return items.contains(.null) ? .null : .bool(false)
    }

    /// A blank list holds nothing. A list of texts is searched as it is stored, `,a,b,`.
    static func isIn(_ tested: Value, list: Value) -> Value {
        switch tested {
        case .null: return .null
        case .text(let text):
            guard case .list(let items) = list, !items.isEmpty else { return .bool(false) }
            let stored = "," + items.compactMap(\.text).joined(separator: ",") + ","
            return .bool(Texts.position(of: "," + text + ",", in: stored) > 0)
        default:
            guard case .list(let items) = list else { return .bool(false) }
            return .bool(items.contains(tested))
        }
    }

    private static func sign<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : a == b ? 0 : 1 }
}
