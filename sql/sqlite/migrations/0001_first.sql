-- Times are milliseconds since 1970 UTC.

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    enabled INTEGER NOT NULL
);

CREATE TABLE sessions (
    session_hash TEXT PRIMARY KEY, -- hexadecimal
    user_id INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE account_change (
    id INTEGER PRIMARY KEY, -- from account_change_last: never given out twice
    user_id INTEGER NOT NULL,
    scope INTEGER NOT NULL, -- 0: the session, 1: all login sessions, 2: all connections
    session_hash TEXT,
    at INTEGER NOT NULL
);
CREATE TABLE account_change_last (id INTEGER NOT NULL);
INSERT INTO account_change_last VALUES (0);

CREATE TABLE presence (
    user_id INTEGER PRIMARY KEY,
    last_seen INTEGER,
    online INTEGER NOT NULL
);

-- One for each user, from the beginning.
CREATE TABLE mailbox (
    user_id INTEGER PRIMARY KEY,
    last_seq INTEGER NOT NULL,
    unread_count INTEGER NOT NULL,
    unread_bytes INTEGER NOT NULL -- of bodies
);

CREATE TABLE unread (
    receive_user_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    send_user_id INTEGER NOT NULL,
    client_id TEXT,
    body TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    receipt INTEGER NOT NULL,
    PRIMARY KEY (receive_user_id, seq)
) WITHOUT ROWID;

-- The memory of clientIds.
CREATE TABLE sent (
    id INTEGER PRIMARY KEY, -- in the order of time
    send_user_id INTEGER NOT NULL,
    client_id TEXT NOT NULL,
    receive_user_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    UNIQUE (send_user_id, client_id)
);
