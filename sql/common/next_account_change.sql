-- The row stays locked until the commit: changes are committed in the order of their numbers.
UPDATE account_change_last SET id = id + 1 RETURNING id
