// SPDX-License-Identifier: MIT
// What GET /metrics tells, in Prometheus' text format.
#pragma once

#include "core/closecode.h"
#include "gateway/services/securityevents.h"
#include "storage/batch.h"

#include <memory>

namespace parley::gateway {

// All functions: any thread.
class Metrics {
public:
    Metrics();
    ~Metrics();

    void countBatch(const storage::Batch &);
    void countAnswer(int httpStatus);
    void countClosed(CloseCode);
    void countError(ErrorCode); // a command or a frame that was answered with it
    void countSecurity(SecurityEvent);
    void connectionOpened();
    void connectionEnded();
    void setCertificateEnd(const QString &file, Time);

    // Since the start, and now.
    struct Totals {
        qint64 stored = 0;
        qint64 confirmed = 0;
        qint64 connections = 0;
    };
    Totals totals() const;

    QByteArray text(bool storeAvailable);

private:
    struct Registry;
    std::unique_ptr<Registry> m_registry;
};

} // namespace parley::gateway
