import Store

/// Row-level security: the tables' rules, and the role that they bind.
///
/// The login that owns the tables is not bound by their rules. A block that reads in somebody's name therefore takes on
/// a role that owns nothing, `<login>_reader`, and says in settings of its transaction who it reads for.
enum PostgresRowWalls {
    /// The tables that no block in a person's name has any business with.
    static let closed = ["credential", "session", "api_token"]

    /// Makes the role and lets it read, as far as the login may.
    ///
    /// - Returns: the role; nil when the login can't have one. Then the compiled conditions stand alone.
    static func reader(on connection: PostgresConnection) throws -> String? {
        try connection.runScript(
            """
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = \(name)) THEN
                    EXECUTE format('CREATE ROLE %I NOLOGIN', \(name));
                END IF;
                IF NOT pg_has_role(current_user, \(name), 'MEMBER') THEN
                    EXECUTE format('GRANT %I TO %I', \(name), current_user);
                END IF;
            EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation OR internal_error THEN NULL;
            END $$
            """)
        let row = try connection.row(
            .raw("SELECT rolname::text FROM pg_roles WHERE rolname = \(name) AND pg_has_role(oid, 'MEMBER')"))
        guard let role = row?[0].text else { return nil }
        try admit(role, on: connection)
        return role
    }

    private static let name = "(left(current_user, 56) || '_reader')"

    /// Lets the role read every table but the closed ones, those to come included.
    private static func admit(_ role: String, on connection: PostgresConnection) throws {
        let unread = try connection.row(
            """
            SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' \
            AND has_table_privilege(\(role), oid, 'SELECT') = (relname::text = ANY(CAST(\(array(closed)) AS text[]))) LIMIT 1
            """)
        guard unread != nil else { return }
        let reader = connection.dialect.quoted(role)
        try connection.runScript(
            """
            DO $$ BEGIN
                EXECUTE format('GRANT USAGE ON SCHEMA %I TO \(reader)', current_schema());
                EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO \(reader)', current_schema());
                EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT ON TABLES TO \(reader)', current_schema());
            END $$;
            REVOKE SELECT ON \(closed.joined(separator: ", ")) FROM \(reader)
            """)
    }

    private static func array(_ names: [String]) -> String { "{" + names.joined(separator: ",") + "}" }

    /// What a transaction begins with that reads in somebody's name.
    static func beginning(_ sight: Sight, as reader: String, _ dialect: any Dialect) -> String {
        let settings = sight.settings.map { setting in
            "set_config('baton.\(setting.name)', '\(setting.value.replacing("'", with: "''"))', true)"
        }
        return "SET LOCAL ROLE \(dialect.quoted(reader)); SELECT " + settings.joined(separator: ", ")
    }

    // MARK: Rules

    /// Fingerprints of the rules that stand, by table.
    static func standing(on connection: PostgresConnection) throws -> [String: String] {
        let rows = try connection.rows(
            """
            SELECT c.relname::text, obj_description(p.oid, 'pg_policy') FROM pg_policy AS p \
            JOIN pg_class AS c ON c.oid = p.polrelid \
            WHERE p.polname = 'sight' AND c.relrowsecurity AND c.relnamespace = current_schema()::regnamespace
            """)
        return Dictionary(
            rows.map { ($0[0].text ?? "", $0[1].text ?? "") }, uniquingKeysWith: { first, _ in first })
    }

    /// A rule that asks another table does so through a view of the owner's, which no rule binds: otherwise two tables'
    /// rules could ask each other without end, and a condition would depend on more than its own words.
    static func script(_ walls: [TableWall], _ dialect: any Dialect) -> String {
        var lines: [String] = []
        for wall in walls {
            let table = dialect.quoted(wall.table)
            lines.append("DROP POLICY IF EXISTS sight ON \(table)")
            for lookup in wall.lookups {
                lines.append("DROP VIEW IF EXISTS \(dialect.quoted(lookup.name))")
                lines.append(
                    "CREATE VIEW \(dialect.quoted(lookup.name)) AS SELECT * FROM \(dialect.quoted(lookup.table))")
            }
            lines.append("ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY")
            lines.append("CREATE POLICY sight ON \(table) FOR SELECT USING (\(wall.condition))")
            lines.append("COMMENT ON POLICY sight ON \(table) IS '\(wall.fingerprint)'")
        }
        return lines.joined(separator: ";\n")
    }
}
