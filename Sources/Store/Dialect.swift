/// The words in which database engines differ. No other file of this room knows an engine.
///
/// Exact numbers are 64-bit integers in SQL. `sum`, `difference` and `product` may leave their result outside that
/// range in an engine's own way; `exact` makes such a result null. Both are needed around every arithmetic.
package protocol Dialect: Sendable {
    /// The placeholder of the `index`th binding, counted from 1.
    func placeholder(_ index: Int, for value: SQLValue) -> String
    func quoted(_ identifier: String) -> String
    func type(_ kind: ColumnKind) -> SQLFragment
    /// Stands after the closing bracket of CREATE TABLE.
    var tableSuffix: SQLFragment { get }

    /// A key of ORDER BY in which null is smaller than every value.
    func sorted(_ key: SQLFragment, descending: Bool) -> SQLFragment
    /// A column of an index that answers `sorted` forwards and backwards.
    func indexed(_ column: SQLFragment) -> SQLFragment
    /// Ends a SELECT of rows that its transaction takes for itself, passing over those that another has taken.
    var passingOverTaken: SQLFragment { get }
    /// Scripts that make the log refuse to grow, whoever asks, with the text `read-only: …`; or let it grow again.
    func standstill(_ isOn: Bool) -> [String]
    /// Something of the person in whose name a block reads, as row-level security asks for it; computed once for each
    /// statement. Nil for an engine without row-level security.
    func sight(_ item: SightItem) -> SQLFragment?
    /// A condition in the text of such a rule, which takes no placeholders; nil likewise.
    func rule(_ condition: SQLFragment) -> String?
    /// A question that must be asked after rows came in with numbers of their own; nil when none must.
    var afterLoading: SQLFragment? { get }

    func literal(_ flag: Bool) -> SQLFragment
    /// NULL as a value of this kind, or as a floating-point number for nil.
    func null(_ kind: ColumnKind?) -> SQLFragment
    /// Deepest nesting of brackets, calls and selects that the engine's parser takes, in the measure of
    /// `SQLFragment.nesting`.
    var maximumNesting: Int { get }

    /// Ends a SELECT whose columns are each to be computed once, however often they are used outside.
    var computedOnce: SQLFragment { get }

    func sum(_ a: SQLFragment, _ b: SQLFragment) -> SQLFragment
    func difference(_ a: SQLFragment, _ b: SQLFragment) -> SQLFragment
    func product(_ a: SQLFragment, _ b: SQLFragment) -> SQLFragment
    /// Whether `exact` is more than the identity: the operands of an arithmetic may then be left unguarded.
    var defersOverflow: Bool { get }
    /// `a`, or null if arithmetic inside it left 64 bits. `a` stands twice in the result.
    func exact(_ a: SQLFragment) -> SQLFragment
    /// Total of the integers in column `v` of a FROM item, 0 without rows, null when it leaves 64 bits.
    func total(of v: SQLFragment) -> SQLFragment
    /// The smallest or largest value of a column of this kind over the rows of a group.
    func extreme(of column: SQLFragment, kind: ColumnKind, largest: Bool) -> SQLFragment
    /// An exact number as a floating-point one.
    func real(_ a: SQLFragment, scale: Int) -> SQLFragment
    /// A floating-point number cut at the point to an integer; the caller keeps it inside 64 bits.
    func truncated(_ a: SQLFragment) -> SQLFragment

    /// The smallest or largest of several values, nulls left out.
    func extreme(_ values: [SQLFragment], largest: Bool, isText: Bool) -> SQLFragment

    /// A text whose comparisons go by code point.
    func byCodePoint(_ text: SQLFragment) -> SQLFragment
    /// 1-based position of the first occurrence, 0 if none, 1 for an empty needle.
    func position(of needle: SQLFragment, in text: SQLFragment) -> SQLFragment
    /// Unicode scalars of a text.
    func length(_ text: SQLFragment) -> SQLFragment
    /// `count` scalars from the 1-based `start`; both are at least 0 and at most a thousand million.
    func slice(_ text: SQLFragment, from start: SQLFragment, count: SQLFragment) -> SQLFragment
    /// The last `count` scalars.
    func ending(_ text: SQLFragment, count: SQLFragment) -> SQLFragment
    func trimmed(_ text: SQLFragment, of characters: SQLFragment) -> SQLFragment
    func trimmedEnd(_ text: SQLFragment, of characters: SQLFragment) -> SQLFragment
    /// ASCII letters only.
    func uppercased(_ text: SQLFragment) -> SQLFragment
    func lowercased(_ text: SQLFragment) -> SQLFragment
    /// The integer in decimal notation.
    func digits(_ integer: SQLFragment) -> SQLFragment

    /// Days since 1970-01-01 as `2026-11-22`; the day is in years 1...9999, here and below.
    func dayText(_ day: SQLFragment) -> SQLFragment
    func year(_ day: SQLFragment) -> SQLFragment
    func month(_ day: SQLFragment) -> SQLFragment
    /// The same day of the month `months` later, or the last of that month; both may stand twice in the
    /// result. Outside the years 1...9999 it is null or outside `Days.range`.
    func addingMonths(_ months: SQLFragment, to day: SQLFragment) -> SQLFragment
}

/// The physical kinds of columns.
package enum ColumnKind: Sendable, Hashable {
    /// Exact numbers, days, instants and counters.
    case integer
    case bool
    case text
    /// Record ids and hashes.
    case bytes
}

/// SQLite 3.35 or later. An integer overflow makes + − × answer a floating-point number, which then spreads;
/// its type betrays it.
package struct SQLiteDialect: Dialect {
    package init() {}

    package func placeholder(_ index: Int, for value: SQLValue) -> String { "?" }
    package func quoted(_ identifier: String) -> String {
        // The names of a model never hold a quote; every statement asks for dozens of them.
        guard identifier.utf8.contains(UInt8(ascii: "\"")) else { return "\"" + identifier + "\"" }
        return "\"" + identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }
    package func type(_ kind: ColumnKind) -> SQLFragment {
        switch kind {
        case .integer, .bool: "INTEGER"
        case .text: "TEXT"
        case .bytes: "BLOB"
        }
    }
    package var tableSuffix: SQLFragment { " STRICT" }

    package func sorted(_ key: SQLFragment, descending: Bool) -> SQLFragment { descending ? key + " DESC" : key }
    package func indexed(_ column: SQLFragment) -> SQLFragment { column }
    package func standstill(_ isOn: Bool) -> [String] {
        guard isOn else { return ["DROP TRIGGER IF EXISTS house_read_only"] }
        return [
            """
            CREATE TRIGGER house_read_only BEFORE UPDATE ON event_head
                BEGIN SELECT RAISE(ABORT, 'read-only: the data is being moved'); END
            """
        ]
    }
    package func sight(_ item: SightItem) -> SQLFragment? { nil }
    package func rule(_ condition: SQLFragment) -> String? { nil }
    package var afterLoading: SQLFragment? { nil }
    /// There is one writer.
    package var passingOverTaken: SQLFragment { "" }

    package func literal(_ flag: Bool) -> SQLFragment { flag ? "1" : "0" }
    package func null(_ kind: ColumnKind?) -> SQLFragment { "NULL" }
    /// The parser's stack holds 100 symbols in releases before 3.46; the rest is for the statement around.
    package var maximumNesting: Int { 76 }
    /// A SELECT without FROM is never merged into the one around it.
    package var computedOnce: SQLFragment { "" }

    package var defersOverflow: Bool { true }
    package func sum(_ a: SQLFragment, _ b: SQLFragment) -> SQLFragment { "(\(a) + \(b))" }
    package func difference(_ a: SQLFragment, _ b: SQLFragment) -> SQLFragment { "(\(a) - \(b))" }
    package func product(_ a: SQLFragment, _ b: SQLFragment) -> SQLFragment { "(\(a) * \(b))" }
    package func exact(_ a: SQLFragment) -> SQLFragment { "CASE WHEN typeof(\(a)) = 'integer' THEN \(a) END" }
    /// In two halves, since SUM raises an error as soon as a partial sum leaves 64 bits.
    package func total(of v: SQLFragment) -> SQLFragment {
        let whole: SQLFragment =
            "COALESCE(SUM(\(v) / 1000000000), 0) * 1000000000 + COALESCE(SUM(\(v) % 1000000000), 0)"
        return exact("(\(whole))")
    }
    package func extreme(of column: SQLFragment, kind: ColumnKind, largest: Bool) -> SQLFragment {
        "\(raw: largest ? "max" : "min")(\(column))"
    }
    package func real(_ a: SQLFragment, scale: Int) -> SQLFragment {
        scale == 0 ? "CAST(\(a) AS REAL)" : "(CAST(\(a) AS REAL) / 1e\(raw: String(scale)))"
    }
    package func truncated(_ a: SQLFragment) -> SQLFragment { "CAST(\(a) AS INTEGER)" }

    package func extreme(_ values: [SQLFragment], largest: Bool, isText: Bool) -> SQLFragment {
        let rows = values.map { "SELECT \($0) AS v" as SQLFragment }.joined(separator: " UNION ALL ")
        return "(SELECT \(raw: largest ? "MAX" : "MIN")(v) FROM (\(rows)) AS u)"
    }

    package func byCodePoint(_ text: SQLFragment) -> SQLFragment { text }
    package func position(of needle: SQLFragment, in text: SQLFragment) -> SQLFragment { "instr(\(text), \(needle))" }
    package func length(_ text: SQLFragment) -> SQLFragment { "length(\(text))" }
    package func slice(_ text: SQLFragment, from start: SQLFragment, count: SQLFragment) -> SQLFragment {
        "substr(\(text), \(start), \(count))"
    }
    package func ending(_ text: SQLFragment, count: SQLFragment) -> SQLFragment {
        "substr(\(text), -\(count), \(count))"
    }
    package func trimmed(_ text: SQLFragment, of characters: SQLFragment) -> SQLFragment {
        "trim(\(text), \(characters))"
    }
    package func trimmedEnd(_ text: SQLFragment, of characters: SQLFragment) -> SQLFragment {
        "rtrim(\(text), \(characters))"
    }
    package func uppercased(_ text: SQLFragment) -> SQLFragment { "upper(\(text))" }
    package func lowercased(_ text: SQLFragment) -> SQLFragment { "lower(\(text))" }
    package func digits(_ integer: SQLFragment) -> SQLFragment { "CAST(\(integer) AS TEXT)" }

    package func dayText(_ day: SQLFragment) -> SQLFragment { "date(\(day) * 86400, 'unixepoch')" }
    package func year(_ day: SQLFragment) -> SQLFragment {
        "CAST(strftime('%Y', \(day) * 86400, 'unixepoch') AS INTEGER)"
    }
    package func month(_ day: SQLFragment) -> SQLFragment {
        "CAST(strftime('%m', \(day) * 86400, 'unixepoch') AS INTEGER)"
    }
    /// SQLite carries 31 January + 1 month into March, so the month's first and last day are taken apart.
    package func addingMonths(_ months: SQLFragment, to day: SQLFragment) -> SQLFragment {
        let first: SQLFragment = "\(day) * 86400, 'unixepoch', 'start of month', \(months) || ' months'"
        let start: SQLFragment = "CAST(strftime('%s', \(first)) AS INTEGER) / 86400"
        let end: SQLFragment = "CAST(strftime('%s', \(first), '+1 month', '-1 day') AS INTEGER) / 86400"
        let offset: SQLFragment = "CAST(strftime('%d', \(day) * 86400, 'unixepoch') AS INTEGER) - 1"
        // No month follows December 9999, the last that SQLite knows.
        return "MIN(\(start) + \(offset), COALESCE(\(end), \(start) + 30))"
    }
}

/// PostgreSQL 15 or later with the encoding UTF8. Integer overflow is an error there, so each step is computed in
/// numeric and brought back.
package struct PostgresDialect: Dialect {
    package init() {}

    package func placeholder(_ index: Int, for value: SQLValue) -> String {
        switch value {
        case .null: "$\(index)"
        case .bool: "$\(index)::boolean"
        case .integer: "$\(index)::bigint"
        case .real: "$\(index)::double precision"
        case .text: "$\(index)::text"
        case .blob: "$\(index)::bytea"
        }
    }
    package func quoted(_ identifier: String) -> String { SQLiteDialect().quoted(Self.fitting(identifier)) }
    /// Names beyond 63 bytes are cut by the server, which could make two of them one: a mark of the whole name
    /// stands in the place of the rest.
    package static func fitting(_ identifier: String) -> String {
        guard identifier.utf8.count > 63 else { return identifier }
        var mark: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in identifier.utf8 { mark = (mark ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(mark, radix: 36)
        var head = identifier.prefix(62 - digits.count)
        while head.utf8.count > 62 - digits.utf8.count { head.removeLast() }
        return head + "~" + digits
    }
    package func type(_ kind: ColumnKind) -> SQLFragment {
        switch kind {
        case .integer: "bigint"
        case .bool: "boolean"
        case .text: "text COLLATE \"C\""
        case .bytes: "bytea"
        }
    }
    package var tableSuffix: SQLFragment { "" }

    package func sorted(_ key: SQLFragment, descending: Bool) -> SQLFragment {
        key + (descending ? " DESC NULLS LAST" : " NULLS FIRST")
    }
    package func indexed(_ column: SQLFragment) -> SQLFragment { column + " NULLS FIRST" }
    package func standstill(_ isOn: Bool) -> [String] {
        guard isOn else { return ["DROP TRIGGER IF EXISTS house_read_only ON event_head"] }
        return [
            """
            CREATE OR REPLACE FUNCTION house_read_only() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'read-only: the data is being moved'; END $$;
            CREATE TRIGGER house_read_only BEFORE UPDATE ON event_head FOR EACH ROW EXECUTE FUNCTION house_read_only();
            """
        ]
    }
    package func sight(_ item: SightItem) -> SQLFragment? {
        func setting(_ name: String) -> String { "current_setting('baton.\(name)', true)" }
        func ids(_ name: String) -> String { "unnest(string_to_array(\(setting(name)), ',')) AS d" }
        switch item {
        case .me: return .raw("(SELECT decode(NULLIF(\(setting("me")), ''), 'hex'))")
        case .now: return .raw("(SELECT CAST(NULLIF(\(setting("now")), '') AS bigint))")
        case .today: return .raw("(SELECT CAST(NULLIF(\(setting("today")), '') AS bigint))")
        case .departments: return .raw("ARRAY(SELECT decode(d, 'hex') FROM \(ids("departments")))")
        case .regions: return .raw("ARRAY(SELECT decode(d, 'hex') FROM \(ids("regions")))")
        case .anyRole(let roles):
            let list = roles.map { literal(.text($0)) }.joined(separator: ", ")
            return .raw("(SELECT string_to_array(\(setting("roles")), ',') && CAST(ARRAY[\(list)] AS text[]))")
        }
    }
    package func rule(_ condition: SQLFragment) -> String? {
        condition.segments.map { segment in
            switch segment {
            case .sql(let text), .rendered(let text, _): text
            case .identifier(let name): quoted(name)
            case .binding(let value): literal(value)
            }
        }.joined()
    }
    private func literal(_ value: SQLValue) -> String {
        switch value {
        case .null: "NULL"
        case .bool(let flag): flag ? "TRUE" : "FALSE"
        case .integer(let number): "CAST(\(number) AS bigint)"
        case .real(let number): "CAST('\(number)' AS double precision)"
        case .text(let text): "'" + text.replacing("'", with: "''") + "'"
        case .blob(let bytes): "CAST('\\x\(bytes.hexadecimal)' AS bytea)"
        }
    }
    package var afterLoading: SQLFragment? {
        "SELECT setval(pg_get_serial_sequence('outbox', 'id'), COALESCE(max(id), 0) + 1, false) FROM outbox"
    }
    package var passingOverTaken: SQLFragment { " FOR UPDATE SKIP LOCKED" }

    package func literal(_ flag: Bool) -> SQLFragment { flag ? "TRUE" : "FALSE" }
    package func null(_ kind: ColumnKind?) -> SQLFragment {
        switch kind {
        case .integer: "CAST(NULL AS bigint)"
        case .bool: "CAST(NULL AS boolean)"
        case .text: "CAST(NULL AS text)"
        case .bytes: "CAST(NULL AS bytea)"
        case nil: "CAST(NULL AS double precision)"
        }
    }
    package var maximumNesting: Int { 1000 }
    /// Without it the planner copies the expression to each place of use, and nested copies grow without measure.
    package var computedOnce: SQLFragment { " OFFSET 0" }

    package var defersOverflow: Bool { false }
    package func sum(_ a: SQLFragment, _ b: SQLFragment) -> SQLFragment { back("CAST(\(a) AS numeric) + \(b)") }
    package func difference(_ a: SQLFragment, _ b: SQLFragment) -> SQLFragment { back("CAST(\(a) AS numeric) - \(b)") }
    package func product(_ a: SQLFragment, _ b: SQLFragment) -> SQLFragment { back("CAST(\(a) AS numeric) * \(b)") }
    package func exact(_ a: SQLFragment) -> SQLFragment { a }
    package func total(of v: SQLFragment) -> SQLFragment { back("COALESCE(SUM(\(v)), 0)") }
    /// Flags and bytes have no order of their own there.
    package func extreme(of column: SQLFragment, kind: ColumnKind, largest: Bool) -> SQLFragment {
        switch kind {
        case .integer, .text: "\(raw: largest ? "max" : "min")(\(column))"
        case .bool: "\(raw: largest ? "bool_or" : "bool_and")(\(column))"
        case .bytes: "decode(\(raw: largest ? "max" : "min")(encode(\(column), 'hex')), 'hex')"
        }
    }
    package func real(_ a: SQLFragment, scale: Int) -> SQLFragment {
        let whole: SQLFragment = "CAST(\(a) AS double precision)"
        return scale == 0 ? whole : "(\(whole) / CAST(1e\(raw: String(scale)) AS double precision))"
    }
    package func truncated(_ a: SQLFragment) -> SQLFragment { "CAST(trunc(\(a)) AS bigint)" }

    package func extreme(_ values: [SQLFragment], largest: Bool, isText: Bool) -> SQLFragment {
        let list = values.map { isText ? byCodePoint($0) : $0 }.joined(separator: ", ")
        return "\(raw: largest ? "GREATEST" : "LEAST")(\(list))"
    }

    package func byCodePoint(_ text: SQLFragment) -> SQLFragment { "(\(text) COLLATE \"C\")" }
    package func position(of needle: SQLFragment, in text: SQLFragment) -> SQLFragment { "strpos(\(text), \(needle))" }
    package func length(_ text: SQLFragment) -> SQLFragment { "CAST(char_length(\(text)) AS bigint)" }
    package func slice(_ text: SQLFragment, from start: SQLFragment, count: SQLFragment) -> SQLFragment {
        "substr(\(text), CAST(\(start) AS integer), CAST(\(count) AS integer))"
    }
    package func ending(_ text: SQLFragment, count: SQLFragment) -> SQLFragment {
        "right(\(text), CAST(\(count) AS integer))"
    }
    package func trimmed(_ text: SQLFragment, of characters: SQLFragment) -> SQLFragment {
        "btrim(\(text), \(characters))"
    }
    package func trimmedEnd(_ text: SQLFragment, of characters: SQLFragment) -> SQLFragment {
        "rtrim(\(text), \(characters))"
    }
    package func uppercased(_ text: SQLFragment) -> SQLFragment { "upper(\(byCodePoint(text)))" }
    package func lowercased(_ text: SQLFragment) -> SQLFragment { "lower(\(byCodePoint(text)))" }
    package func digits(_ integer: SQLFragment) -> SQLFragment { "CAST(\(integer) AS text)" }

    package func dayText(_ day: SQLFragment) -> SQLFragment { "to_char(\(date(day)), 'YYYY-MM-DD')" }
    package func year(_ day: SQLFragment) -> SQLFragment { "CAST(extract(year FROM \(date(day))) AS bigint)" }
    package func month(_ day: SQLFragment) -> SQLFragment { "CAST(extract(month FROM \(date(day))) AS bigint)" }
    package func addingMonths(_ months: SQLFragment, to day: SQLFragment) -> SQLFragment {
        let moved: SQLFragment = "\(date(day)) + make_interval(months => CAST(\(months) AS integer))"
        // Far before our era a date plus an interval is an error.
        let index: SQLFragment = "\(year(day)) * 12 + \(month(day)) + \(months)"
        let days: SQLFragment = "CAST(CAST(\(moved) AS date) - DATE '1970-01-01' AS bigint)"
        return "CASE WHEN \(index) BETWEEN 13 AND 120000 THEN \(days) END"
    }

    private func date(_ day: SQLFragment) -> SQLFragment { "(DATE '1970-01-01' + CAST(\(day) AS integer))" }

    /// GREATEST and LEAST leave nulls out, so a null comes back as a bound and becomes null again.
    private func back(_ wide: SQLFragment) -> SQLFragment {
        let clamped: SQLFragment = "LEAST(GREATEST(\(wide), -9223372036854775809), 9223372036854775808)"
        return "CAST(NULLIF(NULLIF(\(clamped), -9223372036854775809), 9223372036854775808) AS bigint)"
    }
}
