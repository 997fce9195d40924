// SPDX-License-Identifier: MIT
#include "gateway/services/metricspage.h"

#include "gateway/services/processfigures.h"
#include "gateway/services/services.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace parley::gateway {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

// Of these in a second.
constexpr double Micro = 1e6;
constexpr double Milli = 1e3;

class Page {
public:
    // One value without labels.
    void counter(const char *name, const char *help, double value)
    {
        family(name, help, MetricType::Counter);
        add(value);
    }
    void gauge(const char *name, const char *help, double value)
    {
        family(name, help, MetricType::Gauge);
        add(value);
    }
    // One for each key, in the label of this name.
    template <class Map>
    void counters(const char *name, const char *help, const char *label, const Map &values)
    {
        family(name, help, MetricType::Counter);
        for (const auto &[key, value] : values)
            add(double(value), {{label, text(key)}});
    }
    // `unit`: how many of what was counted make one of the metric's.
    void histogram(
        const char *name, const char *help, const HistogramFigures &figures, double unit = 1)
    {
        family(name, help, MetricType::Histogram);
        ClientMetric::Histogram &histogram = m_families.back().metric.emplace_back().histogram;
        for (size_t i = 0; i < figures.counts.size(); ++i) {
            histogram.sample_count += quint64(figures.counts[i]);
            const bool isLast = i == figures.bounds.size();
            histogram.bucket.push_back({histogram.sample_count,
                isLast ? std::numeric_limits<double>::infinity()
                       : double(figures.bounds[i]) / unit});
        }
        histogram.sample_sum = double(figures.sum) / unit;
    }
    // What follows is added to it.
    void family(const char *name, const char *help, MetricType type)
    {
        m_families.push_back({name, help, type, {}});
    }
    void add(double value, Labels labels = {})
    {
        prometheus::MetricFamily &family = m_families.back();
        ClientMetric &metric = family.metric.emplace_back();
        metric.label = std::move(labels);
        (family.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
    }

    QByteArray text() const
    {
        return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(m_families));
    }

private:
    static std::string text(int key) { return std::to_string(key); }
    static std::string text(const QByteArray &key) { return key.toStdString(); }

    std::vector<prometheus::MetricFamily> m_families;
};

// How long ago, in seconds; 0 for what is unset.
double age(Ticks since)
{
    return since == Ticks() ? 0 : double(microseconds(Ticks::clock::now() - since)) / Micro;
}

void tellMessages(
    Page &page, const storage::Counts &counts, const std::vector<const GatewayCounts *> &gateways)
{
    page.counter(
        "parley_messages_stored_total", "Messages stored in unread", counts.stored.value());
    page.counter("parley_messages_duplicate_total", "Messages sent again with a known clientId",
        counts.duplicates.value());
    page.counter("parley_messages_confirmed_total", "Messages removed from unread by a CONFIRM",
        counts.confirmed.value());
    qint64 pushed = 0;
    HistogramFigures sent;
    std::map<QByteArray, qint64> errors;
    for (const GatewayCounts *gateway : gateways) {
        pushed += gateway->chat->pushed.value();
        sent += gateway->chat->sent.figures();
        for (size_t code = 0; code < ErrorCodes; ++code)
            errors[name(ErrorCode(code)).toByteArray()] += gateway->chat->errors[code].value();
    }
    page.counter("parley_messages_pushed_total", "Messages written to live connections", pushed);
    page.histogram(
        "parley_send_duration_seconds", "From a SEND's arrival to its SENT", sent, Micro);
    page.histogram("parley_confirm_age_seconds", "Age of messages when they are confirmed",
        counts.confirmedAge.figures(), Milli);
    page.counters("parley_errors_total",
        "Commands and frames that were answered with an ERROR, by its code", "code", errors);
}

void tellUnread(Page &page, const storage::Counts &counts, Time now)
{
    if (counts.unreadIsKnown.value() == 0)
        return;
    page.gauge("parley_unread_messages", "Messages in unread", counts.unreadMessages.value());
    page.gauge("parley_unread_bytes", "Bytes of their bodies", counts.unreadBytes.value());
    const qint64 oldest = counts.unreadOldest.value();
    page.gauge("parley_unread_oldest_age_seconds", "Age of the oldest of them; 0 if there is none",
        oldest == 0 ? 0 : double(std::max<qint64>(toMs(now) - oldest, 0)) / Milli);
}

void tellStorage(Page &page, const storage::StorageThread &storage)
{
    const storage::Counts &counts = storage.counts();
    page.counter("parley_batches_total",
        "Transactions that were tried; each has at most one commit", counts.batches.value());
    page.counter(
        "parley_operations_total", "Operations in these transactions", counts.operations.value());
    page.counter(
        "parley_operations_refused_total", "Operations that were refused", counts.refused.value());
    page.histogram("parley_commit_duration_seconds", "Duration of transactions that write",
        counts.commit.figures(), Micro);
    page.histogram("parley_commit_operations", "Operations in a transaction that writes",
        counts.commitOperations.figures());
    page.histogram("parley_storage_wait_seconds",
        "From the asking of an operation to the beginning of its transaction",
        counts.waited.figures(), Micro);
    const qint64 busySince = counts.busySince.value();
    page.gauge("parley_transaction_running_seconds",
        "How long the transaction under way has taken; 0 if there is none",
        age(Ticks(std::chrono::microseconds(busySince))));
    const storage::Queued queued = storage.queued();
    page.gauge("parley_storage_queue_operations", "Operations that wait for the storage thread",
        queued.operations);
    page.gauge("parley_storage_queue_bytes", "Bytes that are reserved for them", queued.bytes);
    page.gauge("parley_storage_queue_oldest_age_seconds", "How long the first of them has waited",
        age(queued.oldest));
    page.gauge(
        "parley_store_available", "1 while the store is available, else 0", storage.isAvailable());
    page.gauge("parley_store_in_doubt", "1 while it is not known what became of a commit, else 0",
        counts.inDoubt.value());
    page.gauge("parley_store_held_back_operations", "Operations that wait until that is known",
        counts.heldBack.value());
    page.gauge("parley_clock_doubted",
        "1 while nothing is forgotten because the clock may be wrong, else 0",
        counts.clockDoubted.value());
    if (counts.hasLog.value() == 0)
        return;
    page.gauge("parley_sqlite_wal_bytes", "Bytes in use of SQLite's write-ahead log",
        counts.logBytes.value());
    page.counter(
        "parley_sqlite_checkpoints_total", "Checkpoints of this log", counts.checkpoints.value());
    page.counter("parley_sqlite_checkpoint_seconds_total", "Time that they took",
        double(counts.checkpointMicroseconds.value()) / Micro);
}

void tellSockets(Page &page, const Metrics::Figures &figures, const Limits &limits,
    const std::vector<const GatewayCounts *> &gateways)
{
    page.gauge("parley_connections", "Chat connections open now", figures.connections);
    page.gauge("parley_connections_limit", "The most that there may be", limits.connections);
    page.counter(
        "parley_connections_opened_total", "Chat connections that were let in", figures.opened);
    page.counters("parley_connections_closed_total",
        "Connections that the server closed, by close code", "code", figures.closed);
    page.family("parley_sockets", "Sockets now, by gateway and state", MetricType::Gauge);
    qint64 turnedAway = 0;
    for (const GatewayCounts *gateway : gateways) {
        const SocketCounts &sockets = gateway->sockets;
        turnedAway += sockets.everTurnedAway.value();
        for (const auto &[state, count] :
            {std::pair("live", &gateway->chat->live), std::pair("behind", &gateway->chat->behind),
                std::pair("closing", &sockets.closing), std::pair("pending", &sockets.pending),
                std::pair("turned_away", &sockets.turnedAway)})
            page.add(double(count->value()),
                {{"gateway", std::to_string(gateway->index)}, {"state", state}});
    }
    page.counters("parley_sockets_turned_away_total",
        "Sockets for which there was no place or no descriptor", "lack",
        std::map<QByteArray, qint64>{{"place", turnedAway}, {"descriptor", figures.shed}});
    page.counters("parley_http_answers_total", "HTTP responses other than 101, by status", "status",
        figures.answers);
    page.counters("parley_http_refusals_total", "HTTP responses that refuse, by code", "code",
        figures.refusals);
    page.counters("parley_security_events_total", "What may be an attack, by name", "event",
        figures.security);
}

void tellTls(
    Page &page, const Metrics::Figures &figures, const std::vector<const GatewayCounts *> &gateways)
{
    qint64 underWay = 0;
    qint64 waiting = 0;
    std::map<QByteArray, qint64> ended{{"made", 0}, {"resumed", 0}, {"failed", 0}};
    for (const GatewayCounts *gateway : gateways) {
        underWay += gateway->handshakes.value();
        waiting += gateway->handshakesWaiting.value();
        ended["made"] += gateway->handshakesMade.value();
        ended["resumed"] += gateway->handshakesResumed.value();
        ended["failed"] += gateway->handshakesFailed.value();
    }
    page.gauge("parley_tls_handshakes", "TLS handshakes under way", underWay);
    page.gauge("parley_tls_handshakes_waiting", "TLS handshakes that wait for others", waiting);
    page.counters(
        "parley_tls_handshakes_ended_total", "TLS handshakes by how they ended", "end", ended);
    page.family("parley_certificate_end_timestamp_seconds",
        "When a TLS certificate ends, by its file", MetricType::Gauge);
    for (const auto &[file, end] : figures.certificates)
        page.add(double(toMs(end)) / Milli, {{"file", file.toStdString()}});
}

void tellServices(Page &page, Services &services)
{
    const session::PasswordHasher::Figures checks = services.hasher.figures();
    page.gauge("parley_password_checks", "Password checks that wait or run", checks.checks);
    page.histogram("parley_password_check_wait_seconds", "How long they waited for their turn",
        checks.waited, Micro);
    page.histogram(
        "parley_password_check_duration_seconds", "How long they then took", checks.took, Micro);
    page.gauge("parley_buffer_bytes", "What incomplete frames and slow readers hold",
        double(services.load.bytes()));
    page.gauge("parley_buffer_limit_bytes", "The most that they may hold", limits::BufferBytes);
    const Metrics::LogCounts log = services.metrics.log();
    page.counter(
        "parley_log_lines_dropped_total", "Lines of the log that nobody read", double(log.dropped));
    page.counter("parley_log_lines_left_out_total",
        "Lines of the log that were left out because their kind came too often",
        double(log.leftOut));
    page.gauge("parley_clock_timestamp_seconds", "What the server takes for the time",
        double(toMs(services.clock.now())) / Milli);
    page.family("parley_build_info", "Always 1; the labels tell the versions", MetricType::Gauge);
    page.add(1, {{"version", services.policy.version.toStdString()}, {"qt", qVersion()}});
}

void tellNodes(Page &page, const coordinator::NodeCounts &counts,
    const std::vector<const GatewayCounts *> &gateways)
{
    page.counter("parley_notices_told_total", "Notices to the other nodes", counts.told.value());
    page.counter("parley_notices_heard_total", "Notices of the other nodes", counts.heard.value());
    page.counter("parley_notices_missed_total",
        "Times that something of the other nodes was found to be missed", counts.missed.value());
    page.counter("parley_notices_listening_total", "Times that it began to listen to the others",
        counts.renewed.value());
    page.gauge("parley_notices_behind_commits",
        "Commits of the other nodes that had not been heard of when they were last counted",
        counts.lag.value());
    qint64 looks = 0;
    for (const GatewayCounts *gateway : gateways)
        looks += gateway->chat->looks.value();
    page.counter("parley_looks_total",
        "Looks at a mailbox, for messages of other nodes that were missing", looks);
}

// By the names that all programs have for them.
void tellProcess(Page &page)
{
    const ProcessFigures process = processFigures();
    page.counter("process_cpu_seconds_total", "CPU time, user and system", process.cpuSeconds);
    page.gauge("process_start_time_seconds", "When the process began", process.startSeconds);
    page.gauge("process_resident_memory_bytes", "Memory in use", double(process.residentBytes));
    page.gauge("process_virtual_memory_bytes", "Address space", double(process.virtualBytes));
    page.gauge("process_threads", "Threads", double(process.threads));
    page.gauge("process_open_fds", "Open file descriptors", double(process.openDescriptors));
    if (process.mostDescriptors)
        page.gauge(
            "process_max_fds", "The most that there may be", double(*process.mostDescriptors));
    page.gauge("parley_memory_limit_bytes",
        "Memory that the machine or the control group has for the process",
        double(process.memoryLimitBytes));
}

} // namespace

QByteArray metricsPage(Services &services)
{
    const Metrics::Figures figures = services.metrics.figures();
    const auto gateways = services.metrics.gateways();
    Page page;
    tellMessages(page, services.storage.counts(), gateways);
    tellUnread(page, services.storage.counts(), services.clock.now());
    tellStorage(page, services.storage);
    tellSockets(page, figures, services.policy.limits, gateways);
    tellTls(page, figures, gateways);
    tellServices(page, services);
    tellNodes(page, services.coordinator->counts(), gateways);
    tellProcess(page);
    return page.text();
}

} // namespace parley::gateway
