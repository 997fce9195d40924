-- Of the writers that wrote lately. Who has written nothing for so long has nothing left to be heard.
SELECT writer, number FROM commit_mark WHERE at > now() - INTERVAL '60 s'
