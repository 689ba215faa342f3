import Store

/// What the error codes of PostgreSQL (SQLSTATE) mean for the store.
enum PostgresFailure {
    /// - Parameter detail: the server's own, in its language; only what stands in brackets is read.
    static func error(state: String, message: String, detail: String) -> StoreError {
        let text = message.split(separator: "\n").first.map(String.init) ?? message
        switch state {
        case "23505": return .duplicate(field: column(in: detail))
        case "23503": return .parentMissing
        case "22003": return .overflow
        case "P0001": return text.contains("read-only:") ? .readOnly : .sealed(text)
        case "53100": return .full(text)
        default: break
        }
        let transient: Set<String> = [
            "25006",  // read only: the server became a standby
            "25P03",  // idle in a transaction for too long
            "40001", "40P01",  // came in each other's way
            "55P03",  // a lock was not had in time
            "57014", "57P01", "57P02", "57P03", "57P05",  // cancelled, shut down, starting
        ]
        // 08 connection, 53 disk, memory or connections exhausted, 58 the machine itself, XX damaged data
        let classes: Set<Substring> = ["08", "53", "58", "XX"]
        if transient.contains(state) || classes.contains(state.prefix(2)) {
            return .unavailable(text + " (PostgreSQL \(state))")
        }
        return .broken(text + " (PostgreSQL \(state))")
    }

    /// A plan that a connection kept answers with other columns than before: the tables have changed since.
    static func isStalePlan(state: String) -> Bool { state == "0A000" }

    /// The first column in `Key (f_code, f_country)=(A-1, DE) already exists.`, whatever the language.
    private static func column(in detail: String) -> String {
        guard let open = detail.firstIndex(of: "(") else { return detail }
        let list = detail[detail.index(after: open)...].prefix { $0 != ")" && $0 != "," }
        return list.filter { $0 != "\"" }
    }
}
