-- Background work and, for the demonstration, mail that stays here.

-- A job is added in the transaction of the change that causes it, and runs at least once after
-- that transaction commits. Workers lease due rows with FOR UPDATE SKIP LOCKED.
CREATE TABLE app.job (
  id           uuid        PRIMARY KEY,
  -- <area>.<verb>, e.g. mail.send; names the handler
  kind         text        NOT NULL,
  -- What the handler is given: in the clear, or sealed where it holds personal data or a secret.
  -- Both are emptied when the job is done.
  payload      jsonb,
  sealed       bytea,
  -- While a job with this key is unfinished, another of the same kind is not added.
  dedup_key    text,
  run_at       timestamptz NOT NULL,
  attempts     integer     NOT NULL DEFAULT 0,
  max_attempts integer     NOT NULL CHECK (max_attempts > 0),
  -- The worker that runs it now, and until when it must have said that it lives.
  leased_by    uuid,
  lease_until  timestamptz,
  -- The same job was asked for again while it ran: it runs once more.
  run_again    boolean     NOT NULL DEFAULT false,
  -- Without personal data.
  last_error   text,
  -- The request that caused it; its log lines and audit entries carry the same id.
  request_id   uuid        NOT NULL,
  created_at   timestamptz NOT NULL,
  done_at      timestamptz,
  -- Given up after max_attempts, or at once when trying again is pointless. An operator replays it.
  dead_at      timestamptz,
  CHECK (payload IS NULL OR sealed IS NULL),
  CHECK ((leased_by IS NULL) = (lease_until IS NULL)),
  CHECK (done_at IS NULL OR dead_at IS NULL)
);

CREATE UNIQUE INDEX job_dedup ON app.job (kind, dedup_key)
  WHERE dedup_key IS NOT NULL AND done_at IS NULL AND dead_at IS NULL;
CREATE INDEX job_due ON app.job (run_at) WHERE done_at IS NULL AND dead_at IS NULL;
CREATE INDEX job_done ON app.job (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX job_dead ON app.job (dead_at) WHERE dead_at IS NOT NULL;

-- Done jobs are cleared away after a week.
GRANT DELETE ON app.job TO metricis_app;

-- Where mail goes in a demonstration, instead of to a mail server. Never filled otherwise.
CREATE TABLE app.mail_outbox (
  -- the job that sent it, so that sending twice leaves one
  id         uuid        PRIMARY KEY,
  at         timestamptz NOT NULL,
  kind       text        NOT NULL,
  to_address text        NOT NULL,
  subject    text        NOT NULL,
  text       text        NOT NULL,
  html       text
);
CREATE INDEX mail_outbox_at ON app.mail_outbox (at);
