import Flow
import Values

extension Intent {
    var change: RecordChange {
        switch self {
        case .create(let change), .update(let change), .act(_, let change): change
        }
    }
}

extension RecordChange {
    /// Without the links that are already there: they were checked when they were set.
    func onlyNew(comparedTo state: RecordState) -> RecordChange {
        var out = self
        out.values = values.filter { state[$0.key] != $0.value }
        for (name, lines) in lines {
            let old = Dictionary((state.lines[name] ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            out.lines[name] = lines.map { line in
                var line = line
                if let before = old[line.id] { line.values = line.values.filter { before.values[$0.key] != $0.value } }
                return line
            }
        }
        return out
    }
}
