-- Parameters: now, tolerance, whether it is confirmed. A row comes back if the time is believed.
UPDATE confirmed_time
SET at = CASE WHEN at IS NULL OR ?1 > at OR ?1 < at - ?2 THEN ?1 ELSE at END
WHERE ?3 OR at IS NULL OR ?1 BETWEEN at - ?2 AND at + ?2
RETURNING at
