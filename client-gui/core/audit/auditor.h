// SPDX-License-Identifier: MIT
#pragma once

#include "audit/finding.h"
#include "frames/framelog.h"
#include "protocol/trace.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace parley::audit {

class Judge;

// Says, while anything runs, whether what was accepted is what was delivered and what is unread:
// nothing lost, doubled, out of order or changed. Accuses only of what is certain; what it needs
// for that is that all connections of a user whose pane it sees are panes (else: setForeign()).
// Remembers the newest 200 000 messages of each mailbox and 200 000 SENDs, and judges only by what
// it remembers. Lives in one thread.
class Auditor : public QObject {
    Q_OBJECT

public:
    static constexpr size_t MostFindings = 1000;

    explicit Auditor(QObject *parent = nullptr);
    ~Auditor() override;

    // Reads every frame that is appended from now on.
    void follow(const frames::FrameLog &);
    void read(const frames::Frame &);
    // Optional: a step of the server's trace, in the order in which they come.
    void read(const protocol::TraceEvent &);

    // A pane begins to connect now. Optional: makes the judgement of its HELLO sharper.
    void attempting(int pane);
    // This user is, or will be, connected elsewhere too, where they confirm what is not seen
    // here: their mailbox is no longer held to be whole.
    void setForeign(UserId);
    // Nothing is under way any more: flags what was accepted and should have been pushed to a live
    // connection by the time of its latest answered command (a second before its HEARTBEAT).
    void conclude();
    // Forgets everything: the server begins anew with an empty store, or a new run begins. Panes
    // may be connected.
    void reset();

    Verdict verdict() const;
    const Numbers &numbers() const;
    // The first MostFindings; of each rule and message only one.
    const std::vector<Finding> &findings() const { return m_findings; }

Q_SIGNALS:
    void verdictChanged(parley::audit::Verdict);
    void findingAdded(const parley::audit::Finding &);
    // At most 30 times a second.
    void numbersChanged(const parley::audit::Numbers &);
    void wasReset();

private:
    void looked();
    void tellVerdict();

    std::unique_ptr<Judge> m_judge;
    std::vector<Finding> m_findings;
    Verdict m_told = Verdict::Idle;
    Numbers m_toldNumbers;
    QTimer m_timer;
};

} // namespace parley::audit
