-- When a login session was made: a user who has too many of them loses the oldest.
ALTER TABLE sessions ADD COLUMN made_at BIGINT NOT NULL DEFAULT 0;

-- The newest time at which something was forgotten: a clock that is far ahead of it may be wrong. At
-- first the newest that there is; NULL when there is nothing.
CREATE TABLE confirmed_time (at BIGINT);
INSERT INTO confirmed_time
SELECT max(at) FROM (SELECT max(sent_at) AS at FROM sent UNION ALL SELECT max(last_seen) FROM presence) newest;
