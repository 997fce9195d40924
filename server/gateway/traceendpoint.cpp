// SPDX-License-Identifier: MIT
#include "gateway/traceendpoint.h"

#include "protocol/codec.h"

namespace parley::gateway {
namespace {

constexpr size_t StepsPerTurn = 500;

} // namespace

TraceEndpoint::TraceEndpoint(std::unique_ptr<trace::Watcher> watcher,
    websocket::Connection &webSocket, std::function<void()> wakeLater)
    : m_watcher(std::move(watcher))
    , m_webSocket(webSocket)
    , m_wakeLater(std::move(wakeLater))
{
}

void TraceEndpoint::drained()
{
    if (!m_isWaking && hasRoom() && !m_watcher->isEmpty()) {
        m_isWaking = true;
        m_wakeLater();
    }
}

// What does not fit now stays with the tracer, which drops what becomes too much.
void TraceEndpoint::wake()
{
    m_isWaking = false;
    if (!hasRoom())
        return;
    for (const protocol::TraceEvent &step : m_watcher->take(StepsPerTurn))
        m_webSocket.send(protocol::encode(step));
}

void TraceEndpoint::goAway()
{
    m_webSocket.send(protocol::encode(protocol::GoAway{limits::RetryAfter}));
}

} // namespace parley::gateway
