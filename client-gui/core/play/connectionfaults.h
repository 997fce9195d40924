// SPDX-License-Identifier: MIT
// Checks of how connections end.
#pragma once

#include "play/faults.h"
#include "play/player.h"

#include <QCoreApplication>

#include <QPointer>
#include <QSet>

namespace parley::play {

class SilenceCheck final : public FaultCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::SilenceCheck)

public:
    using FaultCheck::FaultCheck;

private:
    void begin() override;
    void take(const frames::Frame &) override;
    void undo() override;

    bool m_hadHeartbeat = true;
    qint64 m_begunUs = 0;
    qint64 m_lastSentUs = 0;
};

class AbortCheck final : public FaultCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::AbortCheck)

public:
    using FaultCheck::FaultCheck;

private:
    void begin() override;
    void take(const frames::Frame &) override;
    void ask();
    void takeStatus(const frames::Frame &);

    QByteArray m_ref; // of the STATUS
    std::optional<Time> m_seenBefore;
    bool m_isCut = false;
    bool m_isBack = false;
};

class SlowReaderCheck final : public FaultCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::SlowReaderCheck)

public:
    using FaultCheck::FaultCheck;

private:
    void begin() override;
    void take(const frames::Frame &) override;
    void undo() override;
    void stopReading();
    void askOther();
    void judge(const frames::Frame &end);

    QSet<QByteArray> m_clientIds; // of the heap
    std::vector<Seq> m_seqs;
    QPointer<Player> m_other; // who should notice nothing
    QByteArray m_otherRef;
    bool m_otherAnswered = false;
    bool m_isSlow = false;
};

} // namespace parley::play
