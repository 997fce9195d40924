// SPDX-License-Identifier: MIT
// What connects the trace to a WebSocket.
#pragma once

#include "gateway/websocket/connection.h"
#include "trace/tracer.h"

#include <functional>

namespace parley::gateway {

class TraceEndpoint final : public websocket::Endpoint {
public:
    // `wakeLater`: has wake() called in another turn, for others have their own.
    TraceEndpoint(
        std::unique_ptr<trace::Watcher>, websocket::Connection &, std::function<void()> wakeLater);

    // A watcher has nothing to send. What it sends all the same is read, because a Close may
    // follow.
    void text(QByteArrayView) override { }
    void binary() override { }
    void heard() override { }
    bool isReady() const override { return true; }
    void pause() override { }
    void drained() override;
    void wake() override;
    void goAway() override;
    bool isIdle() const override { return true; }
    void close(CloseCode code) override { m_webSocket.close(code); }
    void closeInTurn(CloseCode code) override { m_webSocket.close(code); }
    Instant sweep(Instant) override { return Instant::max(); }

private:
    bool hasRoom() const { return m_webSocket.waiting() <= limits::TraceBytes; }

    const std::unique_ptr<trace::Watcher> m_watcher;
    websocket::Connection &m_webSocket;
    const std::function<void()> m_wakeLater;
    bool m_isWaking = false;
};

} // namespace parley::gateway
