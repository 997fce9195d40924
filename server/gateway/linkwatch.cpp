// SPDX-License-Identifier: MIT
// The part of Link that has to do with the trace.
#include "chat/steps.h"
#include "gateway/gateway.h"
#include "gateway/link.h"

namespace parley::gateway {
namespace {

constexpr size_t StepsPerTurn = 500;

} // namespace

// What does not fit now stays with the tracer, which drops what becomes too much. The end of the
// turn writes all of this with one call, and asks for more when the peer has read it.
void Link::tellSteps()
{
    if (m_phase != Phase::Open || !m_watcher || m_socket->waiting() > limits::TraceBytes)
        return;
    for (const protocol::TraceEvent &step : m_watcher->take(StepsPerTurn))
        send(protocol::encode(step));
}

// He has nothing to say. What he says all the same is read, so that his Close is.
void Link::takeFromWatcher(const FrameReader::Frame &frame)
{
    if (frame.kind == FrameReader::Kind::Ping)
        writeFrame(PongOpcode, frame.payload.toByteArray());
    else if (frame.kind == FrameReader::Kind::Close)
        end(answerToClose(frame.payload));
}

void Link::tellRefused(QByteArrayView code)
{
    protocol::TraceEvent step;
    step.kind = protocol::TraceKind::Error;
    step.connectionId = chat::wireText(m_id);
    if (m_gate)
        step.userId = m_gate->claimedUser();
    step.code = code.toByteArray();
    m_gateway.services().tracer.record(std::move(step));
}

} // namespace parley::gateway
