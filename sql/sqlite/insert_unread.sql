INSERT OR FAIL INTO unread (receive_user_id, seq, send_user_id, client_id, body, sent_at, receipt, sent_id)
SELECT p1, p2, p3, p4, p5, p6, p7, p8 FROM input
