import Store

/// The frozen steps of the kernel tables, in SQLite's words.
///
/// Ids of records are 16-byte blobs, instants are milliseconds since 1970 UTC, as everywhere in the store.
enum SQLiteKernelTables {
    static let all: [KernelMigration] = [
        KernelMigration(number: 1, name: "models", script: models),
        KernelMigration(number: 2, name: "events", script: events),
        KernelMigration(number: 3, name: "work", script: work),
        KernelMigration(number: 4, name: "identity", script: identity),
        KernelMigration(number: 5, name: "imports", script: imports),
        KernelMigration(number: 6, name: "pages", script: pages),
        KernelMigration(number: 7, name: "search", script: search),
        KernelMigration(number: 8, name: "import problems", script: importProblems),
        KernelMigration(number: 9, name: "titles by object", script: titlesByObject),
        KernelMigration(number: 10, name: "leases", script: leases),
        KernelMigration(number: 11, name: "relay", script: relay),
        KernelMigration(number: 12, name: "clocks and rules", script: clocks),
        KernelMigration(number: 13, name: "workflows", script: workflows),
        KernelMigration(number: 14, name: "muted notices", script: mutes),
        KernelMigration(number: 15, name: "merged records", script: merges),
        KernelMigration(number: 16, name: "hand-overs", script: handOvers),
        KernelMigration(number: 17, name: "rows held back", script: rowsHeldBack),
        KernelMigration(number: 18, name: "tallies by index", script: tallies),
    ]

    private static let models = """
        CREATE TABLE model_version(
            version INTEGER PRIMARY KEY, packs TEXT NOT NULL, digest TEXT NOT NULL, applied_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE overlay(
            kind TEXT NOT NULL, key TEXT NOT NULL, document TEXT NOT NULL, model_version INTEGER NOT NULL,
            updated_at INTEGER NOT NULL, updated_by BLOB, PRIMARY KEY(kind, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE physical_column(
            owner TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, form TEXT NOT NULL, PRIMARY KEY(owner, name)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE physical_index(name TEXT PRIMARY KEY, owner TEXT NOT NULL, definition TEXT NOT NULL)
            STRICT, WITHOUT ROWID;
        CREATE TABLE physical_object(
            object TEXT PRIMARY KEY, searched TEXT NOT NULL, compared TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE default_record(
            pack TEXT NOT NULL, object TEXT NOT NULL, key TEXT NOT NULL, record BLOB NOT NULL,
            PRIMARY KEY(pack, object, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE setting(
            key TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at INTEGER NOT NULL, updated_by BLOB
        ) STRICT, WITHOUT ROWID;
        """

    private static let events = """
        CREATE TABLE event(
            sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor BLOB, actor_name TEXT NOT NULL,
            on_behalf_of BLOB, origin TEXT NOT NULL, command BLOB NOT NULL, object TEXT NOT NULL, record BLOB NOT NULL,
            parent BLOB, kind TEXT NOT NULL, changes TEXT NOT NULL, reason TEXT, model_version INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX event_record ON event(record, sequence);
        CREATE INDEX event_parent ON event(parent, sequence) WHERE parent IS NOT NULL;
        CREATE INDEX event_actor ON event(actor, sequence) WHERE actor IS NOT NULL;
        CREATE TABLE event_head(id INTEGER PRIMARY KEY CHECK(id = 1), sequence INTEGER NOT NULL) STRICT;
        INSERT INTO event_head(id, sequence) VALUES (1, 0);
        CREATE TABLE event_block(
            number INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, previous BLOB NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;
        CREATE TABLE event_seal(
            id INTEGER PRIMARY KEY CHECK(id = 1), blocks INTEGER NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL
        ) STRICT;
        INSERT INTO event_seal(id, blocks, sequence, hash) VALUES (1, 0, 0, zeroblob(32));
        CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
        CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
        CREATE TRIGGER block_no_update BEFORE UPDATE ON event_block
            BEGIN SELECT RAISE(ABORT, 'event_block is append-only'); END;
        CREATE TRIGGER block_no_delete BEFORE DELETE ON event_block
            BEGIN SELECT RAISE(ABORT, 'event_block is append-only'); END;
        CREATE TRIGGER head_stays BEFORE DELETE ON event_head
            BEGIN SELECT RAISE(ABORT, 'event_head only grows'); END;
        CREATE TRIGGER seal_stays BEFORE DELETE ON event_seal
            BEGIN SELECT RAISE(ABORT, 'event_seal only grows'); END;
        """

    private static let work = """
        CREATE TABLE timer(
            id BLOB PRIMARY KEY, kind TEXT NOT NULL, object TEXT NOT NULL, record BLOB NOT NULL, rung TEXT NOT NULL,
            fire_at INTEGER NOT NULL, payload TEXT NOT NULL, fired_at INTEGER, UNIQUE(record, kind, rung)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX timer_due ON timer(fire_at) WHERE fired_at IS NULL;
        CREATE TABLE outbox(
            id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, payload TEXT NOT NULL,
            created_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL,
            done_at INTEGER, error TEXT
        ) STRICT;
        CREATE INDEX outbox_due ON outbox(next_at) WHERE done_at IS NULL;
        CREATE TABLE idempotency(
            user BLOB NOT NULL, key TEXT NOT NULL, request_hash BLOB NOT NULL, state TEXT NOT NULL, status INTEGER,
            body BLOB, created_at INTEGER NOT NULL, PRIMARY KEY(user, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX idempotency_age ON idempotency(created_at);
        CREATE TABLE number_series(
            series TEXT NOT NULL, prefix TEXT NOT NULL, next INTEGER NOT NULL, PRIMARY KEY(series, prefix)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE notification(
            id BLOB PRIMARY KEY, user BLOB NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, object TEXT,
            record BLOB, text_zh TEXT NOT NULL, text_en TEXT NOT NULL, read_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX notification_user ON notification(user, at);
        CREATE INDEX notification_unread ON notification(user) WHERE read_at IS NULL;
        """

    private static let identity = """
        CREATE TABLE credential(
            user BLOB PRIMARY KEY, login TEXT NOT NULL UNIQUE, password TEXT NOT NULL, totp_secret TEXT,
            totp_step INTEGER, recovery TEXT NOT NULL DEFAULT '[]', must_change INTEGER NOT NULL DEFAULT 0,
            changed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE session(
            hash BLOB PRIMARY KEY, user BLOB NOT NULL, kind TEXT NOT NULL, created_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, address TEXT NOT NULL, agent TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_user ON session(user);
        CREATE INDEX session_expiry ON session(expires_at);
        CREATE TABLE api_token(
            id BLOB PRIMARY KEY, hash BLOB NOT NULL UNIQUE, user BLOB NOT NULL, name TEXT NOT NULL,
            created_at INTEGER NOT NULL, expires_at INTEGER, used_at INTEGER, revoked_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX api_token_user ON api_token(user);
        CREATE TABLE login_failure(
            login TEXT NOT NULL, address TEXT NOT NULL, failures INTEGER NOT NULL, first_at INTEGER NOT NULL,
            locked_until INTEGER, PRIMARY KEY(login, address)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX login_failure_age ON login_failure(first_at);
        """

    private static let imports = """
        CREATE TABLE import_batch(
            id BLOB PRIMARY KEY, object TEXT NOT NULL, file_name TEXT NOT NULL, file_hash BLOB NOT NULL,
            state TEXT NOT NULL, total INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
            flagged INTEGER NOT NULL, mapping TEXT NOT NULL, report TEXT NOT NULL, at INTEGER NOT NULL, by BLOB,
            undone_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX import_batch_age ON import_batch(at);
        CREATE TABLE import_batch_row(
            batch BLOB NOT NULL, line INTEGER NOT NULL, part INTEGER NOT NULL, object TEXT NOT NULL,
            record BLOB NOT NULL, created INTEGER NOT NULL, version INTEGER NOT NULL, before TEXT NOT NULL,
            PRIMARY KEY(batch, line, part)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE import_mapping(
            object TEXT NOT NULL, header TEXT NOT NULL, field TEXT NOT NULL, updated_at INTEGER NOT NULL,
            PRIMARY KEY(object, header)
        ) STRICT, WITHOUT ROWID;
        """

    private static let importProblems = """
        CREATE TABLE import_problem(
            batch BLOB NOT NULL, line INTEGER NOT NULL, item INTEGER NOT NULL, cell INTEGER NOT NULL,
            field TEXT NOT NULL, code TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL,
            PRIMARY KEY(batch, line, item)
        ) STRICT, WITHOUT ROWID;
        """

    private static let pages = """
        CREATE TABLE attachment(
            id BLOB PRIMARY KEY, object TEXT NOT NULL, record BLOB NOT NULL, field TEXT NOT NULL,
            position INTEGER NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL,
            hash BLOB NOT NULL, created_at INTEGER NOT NULL, created_by BLOB, deleted_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX attachment_record ON attachment(record, field, position);
        CREATE INDEX attachment_hash ON attachment(hash);
        CREATE TABLE attachment_content(
            hash BLOB PRIMARY KEY, size INTEGER NOT NULL, content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE saved_view(
            id BLOB PRIMARY KEY, object TEXT NOT NULL, user BLOB NOT NULL, name TEXT NOT NULL, shared INTEGER NOT NULL,
            document TEXT NOT NULL, position INTEGER NOT NULL, updated_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX saved_view_object ON saved_view(object, user);
        """

    /// A search in one list begins at that list's titles.
    private static let titlesByObject = """
        CREATE INDEX search_document_object ON search_document(object, title_key);
        """

    private static let leases = """
        CREATE TABLE lease(name TEXT PRIMARY KEY, holder BLOB NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """

    /// Who holds the baton of which record, and what is owed from one leg to the next.
    private static let relay = """
        CREATE TABLE leg(
            id BLOB PRIMARY KEY, object TEXT NOT NULL, record BLOB NOT NULL, process TEXT NOT NULL,
            version TEXT NOT NULL, leg TEXT NOT NULL, visit INTEGER NOT NULL, came_from TEXT, previous BLOB,
            giver BLOB, offered_at INTEGER NOT NULL, status TEXT NOT NULL, holder BLOB, in_stead BLOB,
            accepted_by BLOB, accepted_at INTEGER, ended_at INTEGER, exit TEXT, clock TEXT NOT NULL, due_at INTEGER,
            paused_at INTEGER, reason TEXT, ticks TEXT NOT NULL, revision INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX leg_record ON leg(record, offered_at);
        CREATE INDEX leg_holder ON leg(holder) WHERE ended_at IS NULL;
        CREATE INDEX leg_process ON leg(process, version) WHERE ended_at IS NULL;
        CREATE INDEX leg_ended ON leg(process, object, ended_at) WHERE ended_at IS NOT NULL;
        CREATE TABLE leg_item(
            id BLOB PRIMARY KEY, leg BLOB NOT NULL, record BLOB NOT NULL, deliverable TEXT NOT NULL,
            text TEXT NOT NULL, owed_by BLOB, due_at INTEGER NOT NULL, settled_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX leg_item_record ON leg_item(record);
        CREATE TABLE process_version(
            version TEXT PRIMARY KEY, process TEXT NOT NULL, document TEXT NOT NULL, created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// Clocks of records, what became of rules, and how urgent a notice is.
    private static let clocks = """
        CREATE TABLE running_clock(
            record BLOB NOT NULL, clock TEXT NOT NULL, object TEXT NOT NULL, step TEXT NOT NULL, person BLOB,
            origin INTEGER NOT NULL, ledger TEXT NOT NULL, state TEXT NOT NULL, mark TEXT NOT NULL,
            silent_until INTEGER, due_at INTEGER, PRIMARY KEY(record, clock)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX running_clock_mark ON running_clock(step, mark) WHERE state = 'runs' OR state = 'stands';
        CREATE INDEX running_clock_person ON running_clock(person, due_at) WHERE state = 'runs';
        CREATE TABLE rule_run(
            id BLOB PRIMARY KEY, at INTEGER NOT NULL, object TEXT NOT NULL, record BLOB NOT NULL, rule TEXT NOT NULL,
            trigger_text TEXT NOT NULL, event INTEGER NOT NULL, depth INTEGER NOT NULL, result TEXT NOT NULL,
            text_zh TEXT NOT NULL, text_en TEXT NOT NULL, UNIQUE(record, rule, event)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX rule_run_object ON rule_run(object, at);
        CREATE INDEX rule_run_age ON rule_run(at);
        ALTER TABLE notification ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal';
        """

    /// Workflows that were brought in, their runs and what is to be done in them.
    private static let workflows = """
        CREATE TABLE workflow(
            id BLOB PRIMARY KEY, key TEXT NOT NULL, number INTEGER NOT NULL, graph TEXT NOT NULL, name TEXT NOT NULL,
            object TEXT, file BLOB NOT NULL, settings TEXT NOT NULL, hook TEXT, created_at INTEGER NOT NULL,
            created_by BLOB, retired_at INTEGER, retired_by BLOB, UNIQUE(key, number)
        ) STRICT;
        CREATE TABLE workflow_run(
            id BLOB PRIMARY KEY, workflow BLOB NOT NULL, object TEXT, record BLOB, state TEXT NOT NULL,
            status TEXT NOT NULL, started_at INTEGER NOT NULL, started_by BLOB, ended_at INTEGER, reason TEXT,
            revision INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX workflow_run_record ON workflow_run(record, started_at) WHERE record IS NOT NULL;
        CREATE INDEX workflow_run_workflow ON workflow_run(workflow, status);
        CREATE TABLE workflow_task(
            id BLOB PRIMARY KEY, run BLOB NOT NULL, activity INTEGER NOT NULL, node TEXT NOT NULL, name TEXT NOT NULL,
            item INTEGER, kind TEXT NOT NULL, lane TEXT, position TEXT NOT NULL, near BLOB, house_action TEXT,
            topic TEXT, object TEXT, record BLOB, status TEXT NOT NULL, holder BLOB, in_stead BLOB,
            opened_at INTEGER NOT NULL, taken_at INTEGER, ended_at INTEGER, ended_by BLOB, note TEXT,
            revision INTEGER NOT NULL, UNIQUE(run, activity)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX workflow_task_holder ON workflow_task(holder) WHERE ended_at IS NULL;
        CREATE INDEX workflow_task_open ON workflow_task(kind, position, near) WHERE ended_at IS NULL;
        """

    /// What people do not want to hear of, and which notices came alone.
    private static let mutes = """
        CREATE TABLE notice_mute(
            user BLOB NOT NULL, subject TEXT NOT NULL, object TEXT, record BLOB, at INTEGER NOT NULL, until INTEGER,
            PRIMARY KEY(user, subject)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE notification ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE notification ADD COLUMN interrupted_at INTEGER;
        CREATE INDEX notification_interrupted ON notification(user, interrupted_at) WHERE interrupted_at IS NOT NULL;
        CREATE INDEX notification_record ON notification(user, record) WHERE read_at IS NULL;
        """

    /// Records that were merged into others, and what went over.
    private static let merges = """
        CREATE TABLE record_merge(
            id BLOB PRIMARY KEY, object TEXT NOT NULL, survivor BLOB NOT NULL, at INTEGER NOT NULL, by BLOB,
            document TEXT NOT NULL, undone_at INTEGER, undone_by BLOB
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX record_merge_survivor ON record_merge(survivor, at);
        CREATE TABLE merged_record(
            record BLOB PRIMARY KEY, object TEXT NOT NULL, survivor BLOB NOT NULL, merge BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX merged_record_survivor ON merged_record(survivor);
        """

    /// The cells of a row that was held back, kept with its first problem.
    private static let rowsHeldBack = "ALTER TABLE import_problem ADD COLUMN cells TEXT"

    /// What is counted over all that is open stands in the index, so that no row is looked up.
    private static let tallies = """
        DROP INDEX leg_holder;
        CREATE INDEX leg_holder ON leg(holder, due_at, ended_at) WHERE ended_at IS NULL;
        DROP INDEX leg_process;
        CREATE INDEX leg_process ON leg(process, version, leg, paused_at, due_at, offered_at, ended_at)
            WHERE ended_at IS NULL;
        DROP INDEX running_clock_mark;
        CREATE INDEX running_clock_mark ON running_clock(step, mark, state, due_at)
            WHERE state = 'runs' OR state = 'stands';
        DROP INDEX notification_unread;
        CREATE INDEX notification_unread ON notification(user, read_at) WHERE read_at IS NULL;
        """

    /// Work that goes from one person to others, and pairs of records that somebody says are not the same.
    private static let handOvers = """
        CREATE TABLE hand_over(
            id BLOB PRIMARY KEY, person BLOB NOT NULL, state TEXT NOT NULL, wish TEXT NOT NULL, fire_at INTEGER,
            at INTEGER NOT NULL, by BLOB, begun_at INTEGER, ended_at INTEGER, undone_at INTEGER, failure TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX hand_over_state ON hand_over(state, fire_at);
        CREATE INDEX hand_over_age ON hand_over(at);
        CREATE TABLE hand_over_row(
            hand_over BLOB NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, object TEXT NOT NULL,
            record BLOB NOT NULL, field TEXT NOT NULL, receiver BLOB, state TEXT NOT NULL, was TEXT NOT NULL,
            zh TEXT NOT NULL, en TEXT NOT NULL, PRIMARY KEY(hand_over, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX hand_over_row_state ON hand_over_row(hand_over, state, number);
        CREATE TABLE hand_over_receipt(
            hand_over BLOB NOT NULL, receiver BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(hand_over, receiver)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE not_same(
            first BLOB NOT NULL, second BLOB NOT NULL, object TEXT NOT NULL, print TEXT NOT NULL, at INTEGER NOT NULL,
            by BLOB, PRIMARY KEY(first, second)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX not_same_object ON not_same(object, at);
        CREATE INDEX not_same_second ON not_same(second);
        """

    private static let search = """
        CREATE TABLE search_document(
            number INTEGER PRIMARY KEY, object TEXT NOT NULL, record BLOB NOT NULL UNIQUE, title TEXT NOT NULL,
            title_key TEXT NOT NULL, text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX search_document_title ON search_document(title_key);
        \(SQLiteFullText.creation)
        CREATE TABLE duplicate_key(
            object TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, record BLOB NOT NULL,
            PRIMARY KEY(object, kind, key, record)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX duplicate_key_record ON duplicate_key(record);
        """
}
