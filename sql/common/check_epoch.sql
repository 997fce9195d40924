-- A row when there is none, when there are several, or when it is empty.
SELECT count(*) FROM store_epoch HAVING count(*) <> 1 OR min(length(epoch)) = 0
