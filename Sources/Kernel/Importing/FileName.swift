/// The name of an upload as people may see it.
enum FileName {
    /// Its last part, without control characters and changes of direction, at most 120 characters.
    static func shown(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? "file"
        var out = String.UnicodeScalarView()
        for scalar in last.unicodeScalars.prefix(120) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: continue
            default: out.append(scalar)
            }
        }
        return out.isEmpty ? "file" : String(out)
    }
}
