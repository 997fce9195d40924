// SPDX-License-Identifier: MIT
// What connects the chat to a WebSocket.
#pragma once

#include "chat/connection.h"
#include "gateway/websocket/connection.h"

namespace parley::gateway {

class ChatEndpoint final : public websocket::Endpoint, chat::Outlet {
public:
    ChatEndpoint(ConnectionId, chat::Identity, websocket::Connection &, chat::Router &);

    void text(QByteArrayView payload) override { m_chat.receive(payload); }
    void binary() override { m_chat.receiveBinary(); }
    void heard() override { m_chat.heard(); }
    bool isReady() const override { return !m_chat.isSaturated(); }
    void pause() override { m_chat.pause(); }
    void drained() override { m_chat.retry(); }
    void wake() override { }
    void goAway() override;
    bool isIdle() const override { return m_chat.isIdle(); }
    void close(CloseCode code) override { m_chat.close(code); }
    void closeInTurn(CloseCode code) override { m_chat.closeInTurn(code); }
    Instant sweep(Instant now) override { return m_chat.sweep(now); }

private:
    void send(const QByteArray &payload) override { m_webSocket.send(payload); }
    void endWith(CloseCode code) override { m_webSocket.close(code); }
    void resume() override { m_webSocket.resume(); }
    void keep(qint64 bytes) override { m_webSocket.keep(bytes); }
    qint64 waiting() const override { return m_webSocket.waiting(); }

    websocket::Connection &m_webSocket;
    chat::Connection m_chat;
};

} // namespace parley::gateway
