-- A failure takes back the transaction: there is no need to be able to take back this alone.
INSERT OR FAIL INTO sent (send_user_id, client_id, receive_user_id, seq, sent_at, confirmed_at, id)
SELECT p1, p2, p3, p4, p5, p6, p7 FROM input
