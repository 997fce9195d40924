INSERT INTO account_change (id, user_id, scope, session_hash, at)
VALUES (?1, ?2, ?3, ?4, ?5)
