SELECT count(*) FROM (SELECT 1 FROM unread LIMIT 1) messages
