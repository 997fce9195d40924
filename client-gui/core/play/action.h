// SPDX-License-Identifier: MIT
// What somebody did with a player, for whoever records it.
#pragma once

#include "core/ids.h"

#include <QString>

#include <vector>

namespace parley::play {

struct Action {
    enum class What {
        Connect,
        Disconnect,
        Send, // receiver, text, clientId (empty: the player's own)
        Fetch,
        Confirm, // seqs
        ConfirmAll,
        SetAutoConfirm, // on
        SetHeartbeat, // on
        SetReading, // on
        Watch, // receiver
        Raw, // text: the frame
        Binary, // text: the bytes in hexadecimal
        Abort,
    };

    What what = What::Connect;
    UserId receiver = {};
    QString text = {};
    QByteArray clientId = {};
    std::vector<Seq> seqs = {};
    bool on = false;
};

} // namespace parley::play
