// SPDX-License-Identifier: MIT
// What a client may ask: one struct per command of docs/protocol.md 4.
#pragma once

#include "core/errorcode.h"
#include "core/ids.h"

#include <QByteArray>

#include <optional>
#include <variant>
#include <vector>

namespace parley::protocol {

// A client's `ref`, kept as the JSON token that its answer repeats ("\"a\"" or "7"); null: none.
using Ref = QByteArray;

// Texts are UTF-8. A null clientId means that there is none.
struct Send {
    UserId receiveUserId;
    QByteArray body;
    QByteArray clientId;
    bool receipt = false;
};
// Either some seqs or everything up to one.
struct Confirm {
    std::vector<Seq> seqs;
    std::optional<Seq> upTo;
};
struct Fetch {
    Seq after;
    int limit = 0; // 1 ... limits::Fetch
};
struct Track {
    QByteArray clientId;
};
struct Heartbeat { };
struct Status {
    std::vector<UserId> userIds;
};
struct Watch {
    std::vector<UserId> userIds;
};

using Command = std::variant<Send, Confirm, Fetch, Track, Heartbeat, Status, Watch>;

struct Request {
    Command command;
    Ref ref;
};

// A frame that is not a valid command; what could be read of it goes into the ERROR.
struct BadFrame {
    ErrorCode code = ErrorCode::BadJson;
    QByteArray field;
    Ref ref;
    QByteArray clientId;
};

} // namespace parley::protocol
