-- A row when it is not there, when there are several, or when it is behind.
SELECT max(id) FROM account_change_last
HAVING count(*) <> 1 OR max(id) < (SELECT coalesce(max(id), 0) FROM account_change)
