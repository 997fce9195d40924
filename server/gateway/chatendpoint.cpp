// SPDX-License-Identifier: MIT
#include "gateway/chatendpoint.h"

#include "protocol/codec.h"

namespace parley::gateway {

ChatEndpoint::ChatEndpoint(ConnectionId id, chat::Identity identity,
    websocket::Connection &webSocket, chat::Router &router)
    : m_webSocket(webSocket)
    , m_chat(id, std::move(identity), *this, router)
{
}

void ChatEndpoint::goAway()
{
    m_chat.notify(protocol::encode(protocol::GoAway{limits::RetryAfter}));
}

} // namespace parley::gateway
