/// A table that moves with a company from one database to another: its columns, and the key by which it is read.
struct MovedTable: Sendable {
    let name: String
    let columns: [String]
    /// The first columns by which rows are told apart, in the order of `columns`.
    let key: [String]
    /// Rows in one portion.
    var portion = 2000
    /// Changes while the house is read-only: copied last, and not compared.
    var isVolatile = false

    init(_ name: String, key: [String], _ rest: [String], portion: Int = 2000, isVolatile: Bool = false) {
        self.name = name
        self.key = key
        columns = key + rest
        self.portion = portion
        self.isVolatile = isVolatile
    }

    /// The tables of the kernel. Those of the catalogue of pack tables, the head and the seal of the log and the index of
    /// search are brought over on their own.
    static let kernel: [MovedTable] = [
        MovedTable("model_version", key: ["version"], ["packs", "digest", "applied_at"]),
        MovedTable("overlay", key: ["kind", "key"], ["document", "model_version", "updated_at", "updated_by"]),
        MovedTable("default_record", key: ["pack", "object", "key"], ["record"]),
        MovedTable(
            "event", key: ["sequence"], Array(EventLog.columnNames.dropFirst())),
        MovedTable("event_block", key: ["number"], ["first", "last", "previous", "hash"]),
        MovedTable("timer", key: ["id"], ["kind", "object", "record", "rung", "fire_at", "payload", "fired_at"]),
        MovedTable(
            "outbox", key: ["id"],
            ["key", "channel", "payload", "created_at", "attempts", "next_at", "done_at", "error"]),
        MovedTable(
            "leg", key: ["id"],
            [
                "object", "record", "process", "version", "leg", "visit", "came_from", "previous", "giver",
                "offered_at", "status", "holder", "in_stead", "accepted_by", "accepted_at", "ended_at", "exit",
                "clock", "due_at", "paused_at", "reason", "ticks", "revision",
            ]),
        MovedTable(
            "leg_item", key: ["id"],
            ["leg", "record", "deliverable", "text", "owed_by", "due_at", "settled_at"]),
        MovedTable("process_version", key: ["version"], ["process", "document", "created_at"]),
        MovedTable(
            "running_clock", key: ["record", "clock"],
            ["object", "step", "person", "origin", "ledger", "state", "mark", "silent_until", "due_at"]),
        MovedTable(
            "rule_run", key: ["id"],
            ["at", "object", "record", "rule", "trigger_text", "event", "depth", "result", "text_zh", "text_en"]),
        MovedTable(
            "workflow", key: ["id"],
            [
                "key", "number", "graph", "name", "object", "file", "settings", "hook", "created_at", "created_by",
                "retired_at", "retired_by",
            ], portion: 4),
        MovedTable(
            "workflow_run", key: ["id"],
            [
                "workflow", "object", "record", "state", "status", "started_at", "started_by", "ended_at", "reason",
                "revision",
            ]),
        MovedTable(
            "workflow_task", key: ["id"],
            [
                "run", "activity", "node", "name", "item", "kind", "lane", "position", "near", "house_action", "topic",
                "object", "record", "status", "holder", "in_stead", "opened_at", "taken_at", "ended_at", "ended_by",
                "note", "revision",
            ]),
        MovedTable("number_series", key: ["series", "prefix"], ["next"]),
        MovedTable(
            "notification", key: ["id"],
            [
                "user", "at", "kind", "object", "record", "text_zh", "text_en", "read_at", "priority", "muted",
                "interrupted_at",
            ],
            isVolatile: true),
        MovedTable("notice_mute", key: ["user", "subject"], ["object", "record", "at", "until"], isVolatile: true),
        MovedTable(
            "import_batch", key: ["id"],
            [
                "object", "file_name", "file_hash", "state", "total", "created", "updated", "flagged", "mapping",
                "report", "at", "by", "undone_at",
            ], isVolatile: true),
        MovedTable(
            "import_batch_row", key: ["batch", "line", "part"], ["object", "record", "created", "version", "before"]),
        MovedTable("import_mapping", key: ["object", "header"], ["field", "updated_at"], isVolatile: true),
        MovedTable(
            "import_problem", key: ["batch", "line", "item"], ["cell", "field", "code", "zh", "en", "cells"],
            isVolatile: true),
        MovedTable(
            "attachment", key: ["id"],
            [
                "object", "record", "field", "position", "name", "media_type", "size", "hash", "created_at",
                "created_by", "deleted_at",
            ]),
        MovedTable("attachment_content", key: ["hash"], ["size", "content"], portion: 4),
        MovedTable("search_document", key: ["number"], ["object", "record", "title", "title_key", "text"]),
        MovedTable("duplicate_key", key: ["object", "kind", "key", "record"], []),
        MovedTable(
            "record_merge", key: ["id"], ["object", "survivor", "at", "by", "document", "undone_at", "undone_by"]),
        MovedTable("merged_record", key: ["record"], ["object", "survivor", "merge"]),
        MovedTable(
            "hand_over", key: ["id"],
            ["person", "state", "wish", "fire_at", "at", "by", "begun_at", "ended_at", "undone_at", "failure"]),
        MovedTable(
            "hand_over_row", key: ["hand_over", "number"],
            ["kind", "object", "record", "field", "receiver", "state", "was", "zh", "en"]),
        MovedTable("hand_over_receipt", key: ["hand_over", "receiver"], ["at"]),
        MovedTable("not_same", key: ["first", "second"], ["object", "print", "at", "by"]),
        MovedTable(
            "saved_view", key: ["id"],
            ["object", "user", "name", "shared", "document", "position", "updated_at"], isVolatile: true),
        MovedTable("setting", key: ["key"], ["value", "updated_at", "updated_by"], isVolatile: true),
        MovedTable(
            "credential", key: ["user"],
            ["login", "password", "totp_secret", "totp_step", "recovery", "must_change", "changed_at"],
            isVolatile: true),
        MovedTable(
            "session", key: ["hash"], ["user", "kind", "created_at", "seen_at", "expires_at", "address", "agent"],
            isVolatile: true),
        MovedTable(
            "api_token", key: ["id"], ["hash", "user", "name", "created_at", "expires_at", "used_at", "revoked_at"],
            isVolatile: true),
        MovedTable(
            "idempotency", key: ["user", "key"], ["request_hash", "state", "status", "body", "created_at"],
            isVolatile: true),
        MovedTable(
            "login_failure", key: ["login", "address"], ["failures", "first_at", "locked_until"], isVolatile: true),
    ]

    /// A table of the packs, as the catalogue describes it.
    init(_ name: String, _ table: PhysicalSchema.Table) {
        let names = table.columns.map(\.name)
        let key = names.contains("id") ? ["id"] : ["record", "position", "target"]
        self.init(name, key: key, names.filter { !key.contains($0) })
    }

    // MARK: Statements

    private func list(_ names: [String]) -> SQLFragment {
        names.map { SQLFragment.identifier($0) }.joined(separator: ", ")
    }

    /// Rows in the order of their key, behind the one with the key `after`.
    func rows(after: [SQLValue]?, limit: Int) -> SQLFragment {
        var query: SQLFragment = "SELECT \(list(columns)) FROM \(identifier: name)"
        if let after {
            let place = after.prefix(key.count).map { SQLFragment.binding($0) }.joined(separator: ", ")
            query += " WHERE (\(list(key))) > (\(place))"
        }
        return query + " ORDER BY \(list(key)) LIMIT \(limit)"
    }

    /// The key of the last row.
    var last: SQLFragment {
        let order = key.map { SQLFragment.identifier($0) + " DESC" }.joined(separator: ", ")
        return "SELECT \(list(key)) FROM \(identifier: name) ORDER BY \(order) LIMIT 1"
    }

    var count: SQLFragment { "SELECT count(*) FROM \(identifier: name)" }
}
