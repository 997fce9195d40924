// SPDX-License-Identifier: MIT
// Counts what the gateways meet, for GET /metrics (metricspage.h). What belongs to each message is
// counted elsewhere, without a lock: in storage::Counts, chat::Tally and GatewayCounts.
#pragma once

#include "core/clock.h"
#include "core/closecode.h"
#include "gateway/services/gatewaycounts.h"
#include "gateway/services/securityevents.h"

#include <QString>

#include <deque>

namespace parley::gateway {

// All functions: any thread.
class Metrics {
public:
    Metrics();
    Q_DISABLE_COPY_MOVE(Metrics)

    // What it returns is the gateway's own, and lasts as long as this.
    GatewayCounts &addGateway(int index, std::shared_ptr<const chat::Tally>);
    // `refusal`: the code that its body tells, if any.
    void countAnswer(int httpStatus, QByteArrayView refusal = {});
    void countClosed(CloseCode);
    void countSecurity(SecurityEvent);
    // A socket was told 503 with the last descriptor.
    void countShed();
    void connectionOpened();
    void connectionEnded();
    void forgetCertificates();
    void setCertificateEnd(const QString &file, Time);

    struct LogCounts {
        quint64 dropped = 0; // lines that nobody read
        quint64 leftOut = 0; // of a kind that came too often
    };
    // Where the log's come from. Once, first.
    void setLog(std::function<LogCounts()>);

    struct Figures {
        qint64 connections = 0;
        qint64 opened = 0;
        qint64 shed = 0;
        std::map<int, qint64> answers; // by HTTP status
        std::map<QByteArray, qint64> refusals; // by code
        std::map<int, qint64> closed; // by close code
        std::map<QByteArray, qint64> security; // by name
        std::map<QString, Time> certificates; // by file
    };
    Figures figures() const;
    LogCounts log() const { return m_log ? m_log() : LogCounts(); }
    // Each for as long as this lasts.
    std::vector<const GatewayCounts *> gateways() const;

private:
    std::function<LogCounts()> m_log;
    mutable std::mutex m_mutex; // guards what follows
    Figures m_figures;
    std::deque<GatewayCounts> m_gateways;
};

} // namespace parley::gateway
