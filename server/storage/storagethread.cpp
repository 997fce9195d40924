// SPDX-License-Identifier: MIT
#include "storage/storagethread.h"

#include "core/log.h"

#include <QRandomGenerator>

#include <algorithm>

namespace parley::storage {
namespace {

// Also how late the account changes of other processes are seen, which are in force within a
// second.
constexpr auto HousekeepingInterval = 250ms;
constexpr auto SurveyInterval = 1s;
constexpr auto PruneInterval = 60s;
// Whoever sends meanwhile waits for one slice, which is a few milliseconds of work; at 20 000 rows
// a second, pruning keeps up with sending.
constexpr auto PrunePause = 5ms; // between slices
constexpr int PruneRows = 100; // of a kind, in one slice
constexpr auto MaxOpenBackOff = 5s;
constexpr auto ComplaintInterval = 10s;
constexpr int LastAttempts = 5; // to find out what is in doubt, when the thread ends
constexpr milliseconds LastPause = 200ms;

std::vector<Outcome> refuseAll(const std::vector<Operation> &operations)
{
    return std::vector<Outcome>(operations.size(), Refused{ErrorCode::StoreUnavailable, {}});
}

// Only the thread's own work, and no account changes came of it: no gateway is woken up for it.
bool isSilent(const Batch &batch)
{
    const auto isOwn = [](const Operation &operation) {
        return operation.asker == ConnectionId()
            && (std::holds_alternative<ReadAccountChanges>(operation.action)
                || std::holds_alternative<Beat>(operation.action)
                || std::holds_alternative<Survey>(operation.action)
                || std::holds_alternative<Prune>(operation.action));
    };
    const auto isNews = [](const Outcome &outcome) {
        const auto *found = std::get_if<AccountChanges>(&outcome);
        const auto *beaten = std::get_if<Beaten>(&outcome);
        return (found && !found->changes.empty()) || (beaten && !beaten->changed.empty());
    };
    return std::ranges::all_of(batch.operations, isOwn)
        && std::ranges::none_of(batch.outcomes, isNews);
}

} // namespace

StorageThread::StorageThread(
    std::unique_ptr<Store> store, const Clock &clock, milliseconds patience)
    : m_store(std::move(store))
    , m_clock(clock)
    , m_patience(patience)
{
    setObjectName(QStringLiteral("storage"));
    qRegisterMetaType<BatchPtr>();
}

StorageThread::~StorageThread()
{
    finish();
}

Done StorageThread::open()
{
    start();
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_opened.has_value(); });
    return *m_opened;
}

void StorageThread::submit(std::vector<Operation> operations)
{
    if (operations.empty())
        return;
    {
        std::lock_guard lock(m_mutex);
        m_queue.add(std::move(operations));
    }
    m_wake.notify_all();
}

void StorageThread::noteHeartbeats(std::span<const PresenceChange> changes)
{
    std::lock_guard lock(m_mutex);
    for (const PresenceChange &change : changes) {
        Time &seen = m_heartbeats[change.user];
        seen = std::max(seen, change.lastSeen.value_or(Time()));
    }
}

Queued StorageThread::queued() const
{
    std::lock_guard lock(m_mutex);
    return m_queue.queued();
}

void StorageThread::finish()
{
    {
        std::lock_guard lock(m_mutex);
        m_finishing = true;
    }
    m_wake.notify_all();
    wait();
}

void StorageThread::run()
{
    {
        Done opened = m_store->open();
        if (opened)
            opened = [&]() -> Done {
                const Operation beginning{ResetPresence{m_nodeName, m_nodeVersion}, {}, {}};
                auto outcomes = m_store->apply({&beginning, 1}, m_clock.now());
                return outcomes ? done() : Done(outcomes.failure());
            }();
        m_isShared = !m_store->lastCommit().writer.isNull();
        m_beats.begin(m_clock.instant());
        std::lock_guard lock(m_mutex);
        m_available = bool(opened);
        m_finishing = m_finishing || !opened;
        m_opened = opened;
    }
    m_wake.notify_all();

    for (bool last = false; !last;) {
        Work work = nextWork();
        if (m_inDoubt && resolveDoubt(1)) { // then what was held back comes first
            putBack(std::move(work.operations));
            putBack(std::exchange(m_heldBack, {}));
            continue;
        }
        last = work.last;
        if (m_inDoubt)
            work.operations = holdBack(std::move(work.operations));
        commit(std::move(work.operations));
    }
    if (m_inDoubt && resolveDoubt(LastAttempts)) {
        putBack(std::exchange(m_heldBack, {}));
        for (std::unique_lock lock(m_mutex); !m_queue.isEmpty(); lock.lock()) {
            std::vector<Operation> operations = m_queue.takeBatch();
            lock.unlock();
            commit(std::move(operations));
        }
    }
    if (m_isShared && m_store->isOpen() && !m_store->isInDoubt()) {
        const Operation leaving{LeaveNode(), {}, {}};
        (void)m_store->apply({&leaving, 1}, m_clock.now()); // else the others find out
    }
    m_store->close();
}

void StorageThread::commit(std::vector<Operation> operations)
{
    if (operations.empty())
        return;
    auto batch = std::make_shared<Batch>();
    batch->operations = std::move(operations);
    batch->at = m_clock.now();
    m_doneSingly = 0;
    const Ticks begun = Ticks::clock::now();
    measure(batch->operations, begun);
    batch->outcomes = perform(batch->operations, batch->at);
    m_counts.busySince.set(0);
    const auto isDone = [](const Outcome &outcome) {
        return !std::holds_alternative<Refused>(outcome);
    };
    if (!std::ranges::all_of(batch->operations, isRead, &Operation::action)
        && std::ranges::any_of(batch->outcomes, isDone)) {
        m_counts.commit.add(microseconds(Ticks::clock::now() - begun));
        m_counts.commitOperations.add(qint64(batch->operations.size()));
    }
    if (m_store->isInDoubt() && !m_inDoubt)
        setAside(*batch);
    else
        tell(batch);
}

// What waited until now, and that it is done now.
void StorageThread::measure(const std::vector<Operation> &operations, Ticks begun)
{
    for (const Operation &operation : operations) {
        if (operation.askedAt != Ticks())
            m_counts.waited.add(microseconds(begun - operation.askedAt));
    }
    m_counts.busySince.set(microseconds(begun.time_since_epoch()));
}

void StorageThread::tell(const std::shared_ptr<Batch> &batch)
{
    batch->mark = m_store->lastCommit();
    m_counts.note(*batch);
    learn(*batch);
    if (!isSilent(*batch))
        Q_EMIT committed(batch);
    else if (batch->mark.number != m_lastMark)
        Q_EMIT marked(batch->mark);
    m_lastMark = batch->mark.number;
}

// Of a batch whose last commit is in doubt: tells what was done before that commit, keeps what it
// was to do, and goes on with what was not tried yet.
void StorageThread::setAside(const Batch &batch)
{
    const auto known = batch.operations.begin() + qsizetype(m_doneSingly);
    const auto untried = batch.operations.begin() + qsizetype(batch.outcomes.size());
    if (m_doneSingly > 0)
        tell(std::make_shared<Batch>(Batch{{batch.operations.begin(), known},
            {batch.outcomes.begin(), batch.outcomes.begin() + qsizetype(m_doneSingly)}, batch.at}));
    m_inDoubt = std::make_shared<Batch>(Batch{{known, untried}, {}, batch.at});
    for (const Operation &operation : m_inDoubt->operations) {
        if (operation.asker != ConnectionId())
            m_waiting.insert(operation.asker);
    }
    m_nextOpen = {};
    m_counts.inDoubt.set(1);
    commit(holdBack({untried, batch.operations.end()}));
}

// Whether it is known now what became of the batch in doubt; then it is told.
bool StorageThread::resolveDoubt(int attempts)
{
    if (attempts == 1 && m_clock.instant() < m_nextOpen)
        return false;
    auto outcomes = m_store->resolveDoubt();
    for (; m_store->isInDoubt() && attempts > 1; --attempts) {
        msleep(LastPause.count());
        outcomes = m_store->resolveDoubt();
    }
    if (m_store->isInDoubt()) {
        backOff();
        return false;
    }
    m_openBackOff = {};
    const auto batch = std::exchange(m_inDoubt, nullptr);
    batch->outcomes = outcomes ? std::move(*outcomes) : refuseAll(batch->operations);
    m_waiting.clear();
    m_counts.inDoubt.set(0);
    m_counts.heldBack.set(0);
    setAvailable(true, {});
    tell(batch);
    return true;
}

// Keeps what must wait for the batch in doubt; returns the others, which need not.
std::vector<Operation> StorageThread::holdBack(std::vector<Operation> operations)
{
    std::vector<Operation> others;
    for (Operation &operation : operations) {
        const bool waits = m_waiting.contains(operation.asker);
        (waits ? m_heldBack : others).push_back(std::move(operation));
    }
    m_counts.heldBack.set(qint64(m_heldBack.size()));
    return others;
}

StorageThread::Work StorageThread::nextWork()
{
    Work work;
    m_lastAlive = m_clock.instant();
    std::unique_lock lock(m_mutex);
    Instant next = std::min(m_nextHousekeeping, m_nextPrune);
    if (m_inDoubt)
        next = std::min(next, m_nextOpen);
    const auto patience = std::max(next - m_clock.instant(), milliseconds(0));
    m_wake.wait_for(lock, patience, [this] { return !m_queue.isEmpty() || m_finishing; });
    if (!m_queue.isEmpty())
        m_wake.wait_for(lock, m_patience, [this] { return m_queue.isWaitedFor() || m_finishing; });
    work.operations = m_queue.takeBatch();
    work.last = m_finishing && m_queue.isEmpty();
    const Instant now = m_clock.instant();
    const bool readsPresence = std::ranges::any_of(work.operations,
        [](const Operation &o) { return std::holds_alternative<ReadPresence>(o.action); });
    if (!m_heartbeats.empty() && (work.last || readsPresence || now >= m_nextHeartbeats))
        flushHeartbeats(work.operations, now);
    lock.unlock();
    if (now >= std::min(m_nextHousekeeping, m_nextPrune) && !work.last)
        addHousekeeping(work.operations, now);
    return work;
}

void StorageThread::putBack(std::vector<Operation> operations)
{
    std::lock_guard lock(m_mutex);
    m_queue.putBack(std::move(operations));
}

void StorageThread::flushHeartbeats(std::vector<Operation> &operations, Instant now)
{
    WritePresence beats;
    beats.changes.reserve(m_heartbeats.size());
    for (const auto &[user, seen] : m_heartbeats)
        beats.changes.push_back({user, std::nullopt, seen});
    m_heartbeats.clear();
    m_nextHeartbeats = now + 1s;
    operations.insert(operations.begin(), Operation{std::move(beats), {}, {}, 0, false});
}

void StorageThread::addHousekeeping(std::vector<Operation> &operations, Instant now)
{
    const Time time = m_clock.now();
    if (now >= m_nextHousekeeping) {
        m_nextHousekeeping = now + HousekeepingInterval;
        operations.push_back({ReadAccountChanges{m_lastAccountChange}, {}, {}});
        if (m_isShared && m_beats.take(now))
            operations.push_back(
                {Beat{m_beats.mayForgetOthers(), m_nodeName, m_nodeVersion}, {}, {}});
        if (now >= m_nextSurvey) {
            m_nextSurvey = now + SurveyInterval;
            if (m_writingFails)
                m_nextPrune = {}; // writes, and so finds out when that works again
            operations.push_back({m_counts.census.next(), {}, {}});
        }
        if (m_clockWatch.wasSetBack(time, now)) {
            m_correctionIsDue = true;
            m_nextPrune = {};
        }
    }
    if (now >= m_nextPrune) {
        m_nextPrune = now + PruneInterval;
        const bool isGood = m_clockWatch.isGood(time, now);
        operations.push_back(
            {Prune{PruneRows, isGood, std::exchange(m_correctionIsDue, false)}, {}, {}});
    }
}

void StorageThread::learn(const Batch &batch)
{
    for (size_t i = 0; i < batch.outcomes.size(); ++i) {
        if (const auto *changes = std::get_if<AccountChanges>(&batch.outcomes[i]))
            learn(*changes);
        else if (const auto *prune = std::get_if<Prune>(&batch.operations[i].action))
            learn(*prune, std::get_if<Pruned>(&batch.outcomes[i]), batch.at);
        else if (std::holds_alternative<Beat>(batch.operations[i].action))
            learn(std::get_if<Beaten>(&batch.outcomes[i]));
    }
}

// `beaten` is null when the store did not take it.
void StorageThread::learn(const Beaten *beaten)
{
    m_beats.note(beaten, m_clock.instant());
    if (!beaten || !beaten->wasForgotten)
        return;
    qCWarning(lcStorage) << "other nodes took this one for dead; it joins them again";
    Q_EMIT forgotten();
}

void StorageThread::learn(const AccountChanges &changes)
{
    using Scope = AccountChange::Scope;
    m_lastAccountChange = changes.last;
    for (const AccountChange &change : changes.changes) {
        if (change.scope != Scope::Session) // an administrator's, not a logout
            qCInfo(lcSecurity).nospace()
                << "event=account_changed user=" << change.user.value()
                << " ends=" << (change.scope == Scope::All ? "connections" : "login_sessions");
    }
}

// `pruned` is null when it could not be done.
void StorageThread::learn(const Prune &prune, const Pruned *pruned, Time at)
{
    if (prune.correctsAll && (!pruned || pruned->doubted))
        m_correctionIsDue = true;
    if (!pruned)
        return;
    if (pruned->rows >= prune.limit)
        m_nextPrune = m_clock.instant() + PrunePause; // there may be more
    m_counts.clockDoubted.set(pruned->doubted);
    if (m_clockWatch.note(pruned->doubted, at, m_clock.instant()))
        qCInfo(lcStorage)
            << "the clock has jumped since the store last saw it; nothing is pruned or"
               " corrected until it has gone on for an hour without a jump";
}

std::vector<Outcome> StorageThread::perform(const std::vector<Operation> &operations, Time now)
{
    if (m_store->isInDoubt() || (!m_store->isOpen() && !reopen(m_clock.instant())))
        return refuseAll(operations);
    auto outcomes = m_store->apply(operations, now);
    if (outcomes) {
        // Reading may well work on a disk that is full.
        m_writingFails =
            m_writingFails && std::ranges::all_of(operations, isRead, &Operation::action);
        if (!m_writingFails)
            setAvailable(true, {});
        return std::move(*outcomes);
    }
    return recover(operations, now, outcomes.failure());
}

// A batch failed as a whole. What only reads may still work (on a full disk); where one operation
// is to blame, the others must not suffer for it.
std::vector<Outcome> StorageThread::recover(
    const std::vector<Operation> &operations, Time now, const Failure &failure)
{
    if (failure.transient || m_store->isInDoubt() || !m_store->isOpen()) {
        setAvailable(false, failure.text);
        const bool writes = !std::ranges::all_of(operations, isRead, &Operation::action);
        m_writingFails = m_store->isOpen() && (m_writingFails || writes);
        return m_store->isOpen() ? performReads(operations, now) : refuseAll(operations);
    }
    if (operations.size() > 1)
        return performSingly(operations, now);
    return {Refused{ErrorCode::Internal, incidentOf(failure.text)}};
}

// Whoever is refused is told of it, so it has to stand in the log, which takes only so many lines:
// what happens within a limits::LogInterval is one incident.
QByteArray StorageThread::incidentOf(const QString &what)
{
    const Instant now = m_clock.instant();
    if (now >= m_nextIncident) {
        m_nextIncident = now + limits::LogInterval;
        m_incident = QByteArray::number(QRandomGenerator::system()->generate64(), 16)
                         .rightJustified(16, '0');
        qCCritical(lcStorage).noquote() << "incident" << m_incident << what;
    } else if (what != m_incidentText) {
        qCCritical(lcStorage).noquote() << "incident" << m_incident << "is also" << what;
    }
    m_incidentText = what;
    return m_incident;
}

std::vector<Outcome> StorageThread::performReads(const std::vector<Operation> &operations, Time now)
{
    std::vector<Outcome> outcomes = refuseAll(operations);
    std::vector<Operation> reads;
    for (const Operation &operation : operations) {
        if (isRead(operation.action))
            reads.push_back(operation);
    }
    if (reads.empty())
        return outcomes;
    auto found = m_store->apply(reads, now);
    if (!found)
        return outcomes;
    for (size_t i = 0, read = 0; i < operations.size(); ++i) {
        if (isRead(operations[i].action))
            outcomes[i] = std::move((*found)[read++]);
    }
    return outcomes;
}

std::vector<Outcome> StorageThread::performSingly(
    const std::vector<Operation> &operations, Time now)
{
    std::vector<Outcome> outcomes;
    for (const Operation &operation : operations) {
        outcomes.push_back(std::move(perform({operation}, now).front()));
        if (m_store->isInDoubt())
            break;
        m_doneSingly = outcomes.size();
    }
    return outcomes;
}

bool StorageThread::reopen(Instant now)
{
    if (now < m_nextOpen)
        return false;
    const Done opened = m_store->open();
    if (opened) {
        m_openBackOff = {};
        return true;
    }
    backOff();
    setAvailable(false, opened.failure().text);
    return false;
}

void StorageThread::backOff()
{
    m_openBackOff = std::clamp<milliseconds>(m_openBackOff * 2, 100ms, MaxOpenBackOff);
    m_nextOpen = m_clock.instant() + m_openBackOff;
}

void StorageThread::setAvailable(bool available, const QString &why)
{
    m_available = available;
    // On a full disk reads succeed and writes fail in turn: that is one complaint, not a stream.
    // But what is so when it has been quiet for a while is said.
    if (m_toldAvailable == available || m_clock.instant() < m_nextComplaint)
        return;
    m_toldAvailable = available;
    if (available) {
        qCInfo(lcStorage) << "the store is available again";
    } else {
        m_nextComplaint = m_clock.instant() + ComplaintInterval;
        qCCritical(lcStorage).noquote() << "the store is unavailable:" << why;
    }
}

} // namespace parley::storage
