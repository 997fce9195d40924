-- Taking the write lock at once, a transaction cannot fail later because somebody else wrote.
BEGIN IMMEDIATE
