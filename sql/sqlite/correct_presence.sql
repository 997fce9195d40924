-- Parameters: what is ahead of it is wrong, now.
UPDATE presence SET last_seen = ?2 WHERE last_seen > ?1
