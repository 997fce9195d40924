<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en">
<context>
    <name>Describe</name>
    <message>
        <source>%1 connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is refused with %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 times </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sends %2%3 to %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 puts on the wire: %2%3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 puts %2 binary bytes on the wire</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is %2sent %3%4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 fetches what it missed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 fetches a page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up to </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 confirms %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 watches %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 finds %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>automatic confirms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heartbeats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as they should be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dropped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delayed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>doubled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>confirms </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 from now on: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1&apos;s connection is cut off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sends its newest message once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 floods the server with %2 frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 takes %2 session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1&apos;s connection is closed with %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until %1 is online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until %1 is offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until all that %1 sent is stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until %1 has %2 unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until %1 has received %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server is killed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server is stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server starts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server is killed and starts again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all mailboxes are read: nothing is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all that was accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has received %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 is answered with %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::audit::Finding</name>
    <message>
        <source>LOST</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NOT PUSHED</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PUSHED TWICE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OUT OF ORDER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CHANGED</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MISROUTED</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SEQ GIVEN TWICE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STORED TWICE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MAILBOX WENT BACK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CAME BACK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>REMOVED TOO MUCH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>REMOVED UNASKED</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>REFUSED YET DELIVERED</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BEFORE IT WAS STORED</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, user %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 #%2 of user %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::audit::Judge</name>
    <message>
        <source>#%1 of user %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>#%1 of user %2 (clientId %3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: accepted, but never pushed to user %2&apos;s live connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has another text than was sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has the seq of another message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was sent when the mailbox had given out #%2 already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was sent behind the message that became #%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was accepted before, as #%2 of user %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was accepted before, and is stored anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A CONFIRM of user %1 removed %2 messages, where at most %3 could be meant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: accepted, but its CONFIRM found nothing in the mailbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of #%1 to #%2 of user %3, %4 were no longer in the mailbox when they were confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is told to be confirmed, and nobody confirmed it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: accepted, but TRACK does not know it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was confirmed, and is unread again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was delivered, and then refused with an ERROR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was seen, but the mailbox says that it never gave out more than #%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: accepted and not confirmed, but missing from the mailbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User %1&apos;s mailbox holds %2 messages, but at least %3 from #%4 on were accepted and not confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was pushed to a connection that is behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was pushed again, or behind #%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was left out: #%2 was pushed before it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was pushed though it is older than what was fetched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: accepted, but neither fetched nor pushed before #%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 comes behind #%2 in one page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is in a page of what comes after #%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is another message than the one that had this seq before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was sent to somebody else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was refused with an ERROR, and is delivered nevertheless</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User %1 fell behind with %2 unread messages, but at least %3 were accepted and not confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was delivered or answered before it was stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was removed, and nobody confirmed it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::diagram::Diagram</name>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequence diagram</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::frames</name>
    <message>
        <source>&quot;%1&quot; is missing or not of its form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is no JSON object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>
... %1 more bytes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::frames::FrameFile</name>
    <message>
        <source>Another file is being saved or loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line %1 %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::frames::FrameLog</name>
    <message>
        <source>connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ended %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>binary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seq or clientId</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::frames::JsonlReader</name>
    <message>
        <source>is longer than %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::load::Run</name>
    <message>
        <source>There is no server to connect to: enter its address first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Two users can make at most %n pairs: a server admits no more connections of one user.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The pairs must be 1 to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window must be 1 to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The body must be 0 to %1 bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time sessions need the server&apos;s secret key: enter it, or log in as two users instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first user id must be 1 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pair could connect: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play</name>
    <message>
        <source>A frame of more than %1 bytes is not sent from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes are pairs of the digits 0-9 and a-f.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closed with 1009: over %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ERROR unsupported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ERROR %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer: a CONFIRM without a ref has none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CONFIRMED</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SENT, unless the receiver is unknown or his mailbox is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MESSAGES</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STATUS, now and at each change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closed with 1007: no UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Malformed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Binary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop CONFIRMs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gets a message and never confirms it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the message unread, and sends it again with FETCH.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delay CONFIRMs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirms a message only after a while.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the message unread until the CONFIRM, and then removes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double CONFIRMs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirms a message twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers the second CONFIRM with CONFIRMED, too, and removes nothing for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the same clientId again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sends one message twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stores it once: the second SENT has the same seq and &quot;duplicate&quot;:true.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send a malformed frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sends half a JSON object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers ERROR bad_json. The connection stays open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send an oversized frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sends one byte more than a frame may have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closes with 1009.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send a binary frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sends a few bytes as a binary frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers ERROR unsupported. The connection stays open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sends more commands than the server allows at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers ERROR rate_limited with retryAfter, and serves him again after it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop heartbeats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is silent until the server has had enough.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closes with 4508 once nothing came for its timeout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abort the socket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends the connection without a goodbye.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes that he went at once, takes him back, and tells that he is online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks for more than he reads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends his connection, with 4513 or without a code. Others notice nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrong session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connects with a session that nobody made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuses with HTTP 401.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expired session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connects with a session that was good once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another user&apos;s session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connects as somebody else with his own session.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::AbortCheck</name>
    <message>
        <source>Asks when he was last seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STATUS was not answered in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is back, and asks when he was last seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>He is back, but the server does not tell that he was gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STATUS is not of its form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is gone, and comes back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>He did not come back in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is back. Another pane kept him online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is back and online; the server noted that he was gone.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::Account</name>
    <message>
        <source>The server&apos;s address is needed, such as ws://127.0.0.1:2345.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A user name is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A userId of 1 or more is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s secret key is needed to mint a session.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::ConfirmCheck</name>
    <message>
        <source>Writes to himself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message was not stored and delivered in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be confirmed badly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many messages are waiting to be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message was refused: %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::DelayCheck</name>
    <message>
        <source>Was given the message, and lets the CONFIRM wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CONFIRM or TRACK was not answered in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before its CONFIRM the message was not unread.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message #%1 was unread until its CONFIRM.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After its CONFIRM the message is not confirmed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::DoubleCheck</name>
    <message>
        <source>Was given the message, and confirms it twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There were no two CONFIRMED in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CONFIRMED is not of its form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first CONFIRM removed nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second CONFIRM removed nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second CONFIRM removed %1 again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::Draft</name>
    <message>
        <source>Half an object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An array</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A command in small letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field of another type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number out of range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A zero character in the body</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody&apos;s userId</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deep nesting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The largest body</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A body of one byte too many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A frame that is too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A few bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON as bytes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::DropCheck</name>
    <message>
        <source>Was given the message, does not confirm it, and fetches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FETCH was not answered in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message #%1 stayed unread and came again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message #%1 was not confirmed, and is gone.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::DuplicateCheck</name>
    <message>
        <source>Writes to himself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SEND was not answered in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once and for all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many messages are waiting to be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message was refused: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second SEND was refused: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first SENT is no first one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sends it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second SEND was not answered in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Was told that #%1 is a duplicate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was stored twice, as #%1 and #%2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second SENT does not say that it is a duplicate.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::FaultCheck</name>
    <message>
        <source>%1 is not connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> Then %1: too many bad frames within a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 But then the connection ended with %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> The connection stays open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks whether the connection is still there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 But then the connection answered no more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::FloodCheck</name>
    <message>
        <source>The server&apos;s rate is too high, or it has none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Was answered ERROR rate_limited with retryAfter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sends %1 commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 commands at once were not too many.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ERROR rate_limited does not say retryAfter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Was told to wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The refusals did not come to an end.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::OversizedCheck</name>
    <message>
        <source>The server allows frames of %1 bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sends %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection did not end in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Was closed with 1009.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::Player</name>
    <message>
        <source>The account was changed before it was stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many messages are waiting to be sent.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::RefusedFrameCheck</name>
    <message>
        <source>Waits for the ERROR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There was no ERROR in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Was answered ERROR %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::SessionCheck</name>
    <message>
        <source>Tries to connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The attempt was not answered in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To have a session that was good once, log in with a password or with the secret key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The login failed: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session could not be ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User %1 was let in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server cannot be reached: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User %1 was refused with HTTP %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::SilenceCheck</name>
    <message>
        <source>The server waits for %1 s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is silent for %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not mind a silence of %1 s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not silent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Was closed with %1 after %2 s of silence.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::play::SlowReaderCheck</name>
    <message>
        <source>Writes himself a heap of messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The messages were not stored in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A message was refused: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks for %1 MiB and reads nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not end the connection of who does not read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection ended without a code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (Nobody else was there to notice.)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> %1 noticed nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> But %1 was not answered meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::scenario::Company</name>
    <message>
        <source>The first %1 and the last %1 of %2 steps.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::scenario::Performer</name>
    <message>
        <source> (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was refused%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not online: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is online already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 should have been refused with %2 and was let in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>should have been refused with %1, and ended with %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing was answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>still connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has sent nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the connection ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 should have been closed with %2, and was with %3: %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the connection did not end; %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this server is not ours to stop or start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server does not run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server runs already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server hangs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after #%1 came #%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>#%1 was sent before what came before it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is still %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of what %2 sent was not answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>should be %1 and is %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the mailbox could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a mailbox was not read to its end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 should have received %2 messages and has %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>#%1 was accepted, and %2 never received it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>should have been answered with %1, and was with %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the answer does not hold &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the end %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> #%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what came: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is no seq</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot send: it never connected, or too much waits already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 came like %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing like %1 came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; the nearest: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this should not have come: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer at all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the connection ended with %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no %1 came; %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last MESSAGES</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::scenario::Runner</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connections of before did not end in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (waited %1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there are not enough panes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::scenario::Trial</name>
    <message>
        <source>the server did not start in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it needs a server of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::scenario::Witness</name>
    <message>
        <source>accepted %1, delivered %2, confirmed %3, unread %4: nothing lost, doubled or out of order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no messages to audit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::AboutDialog</name>
    <message>
        <source>Parley %1
Wire contract %2
Qt %3 (built with %4)
%5, %6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Parley</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parley Workbench</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private messaging, played, seen, broken and proven.
Free software under the MIT license.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Co&amp;py versions</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::AuditBadge</name>
    <message>
        <source>No-loss auditor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the auditor found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auditor: nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No loss · %1 accepted = %2 delivered ∪ %3 unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Send a message: from then on every message is followed from its SEND to its CONFIRM.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every accepted message was delivered or is unread; nothing was doubled, changed or out of order. Accepted %1, delivered %2, confirmed %3, unread %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server broke its word. Accepted %1, delivered %2, confirmed %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether every accepted message was delivered or is unread; click for more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter or a click shows the frame that gave it away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the trace</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::BubbleDelegate</name>
    <message>
        <source>to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm this message (C)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::ClientPane</name>
    <message numerus="yes">
        <source>BEHIND: too many messages are unconfirmed, so none is pushed any more. FETCH gets the %n unread and makes live again.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was said yet. Write to %1 below; Enter sends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect, then write to %1. Enter sends.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::ComposerPanel</name>
    <message>
        <source>Se&amp;nd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who sends it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Binary (hex)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form of the frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Templates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was sent from here (Ctrl+Up, Ctrl+Down)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any frame, right or wrong. Ctrl+Enter sends it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no pane that could send it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server should answer: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::ConnectionForm</name>
    <message>
        <source>Se&amp;rver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User and password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User id and secret key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User id and session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Way to sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;By</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User &amp;id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secret &amp;key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the secret key from a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any text, right or wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s secret key</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::ControlStrip</name>
    <message>
        <source>&amp;Auto-confirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirms each message as soon as it has come</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FE&amp;TCH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks for all unread messages, the oldest first (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect first, then unread messages can be fetched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FETCH, %1 unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confir&amp;m all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CONFIRMs every message that was received (Ctrl+Shift+Return)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::ConversationView</name>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C confirms the selected messages, Ctrl+C copies them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;onfirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow in the &amp;inspector</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::DiagramLegend</name>
    <message>
        <source>command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deliver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>confirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>presence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inferred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Solid: seen on the wire, or told by the server&apos;s trace. Dashed: nobody told, but what the clients saw proves it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::DiagramPanel</name>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This diagram is too long for a PNG. Export it as SVG, hide answers and heartbeats, or clear it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect both clients and send a message: each step appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequence diagram</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stand still; steps are still recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget all steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ollow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay with the newest step (End)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;−</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;+</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>100 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As large as it is made (0)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also SENT, CONFIRMED, receipts and other answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;heartbeats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those that come one after the other are one arrow that counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;SVG…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SVG pictures (*.svg)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;PNG…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Mermaid…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mermaid diagrams (*.mmd)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plant&amp;UML…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PlantUML diagrams (*.puml)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy as Mermaid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is shown, as a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the diagram</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file&apos;s name must end in .svg, .png, .mmd or .puml.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied as Mermaid.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::DiagramView</name>
    <message>
        <source>%1 times, last at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inferred: the clients saw what proves it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Told by the server&apos;s trace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequence diagram</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::Docks</name>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::FaultRow</name>
    <message>
        <source>Server: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame that shows it: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not as it should: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::FaultsPanel</name>
    <message>
        <source>Pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose client misbehaves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no pane yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect it to try what needs a connection.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::Files</name>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::FrameDetail</name>
    <message>
        <source>Copy &amp;JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as &amp;websocat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow &amp;this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The payload, as it is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line for a shell that does the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows this message&apos;s way through all panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No frame is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one to see all of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as c&amp;url</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 → server: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>server → %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>user %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seq %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clientId %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answered in %1 ms</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::FrameTable</name>
    <message>
        <source>Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No frame is like this.
Esc shows all of them again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No frames yet.
Connect a client, and all that it sends and receives stands here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::HeartbeatMeter</name>
    <message>
        <source>Heartbeat: on or off, the time until the next, the last round trip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heartbeat off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heartbeat on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heartbeat, on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heartbeat, off</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::InspectorPanel</name>
    <message>
        <source>Frame %1 is no longer there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This frame is about no message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames: %L1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames: %L1 of %L2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Kinds •</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Kinds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Panes •</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as %1. Frames: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file could not be written: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file could not be read: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loaded: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines that could not be read: %L1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames (*.jsonl)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames (*.jsonl);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in frames (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ollow message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows only one message&apos;s way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Newest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stays at the newest frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back to the panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leaves the file that was loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forgets all frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saves all frames as JSON lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loa&amp;d…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows the frames of a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows only frames about this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fetching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Confirming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Heartbeats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Presence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;onnections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is &amp;no command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All but hea&amp;rtbeats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows only the frames of these</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::LaunchOptions</name>
    <message>
        <source>%1 is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workbench of Parley: clients that are played, seen, broken and proven.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connects as alice and bob, the users of a server started with --demo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server; by default ws://127.0.0.1:2345.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The secret key that sessions are minted with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The administrator&apos;s token, for the server&apos;s trace; or PARLEY_ADMIN_TOKEN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>en, vi or system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>system, light or dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prints the version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prints this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--url: %1 is no address such as ws://127.0.0.1:2345</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no administrator&apos;s token (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--theme: system, light or dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--language: en, vi or system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; means nothing here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::LoadTab</name>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delivered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latency, send to receive, ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p50</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p95</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p99</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose how many pairs of users shall write to each other, and start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who connects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Many users, by time sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two users, by password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages of one pair that were sent and not yet received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Body</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sto&amp;p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pai&amp;rs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Body</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secret key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server&apos;s secret key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First user id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secret &amp;key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First &amp;user id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password of user %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User &amp;%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>At most %n pairs: a server admits no more connections of one user.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>messages per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p50 latency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p99 latency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>–</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping: what is under way is waited for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Running. %n error(s), the last: %1</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Running: %1 messages delivered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 messages in %2 s: %3 a second; p50 %4, p95 %5, p99 %6, longest %7. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing lost, doubled or out of order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 missing, %2 doubled, %3 out of order!</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n error(s), the last: %1</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No server yet: enter its address in a client pane.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Against %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::MainWindow</name>
    <message>
        <source>Parley Workbench</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adds a client pane (Ctrl+N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Clear everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forgets all conversations and frames (Ctrl+L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language takes effect at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Client</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Connect or disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection &amp;details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect a&amp;ll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect &amp;everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;FETCH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CONFIRM &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;uto-confirm on or off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Heartbeat on or off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose &amp;receiver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a &amp;message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;onversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pane %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Parley</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diagram</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raw frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::MarkDelegate</name>
    <message>
        <source>not run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not finished</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::MessageBar</name>
    <message>
        <source>Dismiss (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::MessageComposer</name>
    <message>
        <source>Sen&amp;d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter begins a new line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect first, then write here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a receiver first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write to %1: sent once online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many messages are waiting to be sent. Wait until they are, then send again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::Observers</name>
    <message>
        <source>the token is for another server</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::PaneHeader</name>
    <message>
        <source>Show or hide the connection&apos;s details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection details of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;onnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disc&amp;onnect</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::PeerLine</name>
    <message>
        <source>Receiver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>user id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A user of another pane, or any user id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;With</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>presence not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline, last seen %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline, never seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The receiver is: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::People</name>
    <message>
        <source>user %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::RecordedDialog</name>
    <message>
        <source>Recorded scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scenario&apos;s text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run it</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n step(s). Read it, save it, and take away by hand what does not matter.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>It cannot be run as it is: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenarios (*.yaml)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::ScenarioList</name>
    <message>
        <source>This file is no scenario.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::ScenarioPanel</name>
    <message>
        <source>Failed after %1 at step %2, which is %3:%4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passed in %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passed in %1. Audit: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no server at %1. Install parleyd beside this program, or choose the server of the panes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no pane. Add one, and say where it connects to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 names no server. Fill in where it connects to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has no secret key, with which this makes its sessions. Choose “User id and secret key” there, or a server of its own here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It sets up, stops or kills its server, and so needs one of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running: step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not run yet. A run clears the panes and disconnects them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the chosen scenario in the panes (F9)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop recor&amp;ding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recor&amp;d</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Recording, %n event(s) so far. Do in the panes what the scenario is to do, then stop.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The frame of this step is gone: another run began since. Run this one again to see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>R&amp;un</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the chosen scenario in the panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run one after the other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop what runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a scenario of what is done in the panes by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a scenario&apos;s file to the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What came of the last run, as HTML or as JUnit&apos;s XML</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Where:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A server of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server of the panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where scenarios run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its own one is started for each scenario and goes away with it. That of the panes is where ClientA connects to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenarios (*.yaml *.yml *.json);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTML report (*.html);;JUnit XML (*.xml)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was recorded: nothing was done in the panes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What they do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the message: sends it. In the form: connects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the message: begins a new line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the conversation: confirms the selected messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the conversation: copies the selected messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a message bar: dismisses it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::StepList</name>
    <message>
        <source>%1
Line %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2: %3 %4 %5</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::TraceStatus</name>
    <message>
        <source>The server&apos;s trace shows what it does inside: stored, routed, removed. It needs a server started with --trace, and its administrator&apos;s token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trace: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trace: %1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parley::ui::words</name>
    <message>
        <source>The login was refused: wrong password or unknown user. Correct them and connect again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session was refused: the secret key is not the server&apos;s, there is no user with this id, or the clocks are minutes apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session was refused: it is wrong or has expired, or it is another user&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not understand the request (HTTP 400). Check the user id and the session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server refuses this session from here (HTTP 403): it is in use from another network address. Make a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answers at %1 is no Parley server (HTTP %2). Check the address and the port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many failed attempts: the server makes this address wait. It is tried again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is overloaded or shutting down. It is tried again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server answered with HTTP status %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server closed the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection was lost (%1). It is tried again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server closed the connection: what it was sent is not WebSocket (%1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server closed the connection: a frame was too large (1009). Send smaller ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server closed the connection: ten bad frames within a minute (4400). Connect again when they are mended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session ended: logout, a new password, or the user was disabled (4401). Connect again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A newer connection of this user replaced this one (4409). Close some of them and connect again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server closed the connection: too many commands for too long (4429). Send fewer and connect again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server heard nothing for too long and closed the connection (4508). Switch the heartbeat on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is shutting down (4512). It is tried again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server closed the connection: this client read too slowly (4513). Nothing is lost: FETCH gets what was missed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection was closed with %1 (%2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logging in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No server answers at %1. Start one with ./scripts/run.sh; this pane comes back by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown_user: there is no such receiver, or he is disabled. Choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mailbox_full: the receiver&apos;s mailbox is full. He has to FETCH and CONFIRM before it takes more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too_large: the text is longer than the server takes. Shorten it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>id_reused: this clientId was used for another receiver. Send it with a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rate_limited: more commands than the server takes. What was sent here is sent again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>store_unavailable: the database cannot take it now; nothing was stored. It is sent again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>internal: a defect of the server. Its log says more: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in &quot;%2&quot;: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>  (%1 ms later)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seq %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clientId %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
