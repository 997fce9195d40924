// SPDX-License-Identifier: MIT
#include "gateway/services/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace parley::gateway {

struct Metrics::Registry : prometheus::Registry {
    prometheus::Counter &counter(const char *name, const char *help)
    {
        return prometheus::BuildCounter().Name(name).Help(help).Register(*this).Add({});
    }
    prometheus::Gauge &gauge(const char *name, const char *help)
    {
        return prometheus::BuildGauge().Name(name).Help(help).Register(*this).Add({});
    }

    prometheus::Counter &commits = counter(
        "parley_batches_total", "Transactions that were tried; each has at most one commit");
    prometheus::Counter &operations =
        counter("parley_operations_total", "Operations in these transactions");
    prometheus::Counter &refused =
        counter("parley_operations_refused_total", "Operations that were refused");
    prometheus::Counter &stored =
        counter("parley_messages_stored_total", "Messages stored in unread");
    prometheus::Counter &duplicates =
        counter("parley_messages_duplicate_total", "Messages sent again with a known clientId");
    prometheus::Counter &confirmed =
        counter("parley_messages_confirmed_total", "Messages removed from unread by a CONFIRM");
    prometheus::Gauge &connections = gauge("parley_connections", "Chat connections open now");
    prometheus::Gauge &available =
        gauge("parley_store_available", "1 while the store is available, else 0");
    prometheus::Family<prometheus::Gauge> &certificates =
        prometheus::BuildGauge()
            .Name("parley_certificate_end_timestamp_seconds")
            .Help("When a TLS certificate ends, by its file")
            .Register(*this);
    prometheus::Family<prometheus::Counter> &answers =
        prometheus::BuildCounter()
            .Name("parley_http_answers_total")
            .Help("HTTP responses other than 101, by status")
            .Register(*this);
    prometheus::Family<prometheus::Counter> &closed =
        prometheus::BuildCounter()
            .Name("parley_connections_closed_total")
            .Help("Connections that the server closed, by close code")
            .Register(*this);
    prometheus::Family<prometheus::Counter> &security =
        prometheus::BuildCounter()
            .Name("parley_security_events_total")
            .Help("What may be an attack, by event; the log has the addresses")
            .Register(*this);
    prometheus::Family<prometheus::Counter> &errors =
        prometheus::BuildCounter()
            .Name("parley_errors_total")
            .Help("Commands and frames that were answered with an ERROR, by its code")
            .Register(*this);
};

Metrics::Metrics()
    : m_registry(std::make_unique<Registry>())
{
}

Metrics::~Metrics() = default;

void Metrics::countBatch(const storage::Batch &batch)
{
    int stored = 0;
    int duplicates = 0;
    int refused = 0;
    size_t confirmed = 0;
    for (const storage::Outcome &outcome : batch.outcomes) {
        if (const auto *one = std::get_if<storage::Stored>(&outcome))
            ++(one->duplicate ? duplicates : stored);
        else if (const auto *many = std::get_if<storage::Confirmed>(&outcome))
            confirmed += many->removed.size();
        else if (std::holds_alternative<storage::Refused>(outcome))
            ++refused;
    }
    m_registry->commits.Increment();
    m_registry->operations.Increment(double(batch.operations.size()));
    m_registry->stored.Increment(stored);
    m_registry->duplicates.Increment(duplicates);
    m_registry->refused.Increment(refused);
    m_registry->confirmed.Increment(double(confirmed));
}

void Metrics::countAnswer(int httpStatus)
{
    m_registry->answers.Add({{"status", std::to_string(httpStatus)}}).Increment();
}

void Metrics::countClosed(CloseCode code)
{
    m_registry->closed.Add({{"code", std::to_string(int(code))}}).Increment();
}

void Metrics::countError(ErrorCode code)
{
    m_registry->errors.Add({{"code", parley::name(code).toByteArray().toStdString()}}).Increment();
}

void Metrics::countSecurity(SecurityEvent event)
{
    m_registry->security.Add({{"event", name(event).toByteArray().toStdString()}}).Increment();
}

void Metrics::connectionOpened()
{
    m_registry->connections.Increment();
}
void Metrics::connectionEnded()
{
    m_registry->connections.Decrement();
}

void Metrics::setCertificateEnd(const QString &file, Time end)
{
    m_registry->certificates.Add({{"file", file.toStdString()}}).Set(double(toMs(end)) / 1000);
}

Metrics::Totals Metrics::totals() const
{
    return {qint64(m_registry->stored.Value()), qint64(m_registry->confirmed.Value()),
        qint64(m_registry->connections.Value())};
}

QByteArray Metrics::text(bool storeAvailable)
{
    m_registry->available.Set(storeAvailable ? 1 : 0);
    return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(m_registry->Collect()));
}

} // namespace parley::gateway
