import Kernel

/// Figures in the text form of Prometheus: each with its kind and what it means.
struct MetricsText {
    private(set) var text = ""

    enum Kind: String { case counter, gauge, histogram }

    /// Begins a figure; its samples follow.
    mutating func begin(_ name: String, _ kind: Kind, _ meaning: String) {
        text += "# HELP \(name) \(meaning)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func sample(_ name: String, _ value: Double) { sample(name, [:], value) }

    mutating func sample(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: Double) {
        let names = labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        text += names.isEmpty ? name : "\(name){\(names)}"
        text += " \(Self.number(value))\n"
    }

    mutating func counter(_ name: String, _ meaning: String, _ value: Double) {
        begin(name, .counter, meaning)
        sample(name, value)
    }

    mutating func gauge(_ name: String, _ meaning: String, _ value: Double) {
        begin(name, .gauge, meaning)
        sample(name, value)
    }

    /// - Parameter counts: how many were at most each bound, not counting those of smaller bounds; one more for the rest.
    mutating func histogram(_ name: String, _ meaning: String, bounds: [Double], counts: [Int], sum: Double) {
        begin(name, .histogram, meaning)
        var total = 0
        for (bound, count) in zip(bounds.map(Self.number) + ["+Inf"], counts) {
            total += count
            sample(name + "_bucket", ["le": bound], Double(total))
        }
        sample(name + "_sum", sum)
        sample(name + "_count", Double(total))
    }

    mutating func write(_ figure: HouseFigure) {
        switch figure.value {
        case .gauge(let value): gauge(figure.name, figure.meaning, value)
        case .counter(let value): counter(figure.name, figure.meaning, value)
        case .histogram(let bounds, let counts, let sum):
            histogram(figure.name, figure.meaning, bounds: bounds, counts: counts, sum: sum)
        }
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
