-- The last number that was given out; also when its row was forgotten meanwhile.
SELECT max(sent_id, coalesce((SELECT max(id) FROM sent), 0)) FROM sent_key_last
