SELECT id FROM account_change_last
