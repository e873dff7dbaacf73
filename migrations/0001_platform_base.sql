-- The ground: schema, the application's database role, and the audit trail.
--
-- Two kinds of database users:
--   * the owner runs migrations and nothing else;
--   * metricis_app is what the server becomes (SET ROLE) on each connection. It reads, inserts and
--     updates. It deletes only where a migration says so, and it never truncates.

CREATE SCHEMA IF NOT EXISTS app;

-- Roles belong to the whole cluster: several databases (and tests in parallel) share this one.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'metricis_app') THEN
    BEGIN
      CREATE ROLE metricis_app NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- somebody else was faster
    END;
  END IF;
  -- A superuser may become any role without being a member.
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    BEGIN
      EXECUTE format('GRANT metricis_app TO %I', current_user);
    EXCEPTION
      WHEN unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        -- The administrator made the role and its members beforehand.
        IF NOT pg_has_role(current_user, 'metricis_app', 'MEMBER') THEN RAISE; END IF;
    END;
  END IF;
END
$$;

GRANT USAGE ON SCHEMA app TO metricis_app;
-- For every table that later migrations create.
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT, INSERT, UPDATE ON TABLES TO metricis_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT USAGE ON SEQUENCES TO metricis_app;

-- ---------------------------------------------------------------------------------------------
-- The audit trail: one hash chain for each study, and one (the nil UUID) for what belongs to no
-- study. How the hashes and signatures are computed: docs/audit-trail.md.

CREATE TABLE app.audit_entry (
  -- The chain: the study, or the nil UUID. No foreign key, so that the trail needs nothing else.
  study_id   uuid        NOT NULL,
  -- 1, 2, 3, … without gaps within a chain.
  seq        bigint      NOT NULL CHECK (seq > 0),
  id         uuid        NOT NULL,
  at         timestamptz NOT NULL,
  -- staff, participant, task_runner, system or nobody
  actor_kind text        NOT NULL,
  -- user id, participant id, or the name of the part of the system
  actor_id   text        NOT NULL,
  -- <entity>.<verb>
  action     text        NOT NULL,
  entity     text        NOT NULL,
  entity_id  text        NOT NULL,
  -- json, not jsonb: the text is kept to the letter, because the hash covers it
  old_values json,
  new_values json,
  reason     text,
  request_id uuid        NOT NULL,
  -- hash of the entry before (32 zero bytes for the first)
  prev_hash  bytea       NOT NULL CHECK (octet_length(prev_hash) = 32),
  hash       bytea       NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (study_id, seq)
);

-- The end of each chain. The signature covers chain, seq and hash: who cuts the tail cannot make
-- a head that fits.
CREATE TABLE app.audit_head (
  study_id  uuid   PRIMARY KEY,
  seq       bigint NOT NULL CHECK (seq >= 0),
  hash      bytea  NOT NULL CHECK (octet_length(hash) = 32),
  -- Ed25519
  signature bytea  NOT NULL CHECK (octet_length(signature) = 64)
) WITH (fillfactor = 20); -- one row, rewritten at every entry: leave room for in-page updates

-- Every hundredth entry, signed again and also written to the log, outside of the database.
CREATE TABLE app.audit_checkpoint (
  study_id  uuid        NOT NULL,
  seq       bigint      NOT NULL CHECK (seq > 0),
  hash      bytea       NOT NULL CHECK (octet_length(hash) = 32),
  at        timestamptz NOT NULL,
  signature bytea       NOT NULL CHECK (octet_length(signature) = 64),
  PRIMARY KEY (study_id, seq)
);

-- The application may add and read. The triggers below hold for the owner as well.
REVOKE UPDATE ON app.audit_entry, app.audit_checkpoint FROM metricis_app;

CREATE FUNCTION app.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%.% is append-only: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON app.audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON app.audit_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON app.audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
-- A head only moves forward, one entry at a time.
CREATE TRIGGER forward BEFORE UPDATE ON app.audit_head
  FOR EACH ROW WHEN (new.study_id <> old.study_id OR new.seq <> old.seq + 1)
  EXECUTE FUNCTION app.refuse_change();

-- Also for sessions that replay changes (session_replication_role = replica).
ALTER TABLE app.audit_entry ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE app.audit_checkpoint ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE app.audit_head ENABLE ALWAYS TRIGGER keep;
ALTER TABLE app.audit_head ENABLE ALWAYS TRIGGER forward;
