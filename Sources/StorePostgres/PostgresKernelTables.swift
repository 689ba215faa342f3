import Store

/// The frozen steps of the kernel tables, in PostgreSQL's words: the same tables and columns, step by step, as in the
/// embedded engine, so that a company can move from one to the other.
enum PostgresKernelTables {
    /// Texts compare by code point whatever the database was created with.
    private static let text = #"text COLLATE "C""#

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
            version bigint PRIMARY KEY, packs \(text) NOT NULL, digest \(text) NOT NULL, applied_at bigint NOT NULL
        );
        CREATE TABLE overlay(
            kind \(text) NOT NULL, key \(text) NOT NULL, document \(text) NOT NULL, model_version bigint NOT NULL,
            updated_at bigint NOT NULL, updated_by bytea, PRIMARY KEY(kind, key)
        );
        CREATE TABLE physical_column(
            owner \(text) NOT NULL, name \(text) NOT NULL, key \(text) NOT NULL, form \(text) NOT NULL, PRIMARY KEY(owner, name)
        );
        CREATE TABLE physical_index(name \(text) PRIMARY KEY, owner \(text) NOT NULL, definition \(text) NOT NULL);
        CREATE TABLE physical_object(
            object \(text) PRIMARY KEY, searched \(text) NOT NULL, compared \(text) NOT NULL
        );
        CREATE TABLE default_record(
            pack \(text) NOT NULL, object \(text) NOT NULL, key \(text) NOT NULL, record bytea NOT NULL,
            PRIMARY KEY(pack, object, key)
        );
        CREATE TABLE setting(
            key \(text) PRIMARY KEY, value \(text) NOT NULL, updated_at bigint NOT NULL, updated_by bytea
        );
        """

    private static let events = """
        CREATE TABLE event(
            sequence bigint PRIMARY KEY, at bigint NOT NULL, actor bytea, actor_name \(text) NOT NULL,
            on_behalf_of bytea, origin \(text) NOT NULL, command bytea NOT NULL, object \(text) NOT NULL, record bytea NOT NULL,
            parent bytea, kind \(text) NOT NULL, changes \(text) NOT NULL, reason \(text), model_version bigint NOT NULL
        );
        CREATE INDEX event_record ON event(record, sequence);
        CREATE INDEX event_parent ON event(parent, sequence) WHERE parent IS NOT NULL;
        CREATE INDEX event_actor ON event(actor, sequence) WHERE actor IS NOT NULL;
        CREATE TABLE event_head(id bigint PRIMARY KEY CHECK(id = 1), sequence bigint NOT NULL);
        INSERT INTO event_head(id, sequence) VALUES (1, 0);
        CREATE TABLE event_block(
            number bigint PRIMARY KEY, first bigint NOT NULL, last bigint NOT NULL, previous bytea NOT NULL,
            hash bytea NOT NULL
        );
        CREATE TABLE event_seal(
            id bigint PRIMARY KEY CHECK(id = 1), blocks bigint NOT NULL, sequence bigint NOT NULL, hash bytea NOT NULL
        );
        INSERT INTO event_seal(id, blocks, sequence, hash) VALUES (1, 0, 0, decode(repeat('00', 32), 'hex'));
        CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
        CREATE TRIGGER event_stays BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION append_only();
        CREATE TRIGGER event_whole BEFORE TRUNCATE ON event EXECUTE FUNCTION append_only();
        CREATE TRIGGER block_stays BEFORE UPDATE OR DELETE ON event_block
            FOR EACH ROW EXECUTE FUNCTION append_only();
        CREATE TRIGGER block_whole BEFORE TRUNCATE ON event_block EXECUTE FUNCTION append_only();
        CREATE TRIGGER head_stays BEFORE DELETE ON event_head FOR EACH ROW EXECUTE FUNCTION append_only();
        CREATE TRIGGER seal_stays BEFORE DELETE ON event_seal FOR EACH ROW EXECUTE FUNCTION append_only();
        """

    private static let work = """
        CREATE TABLE timer(
            id bytea PRIMARY KEY, kind \(text) NOT NULL, object \(text) NOT NULL, record bytea NOT NULL, rung \(text) NOT NULL,
            fire_at bigint NOT NULL, payload \(text) NOT NULL, fired_at bigint, UNIQUE(record, kind, rung)
        );
        CREATE INDEX timer_due ON timer(fire_at) WHERE fired_at IS NULL;
        CREATE TABLE outbox(
            id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, key \(text) NOT NULL UNIQUE, channel \(text) NOT NULL, payload \(text) NOT NULL,
            created_at bigint NOT NULL, attempts bigint NOT NULL DEFAULT 0, next_at bigint NOT NULL,
            done_at bigint, error \(text)
        );
        CREATE INDEX outbox_due ON outbox(next_at) WHERE done_at IS NULL;
        CREATE TABLE idempotency(
            "user" bytea NOT NULL, key \(text) NOT NULL, request_hash bytea NOT NULL, state \(text) NOT NULL, status bigint,
            body bytea, created_at bigint NOT NULL, PRIMARY KEY("user", key)
        );
        CREATE INDEX idempotency_age ON idempotency(created_at);
        CREATE TABLE number_series(
            series \(text) NOT NULL, prefix \(text) NOT NULL, next bigint NOT NULL, PRIMARY KEY(series, prefix)
        );
        CREATE TABLE notification(
            id bytea PRIMARY KEY, "user" bytea NOT NULL, at bigint NOT NULL, kind \(text) NOT NULL, object \(text),
            record bytea, text_zh \(text) NOT NULL, text_en \(text) NOT NULL, read_at bigint
        );
        CREATE INDEX notification_user ON notification("user", at);
        CREATE INDEX notification_unread ON notification("user") WHERE read_at IS NULL;
        """

    private static let identity = """
        CREATE TABLE credential(
            "user" bytea PRIMARY KEY, login \(text) NOT NULL UNIQUE, password \(text) NOT NULL, totp_secret \(text),
            totp_step bigint, recovery \(text) NOT NULL DEFAULT '[]', must_change bigint NOT NULL DEFAULT 0,
            changed_at bigint NOT NULL
        );
        CREATE TABLE session(
            hash bytea PRIMARY KEY, "user" bytea NOT NULL, kind \(text) NOT NULL, created_at bigint NOT NULL,
            seen_at bigint NOT NULL, expires_at bigint NOT NULL, address \(text) NOT NULL, agent \(text) NOT NULL
        );
        CREATE INDEX "session_user" ON session("user");
        CREATE INDEX session_expiry ON session(expires_at);
        CREATE TABLE api_token(
            id bytea PRIMARY KEY, hash bytea NOT NULL UNIQUE, "user" bytea NOT NULL, name \(text) NOT NULL,
            created_at bigint NOT NULL, expires_at bigint, used_at bigint, revoked_at bigint
        );
        CREATE INDEX api_token_user ON api_token("user");
        CREATE TABLE login_failure(
            login \(text) NOT NULL, address \(text) NOT NULL, failures bigint NOT NULL, first_at bigint NOT NULL,
            locked_until bigint, PRIMARY KEY(login, address)
        );
        CREATE INDEX login_failure_age ON login_failure(first_at);
        """

    private static let imports = """
        CREATE TABLE import_batch(
            id bytea PRIMARY KEY, object \(text) NOT NULL, file_name \(text) NOT NULL, file_hash bytea NOT NULL,
            state \(text) NOT NULL, total bigint NOT NULL, created bigint NOT NULL, updated bigint NOT NULL,
            flagged bigint NOT NULL, mapping \(text) NOT NULL, report \(text) NOT NULL, at bigint NOT NULL, by bytea,
            undone_at bigint
        );
        CREATE INDEX import_batch_age ON import_batch(at);
        CREATE TABLE import_batch_row(
            batch bytea NOT NULL, line bigint NOT NULL, part bigint NOT NULL, object \(text) NOT NULL,
            record bytea NOT NULL, created bigint NOT NULL, version bigint NOT NULL, before \(text) NOT NULL,
            PRIMARY KEY(batch, line, part)
        );
        CREATE TABLE import_mapping(
            object \(text) NOT NULL, header \(text) NOT NULL, field \(text) NOT NULL, updated_at bigint NOT NULL,
            PRIMARY KEY(object, header)
        );
        """

    private static let importProblems = """
        CREATE TABLE import_problem(
            batch bytea NOT NULL, line bigint NOT NULL, item bigint NOT NULL, cell bigint NOT NULL,
            field \(text) NOT NULL, code \(text) NOT NULL, zh \(text) NOT NULL, en \(text) NOT NULL,
            PRIMARY KEY(batch, line, item)
        );
        """

    private static let pages = """
        CREATE TABLE attachment(
            id bytea PRIMARY KEY, object \(text) NOT NULL, record bytea NOT NULL, field \(text) NOT NULL,
            position bigint NOT NULL, name \(text) NOT NULL, media_type \(text) NOT NULL, size bigint NOT NULL,
            hash bytea NOT NULL, created_at bigint NOT NULL, created_by bytea, deleted_at bigint
        );
        CREATE INDEX attachment_record ON attachment(record, field, position);
        CREATE INDEX attachment_hash ON attachment(hash);
        CREATE TABLE attachment_content(
            hash bytea PRIMARY KEY, size bigint NOT NULL, content bytea NOT NULL
        );
        CREATE TABLE saved_view(
            id bytea PRIMARY KEY, object \(text) NOT NULL, "user" bytea NOT NULL, name \(text) NOT NULL, shared bigint NOT NULL,
            document \(text) NOT NULL, position bigint NOT NULL, updated_at bigint NOT NULL
        );
        CREATE INDEX saved_view_object ON saved_view(object, "user");
        """

    /// A search in one list begins at that list's titles.
    private static let titlesByObject = """
        CREATE INDEX search_document_object ON search_document(object, title_key);
        """

    private static let leases = """
        CREATE TABLE lease(name \(text) PRIMARY KEY, holder bytea NOT NULL, until bigint NOT NULL);
        """

    /// Who holds the baton of which record, and what is owed from one leg to the next.
    private static let relay = """
        CREATE TABLE leg(
            id bytea PRIMARY KEY, object \(text) NOT NULL, record bytea NOT NULL, process \(text) NOT NULL,
            version \(text) NOT NULL, leg \(text) NOT NULL, visit bigint NOT NULL, came_from \(text), previous bytea,
            giver bytea, offered_at bigint NOT NULL, status \(text) NOT NULL, holder bytea, in_stead bytea,
            accepted_by bytea, accepted_at bigint, ended_at bigint, exit \(text), clock \(text) NOT NULL, due_at bigint,
            paused_at bigint, reason \(text), ticks \(text) NOT NULL, revision bigint NOT NULL
        );
        CREATE INDEX leg_record ON leg(record, offered_at);
        CREATE INDEX leg_holder ON leg(holder) WHERE ended_at IS NULL;
        CREATE INDEX leg_process ON leg(process, version) WHERE ended_at IS NULL;
        CREATE INDEX leg_ended ON leg(process, object, ended_at) WHERE ended_at IS NOT NULL;
        CREATE TABLE leg_item(
            id bytea PRIMARY KEY, leg bytea NOT NULL, record bytea NOT NULL, deliverable \(text) NOT NULL,
            text \(text) NOT NULL, owed_by bytea, due_at bigint NOT NULL, settled_at bigint
        );
        CREATE INDEX leg_item_record ON leg_item(record);
        CREATE TABLE process_version(
            version \(text) PRIMARY KEY, process \(text) NOT NULL, document \(text) NOT NULL, created_at bigint NOT NULL
        );
        """

    /// Clocks of records, what became of rules, and how urgent a notice is.
    private static let clocks = """
        CREATE TABLE running_clock(
            record bytea NOT NULL, clock \(text) NOT NULL, object \(text) NOT NULL, step \(text) NOT NULL, person bytea,
            origin bigint NOT NULL, ledger \(text) NOT NULL, state \(text) NOT NULL, mark \(text) NOT NULL,
            silent_until bigint, due_at bigint, PRIMARY KEY(record, clock)
        );
        CREATE INDEX running_clock_mark ON running_clock(step, mark) WHERE state = 'runs' OR state = 'stands';
        CREATE INDEX running_clock_person ON running_clock(person, due_at) WHERE state = 'runs';
        CREATE TABLE rule_run(
            id bytea PRIMARY KEY, at bigint NOT NULL, object \(text) NOT NULL, record bytea NOT NULL, rule \(text) NOT NULL,
            trigger_text \(text) NOT NULL, event bigint NOT NULL, depth bigint NOT NULL, result \(text) NOT NULL,
            text_zh \(text) NOT NULL, text_en \(text) NOT NULL, UNIQUE(record, rule, event)
        );
        CREATE INDEX rule_run_object ON rule_run(object, at);
        CREATE INDEX rule_run_age ON rule_run(at);
        ALTER TABLE notification ADD COLUMN priority \(text) NOT NULL DEFAULT 'normal';
        """

    /// Workflows that were brought in, their runs and what is to be done in them.
    private static let workflows = """
        CREATE TABLE workflow(
            id bytea PRIMARY KEY, key \(text) NOT NULL, number bigint NOT NULL, graph \(text) NOT NULL, name \(text) NOT NULL,
            object \(text), file bytea NOT NULL, settings \(text) NOT NULL, hook \(text), created_at bigint NOT NULL,
            created_by bytea, retired_at bigint, retired_by bytea, UNIQUE(key, number)
        );
        CREATE TABLE workflow_run(
            id bytea PRIMARY KEY, workflow bytea NOT NULL, object \(text), record bytea, state \(text) NOT NULL,
            status \(text) NOT NULL, started_at bigint NOT NULL, started_by bytea, ended_at bigint, reason \(text),
            revision bigint NOT NULL
        );
        CREATE INDEX workflow_run_record ON workflow_run(record, started_at) WHERE record IS NOT NULL;
        CREATE INDEX workflow_run_workflow ON workflow_run(workflow, status);
        CREATE TABLE workflow_task(
            id bytea PRIMARY KEY, run bytea NOT NULL, activity bigint NOT NULL, node \(text) NOT NULL, name \(text) NOT NULL,
            item bigint, kind \(text) NOT NULL, lane \(text), position \(text) NOT NULL, near bytea, house_action \(text),
            topic \(text), object \(text), record bytea, status \(text) NOT NULL, holder bytea, in_stead bytea,
            opened_at bigint NOT NULL, taken_at bigint, ended_at bigint, ended_by bytea, note \(text),
            revision bigint NOT NULL, UNIQUE(run, activity)
        );
        CREATE INDEX workflow_task_holder ON workflow_task(holder) WHERE ended_at IS NULL;
        CREATE INDEX workflow_task_open ON workflow_task(kind, position, near) WHERE ended_at IS NULL;
        """

    /// What people do not want to hear of, and which notices came alone.
    private static let mutes = """
        CREATE TABLE notice_mute(
            "user" bytea NOT NULL, subject \(text) NOT NULL, object \(text), record bytea, at bigint NOT NULL,
            until bigint, PRIMARY KEY("user", subject)
        );
        ALTER TABLE notification ADD COLUMN muted bigint NOT NULL DEFAULT 0;
        ALTER TABLE notification ADD COLUMN interrupted_at bigint;
        CREATE INDEX notification_interrupted ON notification("user", interrupted_at) WHERE interrupted_at IS NOT NULL;
        CREATE INDEX notification_record ON notification("user", record) WHERE read_at IS NULL;
        """

    /// Records that were merged into others, and what went over.
    private static let merges = """
        CREATE TABLE record_merge(
            id bytea PRIMARY KEY, object \(text) NOT NULL, survivor bytea NOT NULL, at bigint NOT NULL, by bytea,
            document \(text) NOT NULL, undone_at bigint, undone_by bytea
        );
        CREATE INDEX record_merge_survivor ON record_merge(survivor, at);
        CREATE TABLE merged_record(
            record bytea PRIMARY KEY, object \(text) NOT NULL, survivor bytea NOT NULL, merge bytea NOT NULL
        );
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
        CREATE INDEX notification_unread ON notification("user", read_at) WHERE read_at IS NULL;
        """

    /// Work that goes from one person to others, and pairs of records that somebody says are not the same.
    private static let handOvers = """
        CREATE TABLE hand_over(
            id bytea PRIMARY KEY, person bytea NOT NULL, state \(text) NOT NULL, wish \(text) NOT NULL, fire_at bigint,
            at bigint NOT NULL, by bytea, begun_at bigint, ended_at bigint, undone_at bigint, failure \(text)
        );
        CREATE INDEX hand_over_state ON hand_over(state, fire_at);
        CREATE INDEX hand_over_age ON hand_over(at);
        CREATE TABLE hand_over_row(
            hand_over bytea NOT NULL, number bigint NOT NULL, kind \(text) NOT NULL, object \(text) NOT NULL,
            record bytea NOT NULL, field \(text) NOT NULL, receiver bytea, state \(text) NOT NULL, was \(text) NOT NULL,
            zh \(text) NOT NULL, en \(text) NOT NULL, PRIMARY KEY(hand_over, number)
        );
        CREATE INDEX hand_over_row_state ON hand_over_row(hand_over, state, number);
        CREATE TABLE hand_over_receipt(
            hand_over bytea NOT NULL, receiver bytea NOT NULL, at bigint NOT NULL, PRIMARY KEY(hand_over, receiver)
        );
        CREATE TABLE not_same(
            first bytea NOT NULL, second bytea NOT NULL, object \(text) NOT NULL, print \(text) NOT NULL,
            at bigint NOT NULL, by bytea, PRIMARY KEY(first, second)
        );
        CREATE INDEX not_same_object ON not_same(object, at);
        CREATE INDEX not_same_second ON not_same(second);
        """

    private static let search = """
        CREATE TABLE search_document(
            number bigint PRIMARY KEY, object \(text) NOT NULL, record bytea NOT NULL UNIQUE, title \(text) NOT NULL,
            title_key \(text) NOT NULL, text \(text) NOT NULL
        );
        CREATE INDEX search_document_title ON search_document(title_key);
        CREATE TABLE search_index(document bigint PRIMARY KEY, tokens text[] NOT NULL);
        CREATE INDEX search_index_tokens ON search_index USING gin(tokens) WITH (fastupdate = off);
        CREATE TABLE duplicate_key(
            object \(text) NOT NULL, kind \(text) NOT NULL, key \(text) NOT NULL, record bytea NOT NULL,
            PRIMARY KEY(object, kind, key, record)
        );
        CREATE INDEX duplicate_key_record ON duplicate_key(record);
        """
}
