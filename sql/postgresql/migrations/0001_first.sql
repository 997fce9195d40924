-- Times are milliseconds since 1970 UTC. Texts are compared as they are: COLLATE "C".
-- Tables whose rows change often leave room for the new versions on the same page, and are cleaned early.

CREATE TABLE users (
    id BIGINT PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    enabled BOOLEAN NOT NULL
);

CREATE TABLE sessions (
    session_hash TEXT COLLATE "C" PRIMARY KEY, -- hexadecimal
    user_id BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE account_change (
    id BIGINT PRIMARY KEY, -- from account_change_last: never given out twice, committed in order
    user_id BIGINT NOT NULL,
    scope BIGINT NOT NULL, -- 0: the session, 1: all login sessions, 2: all connections
    session_hash TEXT,
    at BIGINT NOT NULL
);
CREATE TABLE account_change_last (id BIGINT NOT NULL);
INSERT INTO account_change_last VALUES (0);

CREATE TABLE presence (
    user_id BIGINT PRIMARY KEY,
    last_seen BIGINT,
    online BOOLEAN NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- One for each user, from the beginning. Its row lock makes the order of seqs the order of commits.
CREATE TABLE mailbox (
    user_id BIGINT PRIMARY KEY,
    last_seq BIGINT NOT NULL,
    unread_count BIGINT NOT NULL,
    unread_bytes BIGINT NOT NULL -- of bodies
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

CREATE TABLE unread (
    receive_user_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    send_user_id BIGINT NOT NULL,
    client_id TEXT,
    body TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    receipt BOOLEAN NOT NULL,
    PRIMARY KEY (receive_user_id, seq)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 10000);

-- The memory of clientIds.
CREATE TABLE sent (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- in the order of time
    send_user_id BIGINT NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    receive_user_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    UNIQUE (send_user_id, client_id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- The last transaction of each writer that committed. A writer whose connection broke at COMMIT reads
-- it to learn what became of that. (pg_xact_status() may lie after a crash, which frees transaction ids
-- whose records were not yet on disk.)
CREATE TABLE commit_mark (
    writer TEXT COLLATE "C" PRIMARY KEY,
    number BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL
) WITH (fillfactor = 20);
