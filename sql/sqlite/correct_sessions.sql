-- Parameters: what is ahead of it is wrong, now. They live as long as they would have.
UPDATE sessions SET expires_at = expires_at - made_at + ?2, made_at = ?2 WHERE made_at > ?1
