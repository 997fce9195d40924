// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/codec.h"

namespace parley::chat {

// A reply as it is sent, and what the trace calls it.
struct Frame {
    QByteArrayView cmd; // of protocol/names.h
    QByteArray payload;
};

inline Frame frameOf(const protocol::Reply &reply)
{
    return {protocol::name(reply), protocol::encode(reply)};
}

} // namespace parley::chat
