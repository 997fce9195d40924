-- `sent` loses its index over (send_user_id, client_id), and sent_key takes its place: there new keys
-- are put in many at a time.

CREATE TABLE sent_key (
    send_user_id INTEGER NOT NULL,
    client_id TEXT NOT NULL,
    sent_id INTEGER NOT NULL,
    PRIMARY KEY (send_user_id, client_id)
) WITHOUT ROWID;
INSERT INTO sent_key SELECT send_user_id, client_id, id FROM sent ORDER BY send_user_id, client_id;

-- The keys of later rows of `sent` are not in sent_key yet.
CREATE TABLE sent_key_last (sent_id INTEGER NOT NULL);
INSERT INTO sent_key_last SELECT coalesce(max(id), 0) FROM sent;

-- The memory of clientIds.
CREATE TABLE sent_without_index (
    id INTEGER PRIMARY KEY, -- in the order of time, and never given out twice
    send_user_id INTEGER NOT NULL,
    client_id TEXT NOT NULL,
    receive_user_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    confirmed_at INTEGER
);
INSERT INTO sent_without_index
SELECT id, send_user_id, client_id, receive_user_id, seq, sent_at, confirmed_at FROM sent ORDER BY id;
DROP TABLE sent;
ALTER TABLE sent_without_index RENAME TO sent;

CREATE TRIGGER sent_forgotten AFTER DELETE ON sent BEGIN
    DELETE FROM sent_key
    WHERE send_user_id = OLD.send_user_id AND client_id = OLD.client_id AND sent_id = OLD.id;
END;

-- The row in sent, if it was sent with a key; NULL also in rows that are older than this column.
ALTER TABLE unread ADD COLUMN sent_id INTEGER;
