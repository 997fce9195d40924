// SPDX-License-Identifier: MIT
#include "coordinator/nodecoordinator.h"

#include "core/limits.h"
#include "core/log.h"

#include <algorithm>
#include <numeric>

namespace parley::coordinator {
namespace {

constexpr milliseconds SoonTold{100}; // what only the store itself did
constexpr milliseconds RetryInterval{250};

qint64 bytesOf(const storage::Batch &batch)
{
    return std::transform_reduce(batch.operations.begin(), batch.operations.end(), qint64(0),
        std::plus(), [](const storage::Operation &operation) { return operation.bytes; });
}

void append(Facts &facts, Facts &&more)
{
    std::ranges::move(more.stored, std::back_inserter(facts.stored));
    std::ranges::move(more.removed, std::back_inserter(facts.removed));
    std::ranges::move(more.presence, std::back_inserter(facts.presence));
}

} // namespace

NodeCoordinator::NodeCoordinator(std::unique_ptr<storage::Bus> bus, const Clock &clock)
    : m_bus(std::move(bus))
    , m_clock(clock)
{
    qRegisterMetaType<FactsPtr>();
}

NodeCoordinator::~NodeCoordinator()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_all();
    m_bus->interrupt();
    for (const auto &thread : {m_teller.get(), m_listener.get()}) {
        if (thread)
            thread->wait();
    }
}

void NodeCoordinator::start()
{
    m_listener.reset(QThread::create([this] { listen(); }));
    m_listener->setObjectName(QStringLiteral("listener"));
    m_listener->start();
    m_teller.reset(QThread::create([this] { tell(); }));
    m_teller->setObjectName(QStringLiteral("teller"));
    m_teller->start();
}

void NodeCoordinator::publish(const storage::BatchPtr &batch)
{
    Coordinator::publish(batch); // whoever is here waits for nothing
    {
        const std::lock_guard lock(m_mutex);
        m_mark = batch->mark;
        m_untoldBytes += bytesOf(*batch);
        m_untold.push_back(batch);
        if (m_untoldBytes > limits::BatchBytes && m_untold.size() > 1) {
            m_untold.clear();
            m_untoldBytes = 0;
            m_isOverfull = true;
        }
    }
    m_wake.notify_all();
}

void NodeCoordinator::note(const storage::CommitMark &mark)
{
    {
        const std::lock_guard lock(m_mutex);
        m_mark = mark;
        m_nextSign = std::min(m_nextSign, m_clock.instant() + SoonTold);
    }
    m_wake.notify_all();
}

void NodeCoordinator::tell()
{
    for (Work work = nextWork(); !work.isLast || work.isDue; work = nextWork()) {
        if (work.isDue)
            tell(work);
        if (work.isLast)
            return;
        if (m_clock.instant() >= m_nextMarks)
            readMarks();
    }
}

NodeCoordinator::Work NodeCoordinator::nextWork()
{
    std::unique_lock lock(m_mutex);
    const auto isWork = [this] { return m_isStopping || m_isOverfull || !m_untold.empty(); };
    const auto patience = [this] { return std::min(m_nextSign, m_nextMarks) - m_clock.instant(); };
    while (!isWork() && patience() > milliseconds(0))
        m_wake.wait_for(lock, patience());
    Work work{std::exchange(m_untold, {}), m_mark, false, m_isStopping};
    m_untoldBytes = 0;
    // Others find out by the number that they missed it.
    m_number += int(std::exchange(m_isOverfull, false));
    const Instant now = m_clock.instant();
    const bool isSignDue = now >= m_nextSign && !m_mark.writer.isNull();
    work.isDue = !work.batches.empty() || (isSignDue && !m_isStopping);
    if (work.isDue || isSignDue)
        m_nextSign = now + SignInterval;
    else if (m_mark.writer.isNull())
        m_nextSign = std::max(m_nextSign, now + SoonTold);
    return work;
}

// What gathers meanwhile goes with the next ones.
void NodeCoordinator::tell(const Work &work)
{
    const auto notices = toNotices(work.batches, work.mark, m_number);
    {
        const std::lock_guard lock(m_mutex);
        m_watermark.told(m_number, m_clock.instant());
    }
    const Done told = m_bus->publish(notices);
    if (told)
        return m_counts.told.add(qint64(notices.size()));
    qCDebug(lcStorage).noquote() << "the other nodes were not told:" << told.failure().text;
    const std::lock_guard lock(m_mutex);
    m_watermark.echoed(m_number);
}

void NodeCoordinator::readMarks()
{
    const auto marks = m_bus->readMarks();
    m_nextMarks = m_clock.instant() + MarkInterval;
    if (!marks)
        return;
    bool isMissed = false;
    {
        const std::lock_guard lock(m_mutex);
        isMissed = m_watermark.read(*marks, m_mark.writer, m_clock.instant());
        m_counts.lag.set(m_watermark.lag());
    }
    if (isMissed)
        tellMissed();
}

void NodeCoordinator::tellMissed()
{
    {
        const std::lock_guard lock(m_mutex);
        m_counts.missed.add();
    }
    Q_EMIT missed();
}

void NodeCoordinator::listen()
{
    const auto isStopping = [this] {
        const std::lock_guard lock(m_mutex);
        return m_isStopping;
    };
    while (!isStopping()) {
        if (const Done listens = m_bus->listen(); !listens) {
            qCDebug(lcStorage).noquote()
                << "the other nodes are not heard:" << listens.failure().text;
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, RetryInterval, [this] { return m_isStopping; });
            continue;
        }
        {
            const std::lock_guard lock(m_mutex);
            m_watermark.listens();
        }
        m_counts.renewed.add();
        Q_EMIT missed(); // whatever was told before
        while (hear() && !isStopping()) { }
    }
}

// False: listen again.
bool NodeCoordinator::hear()
{
    const auto texts = m_bus->hear(MarkInterval);
    if (!texts)
        return false;
    std::vector<Notice> notices;
    for (const QByteArray &text : *texts) {
        if (auto notice = readNotice(text))
            notices.push_back(std::move(*notice));
    }
    auto facts = std::make_shared<Facts>();
    bool isMissed = false;
    bool isDeaf = false;
    {
        const Instant now = m_clock.instant();
        const std::lock_guard lock(m_mutex);
        for (Notice &notice : notices) {
            if (notice.writer == m_mark.writer) {
                m_watermark.echoed(notice.number);
                continue;
            }
            isMissed |= m_watermark.heard(notice.writer, notice.number, notice.mark, now);
            m_counts.heard.add();
            append(*facts, std::move(notice.facts));
            for (const auto &[user, node, connection] : notice.replaced) {
                if (node == m_mark.writer)
                    facts->replaced.emplace_back(user, connection);
            }
        }
        isDeaf = m_watermark.isDeaf(now);
    }
    if (!facts->isEmpty())
        Q_EMIT heard(facts);
    if (isMissed)
        tellMissed();
    if (isDeaf)
        qCWarning(lcStorage) << "this node does not hear what it tells the others; it listens anew";
    return !isDeaf;
}

} // namespace parley::coordinator
