// SPDX-License-Identifier: MIT
// The coordinator where several nodes share a store: tells them what was committed here, after the
// commit, and hears what was committed there. A message between two users of this node waits for
// none of it.
#pragma once

#include "coordinator/coordinator.h"
#include "coordinator/watermark.h"
#include "storage/bus.h"

#include <QThread>

#include <condition_variable>
#include <mutex>

namespace parley::coordinator {

class NodeCoordinator final : public Coordinator {
    Q_OBJECT

public:
    NodeCoordinator(std::unique_ptr<storage::Bus>, const Clock &);
    // What was published last is told before.
    ~NodeCoordinator() override;

    void start() override;
    // Any thread.
    void publish(const storage::BatchPtr &) override;
    void note(const storage::CommitMark &) override;
    bool isShared() const override { return true; }

private:
    struct Work {
        std::vector<storage::BatchPtr> batches;
        storage::CommitMark mark;
        bool isDue = false; // there is something to tell, or a sign of life
        bool isLast = false;
    };
    void tell();
    void tell(const Work &);
    Work nextWork();
    void readMarks();
    void tellMissed();
    void listen();
    bool hear();

    const std::unique_ptr<storage::Bus> m_bus;
    const Clock &m_clock;
    std::unique_ptr<QThread> m_teller;
    std::unique_ptr<QThread> m_listener;

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_wake;
    std::vector<storage::BatchPtr> m_untold;
    qint64 m_untoldBytes = 0; // reserved by who asked for them
    bool m_isOverfull = false; // some were not kept
    bool m_isStopping = false;
    Watermark m_watermark;
    storage::CommitMark m_mark; // of the last commit that was published
    Instant m_nextSign{};

    // the teller's own
    qint64 m_number = 0; // of the last notice
    Instant m_nextMarks{};
};

} // namespace parley::coordinator
