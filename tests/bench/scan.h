// SPDX-License-Identifier: MIT
// Reads the server's frames without building a document: texts stay where they are, and escapes in
// them are not resolved, since the benchmark's own bodies hold none.
#pragma once

#include "core/ids.h"

#include <string_view>

namespace parley::bench {

// Walks over the members of one JSON object: `while (members.next()) … members.key() …`.
class Members {
public:
    explicit Members(std::string_view object);
    bool next(); // false at the end, and when it is no JSON object: then failed()
    bool failed() const { return m_failed; }
    std::string_view key() const { return m_key; }
    std::string_view value() const { return m_value; } // a text without its quotes

private:
    bool fail();

    std::string_view m_rest;
    std::string_view m_key;
    std::string_view m_value;
    bool m_failed = false;
};

// The same for the elements of a JSON array.
class Elements {
public:
    explicit Elements(std::string_view array);
    bool next();
    std::string_view value() const { return m_value; }

private:
    std::string_view m_rest;
    std::string_view m_value;
};

// One message, whether pushed or fetched.
struct Mail {
    Seq seq;
    UserId sendUserId;
    std::string_view body;
    std::string_view clientId;
};

struct HelloLimits {
    qint64 heartbeatMs = 5000;
    qint64 commandsPerSecond = 0; // 0: none
    qint64 burst = 0;
    qint64 unread = 0;
    Seq lastSeq;
};

enum class Cmd { Hello, Sent, Message, Messages, Behind, Heartbeat, Error, GoAway, Other };

struct Reply {
    Cmd cmd = Cmd::Other;
    Mail mail; // of MESSAGE; seq and clientId also of SENT, clientId of ERROR
    HelloLimits hello;
    std::string_view ref;
    std::string_view code; // of ERROR
    std::string_view messages; // of MESSAGES: the array
    bool more = false;
    bool duplicate = false;
};

// False when it is not a JSON object. Unknown members are passed over.
bool scan(std::string_view frame, Reply &reply);
bool scan(std::string_view object, Mail &mail);

} // namespace parley::bench
