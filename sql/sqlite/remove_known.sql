-- Without telling what was removed.
DELETE FROM unread
WHERE receive_user_id = ?1 AND seq BETWEEN ?2 AND ?3
