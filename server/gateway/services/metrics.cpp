// SPDX-License-Identifier: MIT
#include "gateway/services/metrics.h"

#include "core/errorcode.h"

#include <algorithm>

namespace parley::gateway {

// What is counted is there from the beginning, so that its first time is an increase, too.
Metrics::Metrics()
{
    for (const int status : {200, 204, 400, 401, 403, 404, 405, 408, 413, 426, 429, 431, 503})
        m_figures.answers[status] = 0;
    using Close = CloseCode;
    for (const Close code :
        {Close::Normal, Close::ProtocolError, Close::NotUtf8, Close::TooLarge, Close::BadFrames,
            Close::SessionEnded, Close::Replaced, Close::OverRate, Close::InternalError,
            Close::Overloaded, Close::HeartbeatTimeout, Close::ShuttingDown, Close::SlowConsumer})
        m_figures.closed[int(code)] = 0;
    for (size_t code = 0; code < ErrorCodes; ++code)
        m_figures.refusals[name(ErrorCode(code)).toByteArray()] = 0;
    for (int event = 0; event < int(SecurityEvent::Count); ++event)
        m_figures.security[name(SecurityEvent(event)).toByteArray()] = 0;
}

GatewayCounts &Metrics::addGateway(int index, std::shared_ptr<const chat::Tally> chat)
{
    const std::lock_guard lock(m_mutex);
    return m_gateways.emplace_back(index, std::move(chat));
}

void Metrics::countAnswer(int httpStatus, QByteArrayView refusal)
{
    const std::lock_guard lock(m_mutex);
    ++m_figures.answers[httpStatus];
    if (!refusal.isEmpty())
        ++m_figures.refusals[refusal.toByteArray()];
}

void Metrics::countClosed(CloseCode code)
{
    const std::lock_guard lock(m_mutex);
    ++m_figures.closed[int(code)];
}

void Metrics::countSecurity(SecurityEvent event)
{
    const std::lock_guard lock(m_mutex);
    ++m_figures.security[name(event).toByteArray()];
}

void Metrics::countShed()
{
    countAnswer(503, name(ErrorCode::Overloaded));
    const std::lock_guard lock(m_mutex);
    ++m_figures.shed;
}

void Metrics::connectionOpened()
{
    const std::lock_guard lock(m_mutex);
    ++m_figures.connections;
    ++m_figures.opened;
}

void Metrics::connectionEnded()
{
    const std::lock_guard lock(m_mutex);
    --m_figures.connections;
}

void Metrics::forgetCertificates()
{
    const std::lock_guard lock(m_mutex);
    m_figures.certificates.clear();
}

void Metrics::setCertificateEnd(const QString &file, Time end)
{
    const std::lock_guard lock(m_mutex);
    m_figures.certificates[file] = end;
}

void Metrics::setLog(std::function<LogCounts()> log)
{
    m_log = std::move(log);
}

Metrics::Figures Metrics::figures() const
{
    const std::lock_guard lock(m_mutex);
    return m_figures;
}

std::vector<const GatewayCounts *> Metrics::gateways() const
{
    std::vector<const GatewayCounts *> gateways;
    {
        const std::lock_guard lock(m_mutex);
        for (const GatewayCounts &gateway : m_gateways)
            gateways.push_back(&gateway);
    }
    std::ranges::sort(gateways, {}, &GatewayCounts::index);
    return gateways;
}

} // namespace parley::gateway
