-- Looks only at the oldest ones, which begin with the smallest id, and whose keys are in the index. One
-- that a clock that was behind dated before the ones ahead of it goes with them. Their keys go by themselves.
DELETE FROM sent
WHERE id IN (
    SELECT id
    FROM (SELECT id, max(sent_at) OVER (ORDER BY id) AS youngest
          FROM (SELECT id, sent_at
                FROM sent
                WHERE id <= (SELECT sent_id FROM sent_key_last)
                ORDER BY id
                LIMIT ?1))
    WHERE youngest < ?2)
RETURNING 1
