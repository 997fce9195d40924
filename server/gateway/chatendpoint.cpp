// SPDX-License-Identifier: MIT
#include "gateway/chatendpoint.h"

namespace parley::gateway {

ChatEndpoint::ChatEndpoint(ConnectionId id, chat::Identity identity,
    websocket::Connection &webSocket, chat::Router &router)
    : m_webSocket(webSocket)
    , m_chat(id, std::move(identity), *this, router)
{
}

void ChatEndpoint::goAway()
{
    m_chat.send(protocol::GoAway{limits::RetryAfter});
}

} // namespace parley::gateway
