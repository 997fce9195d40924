-- The last one that has a free id above it. (The largest that there can be has none.)
SELECT (
    SELECT id
    FROM users u
    WHERE id < 9007199254740991 AND NOT EXISTS (SELECT 1 FROM users above WHERE above.id = u.id + 1)
    ORDER BY id DESC
    LIMIT 1)
