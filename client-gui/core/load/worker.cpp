// SPDX-License-Identifier: MIT
#include "load/worker.h"

#include <QCoreApplication>

#include <algorithm>

using namespace std::chrono_literals;

namespace parley::load {
namespace {

constexpr auto SampleInterval = 250ms;
constexpr auto LookInterval = 50ms;
constexpr int PairsAtOnce = 25; // that are connecting
constexpr auto DrainTime = 2s; // for what is under way to arrive, once nothing more is sent
constexpr auto LeaveTime = 1s; // for the connections to end in order

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(parley::load::Run)
};

Latency latencyOf(const Histogram &histogram)
{
    return {histogram.percentile(50), histogram.percentile(95), histogram.percentile(99),
        histogram.max()};
}

} // namespace

QString whyNot(const Plan &plan)
{
    if (plan.server.host().isEmpty())
        return Texts::tr("There is no server to connect to: enter its address first.");
    const bool isTwo = std::holds_alternative<TwoUsers>(plan.users);
    const int most = isTwo ? Plan::MostPairsOfTwo : Plan::MostPairs;
    if (plan.pairs < 1 || plan.pairs > most)
        return isTwo ? Texts::tr("Two users can make at most %n pairs: a server admits no more "
                                 "connections of one user.",
                   nullptr, most)
                     : Texts::tr("The number of pairs must be 1 to %1.").arg(most);
    if (plan.window < 1 || plan.window > Plan::MostWindow)
        return Texts::tr("The window must be 1 to %1.").arg(Plan::MostWindow);
    if (plan.bodyBytes < 0 || plan.bodyBytes > Plan::MostBodyBytes)
        return Texts::tr("The body must be 0 to %1 bytes.").arg(Plan::MostBodyBytes);
    if (const auto *many = std::get_if<ManyUsers>(&plan.users)) {
        if (many->secretKey.isEmpty())
            return Texts::tr("Time sessions need the server's secret key: enter it, or log in as "
                             "two users instead.");
        if (many->first < UserId(1) || many->first.value() > MaxInteger - 2 * plan.pairs)
            return Texts::tr("The first user id must be 1 or more.");
    }
    return {};
}

Worker::Worker(Plan plan)
    : m_plan(std::move(plan))
    , m_sampling(this)
    , m_looking(this)
{
    connect(&m_sampling, &QTimer::timeout, this, [this] { Q_EMIT sampled(sample()); });
    connect(&m_looking, &QTimer::timeout, this, &Worker::look);
}

void Worker::start()
{
    if (m_phase != Phase::Idle)
        return;
    if (const QString why = whyNot(m_plan); !why.isEmpty())
        return finish(why);
    m_tally.clock.start();
    m_sinceSample.start();
    m_phase = Phase::Running;
    m_pairs.reserve(size_t(m_plan.pairs));
    const QByteArray run = client::newClientId().left(8);
    for (int i = 0; i < m_plan.pairs; ++i) {
        client::Options one;
        one.server = m_plan.server;
        one.autoConfirm = false;
        one.outbox.inFlight = m_plan.window;
        one.outbox.inFlightPerReceiver = m_plan.window;
        client::Options other = one;
        bool sweeps = true;
        if (const auto *many = std::get_if<ManyUsers>(&m_plan.users)) {
            const qint64 id = many->first.value() + 2 * i;
            one.identity = client::timeSessions(many->secretKey, UserId(id));
            other.identity = client::timeSessions(many->secretKey, UserId(id + 1));
        } else {
            const auto &two = std::get<TwoUsers>(m_plan.users);
            one.identity = i % 2 == 0 ? two.one : two.other;
            other.identity = i % 2 == 0 ? two.other : two.one;
            sweeps = i < 2;
        }
        m_pairs.push_back(
            std::make_unique<Pair>(Pair::Settings{run, i, m_plan.window, m_plan.bodyBytes, sweeps},
                std::move(one), std::move(other), m_tally));
        connect(m_pairs.back().get(), &Pair::changed, this, &Worker::pairChanged);
    }
    m_sampling.start(SampleInterval);
    m_looking.start(LookInterval);
    connectMore();
}

// In steps: a server that has many handshakes to do at once would keep all of them waiting.
void Worker::connectMore()
{
    const auto waiting = std::count_if(m_pairs.begin(), m_pairs.begin() + qsizetype(m_begun),
        [](const auto &pair) { return !pair->isDecided(); });
    for (auto room = PairsAtOnce - waiting; room > 0 && m_begun < m_pairs.size(); --room)
        m_pairs[m_begun++]->connectBoth();
}

void Worker::pairChanged()
{
    if (m_phase != Phase::Running)
        return;
    if (!m_sending.isValid()
        && std::ranges::any_of(m_pairs, [](const auto &pair) { return pair->isReady(); }))
        m_sending.start();
}

void Worker::look()
{
    switch (m_phase) {
    case Phase::Running:
        connectMore();
        if (std::ranges::all_of(m_pairs, [](const auto &pair) { return pair->isRefused(); }))
            return finish(Texts::tr("No pair could connect: %1").arg(m_tally.lastError));
        if (m_plan.duration > 0s && m_sending.isValid()
            && milliseconds(m_sending.elapsed()) >= m_plan.duration)
            stop();
        return;
    case Phase::Draining:
        if (milliseconds(m_phaseClock.elapsed()) >= DrainTime
            || std::ranges::all_of(m_pairs, [](const auto &pair) { return pair->isDrained(); }))
            leave();
        return;
    case Phase::Leaving:
        if (milliseconds(m_phaseClock.elapsed()) >= LeaveTime
            || std::ranges::all_of(m_pairs, [](const auto &pair) { return pair->isGone(); }))
            finish();
        return;
    case Phase::Idle:
    case Phase::Over:
        return;
    }
}

void Worker::stop()
{
    if (m_phase == Phase::Idle)
        return finish();
    if (m_phase != Phase::Running)
        return;
    m_elapsed = m_sending.isValid() ? double(m_sending.elapsed()) / 1000 : 0;
    for (const auto &pair : m_pairs)
        pair->stopSending();
    m_phase = Phase::Draining;
    m_phaseClock.start();
}

void Worker::leave()
{
    m_sampling.stop();
    if (milliseconds(m_sinceSample.elapsed()) >= SampleInterval / 2) // less would be a false dip
        Q_EMIT sampled(sample());
    for (const auto &pair : m_pairs)
        pair->disconnectBoth();
    m_phase = Phase::Leaving;
    m_phaseClock.start();
}

void Worker::finish(const QString &failure)
{
    m_sampling.stop();
    m_looking.stop();
    m_phase = Phase::Over;
    Summary summary;
    summary.elapsed = m_elapsed;
    summary.sent = m_tally.stored;
    summary.delivered = m_tally.delivered;
    summary.confirmed = m_tally.confirmed;
    summary.latency = latencyOf(m_tally.whole);
    for (const auto &pair : m_pairs)
        summary.missing += std::max(qint64(0), pair->missing());
    summary.doubled = m_tally.doubled;
    summary.disordered = m_tally.disordered;
    summary.errors = m_tally.errors;
    summary.lastError = m_tally.lastError;
    summary.failure = failure;
    Q_EMIT finished(summary);
}

Sample Worker::sample()
{
    const double seconds = std::max(0.001, double(m_sinceSample.restart()) / 1000);
    const auto rate = [&](qint64 &told, qint64 now) {
        return double(now - std::exchange(told, now)) / seconds;
    };
    Sample sample;
    sample.elapsed = m_sending.isValid() ? double(m_sending.elapsed()) / 1000 : 0;
    sample.sent = rate(m_sent, m_tally.stored);
    sample.delivered = rate(m_delivered, m_tally.delivered);
    sample.confirmed = rate(m_confirmed, m_tally.confirmed);
    sample.latency = latencyOf(m_tally.interval);
    m_tally.interval = Histogram();
    for (const auto &pair : m_pairs)
        sample.connected += pair->connected();
    sample.connections = 2 * m_plan.pairs;
    sample.messages = m_tally.delivered;
    sample.errors = m_tally.errors;
    sample.lastError = m_tally.lastError;
    return sample;
}

} // namespace parley::load
