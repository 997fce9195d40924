// SPDX-License-Identifier: MIT
// The one thread that writes. It takes all that was queued since the last commit, does it in one
// transaction, and reports the outcomes: group commit. A single operation waits only for its own
// commit; under load the batches grow by themselves, up to limits::BatchBytes. An operation that
// nobody waits for (Operation::isAwaited) goes with the next commit, or with one of its own after a
// short time.
#pragma once

#include "storage/asyncstore.h"
#include "storage/batch.h"
#include "storage/beats.h"
#include "storage/clockwatch.h"
#include "storage/counts.h"
#include "storage/operationqueue.h"

#include <QThread>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace parley::storage {

class StorageThread : public QThread, public AsyncStore {
    Q_OBJECT

public:
    // The clock must outlive the thread. `patience`: how long what nobody waits for may be kept
    // for the next commit that somebody waits for.
    StorageThread(std::unique_ptr<Store>, const Clock &, milliseconds patience = 1ms);
    ~StorageThread() override;

    // What people call this server, where several share the store. Before open().
    void setNode(const QByteArray &name, const QByteArray &version)
    {
        m_nodeName = name;
        m_nodeVersion = version;
    }

    // Opens the store on the new thread and waits for that.
    Done open();
    // What comes of it is in a later committed(), or in several.
    void submit(std::vector<Operation>) override;
    void noteHeartbeats(std::span<const PresenceChange>) override;
    // Whether the store answered the last time it was asked. Any thread.
    bool isAvailable() const { return m_available; }
    // When it last took something up, at least once a second unless it hangs. Any thread.
    Instant lastAlive() const { return m_lastAlive; }
    // For the metrics. Any thread.
    const Counts &counts() const { return m_counts; }
    Queued queued() const;
    // Commits what is queued, closes the store, ends the thread. What is then still in doubt, and
    // what waits for it, is never answered.
    void finish();

Q_SIGNALS:
    // Emitted on the storage thread, once per commit, also when it failed (all outcomes Refused);
    // not when all of it is the thread's own work, and no account has changed.
    void committed(const parley::storage::BatchPtr &batch);
    // Other nodes took this one for dead: they know none of its connections any more.
    void forgotten();
    // What was committed up to here has been told, or nothing is to be told of it.
    void marked(const parley::storage::CommitMark &mark);

protected:
    void run() override;

private:
    struct Work {
        std::vector<Operation> operations;
        bool last = false;
    };
    Work nextWork();
    void putBack(std::vector<Operation>);
    void addHousekeeping(std::vector<Operation> &, Instant now);
    void flushHeartbeats(std::vector<Operation> &, Instant now);
    void commit(std::vector<Operation>);
    void tell(const std::shared_ptr<Batch> &);
    void setAside(const Batch &);
    bool resolveDoubt(int attempts);
    std::vector<Operation> holdBack(std::vector<Operation>);
    void measure(const std::vector<Operation> &, Ticks begun);
    void learn(const Batch &);
    void learn(const AccountChanges &);
    void learn(const Beaten *);
    void learn(const Prune &, const Pruned *, Time at);
    std::vector<Outcome> perform(const std::vector<Operation> &, Time now);
    std::vector<Outcome> recover(const std::vector<Operation> &, Time now, const Failure &);
    std::vector<Outcome> performReads(const std::vector<Operation> &, Time now);
    std::vector<Outcome> performSingly(const std::vector<Operation> &, Time now);
    bool reopen(Instant now);
    void backOff();
    QByteArray incidentOf(const QString &what);
    void setAvailable(bool, const QString &why);

    const std::unique_ptr<Store> m_store;
    const Clock &m_clock;
    const milliseconds m_patience;
    std::atomic<bool> m_available = false;
    std::atomic<Instant> m_lastAlive{};

    mutable std::mutex m_mutex; // guards what follows
    std::condition_variable m_wake;
    OperationQueue m_queue;
    std::unordered_map<UserId, Time> m_heartbeats;
    bool m_finishing = false;
    std::optional<Done> m_opened;

    // the thread's own
    Counts m_counts; // which others may read
    Instant m_nextHousekeeping{};
    Instant m_nextSurvey{};
    bool m_writingFails = false; // though the store is open
    Instant m_nextHeartbeats{};
    Instant m_nextPrune{};
    bool m_isShared = false; // by several nodes
    QByteArray m_nodeName;
    QByteArray m_nodeVersion;
    Beats m_beats;
    Instant m_nextOpen{};
    Instant m_nextComplaint{};
    bool m_toldAvailable = true; // what the log said last
    QByteArray m_incident; // the last one, what was said of it, and when there may be another
    QString m_incidentText;
    Instant m_nextIncident{};
    milliseconds m_openBackOff{};
    // Not reported until it is known whether it was done. Until then its askers wait, with all that
    // they ask, because their answers come in turn; all others are refused.
    std::shared_ptr<Batch> m_inDoubt;
    std::unordered_set<ConnectionId> m_waiting;
    std::vector<Operation> m_heldBack;
    size_t m_doneSingly = 0; // of the batch at hand, before what is in doubt
    qint64 m_lastAccountChange = -1;
    qint64 m_lastMark = 0; // that was told
    ClockWatch m_clockWatch;
    bool m_correctionIsDue = true; // of what is dated ahead: Prune::correctsAll
};

} // namespace parley::storage
