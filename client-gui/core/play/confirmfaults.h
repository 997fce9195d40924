// SPDX-License-Identifier: MIT
// Checks of CONFIRM.
#pragma once

#include "play/faultcheck.h"
#include "play/player.h"

#include <QCoreApplication>

namespace parley::play {

// The player writes to itself, is given the message, and confirms it in some way.
class ConfirmCheck : public FaultCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::ConfirmCheck)

protected:
    ConfirmCheck(Players &, Player &, const Patience &, ConfirmHabit);

    Seq seq() const { return m_seq; }
    void track(QByteArray &ref);
    // It was given the message, and by now has confirmed it in its way, or is about to.
    virtual void given() = 0;
    // Since then.
    virtual void takeLater(const frames::Frame &) = 0;

private:
    void begin() override;
    void take(const frames::Frame &) override;
    void undo() override;

    const ConfirmHabit m_habit;
    QByteArray m_clientId;
    Seq m_seq;
    bool m_isGiven = false;
};

class DropCheck final : public ConfirmCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::DropCheck)

public:
    DropCheck(Players &players, Player &player, const Patience &patience)
        : ConfirmCheck(players, player, patience, ConfirmHabit::Dropped)
    {
    }

private:
    void given() override;
    void takeLater(const frames::Frame &) override;

    QByteArray m_ref; // of the FETCH
};

class DelayCheck final : public ConfirmCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::DelayCheck)

public:
    DelayCheck(Players &players, Player &player, const Patience &patience)
        : ConfirmCheck(players, player, patience, ConfirmHabit::Delayed)
    {
    }

private:
    void given() override;
    void takeLater(const frames::Frame &) override;

    QByteArray m_before; // refs of the TRACKs
    QByteArray m_after;
    bool m_wasUnread = false;
};

class DoubleCheck final : public ConfirmCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::DoubleCheck)

public:
    DoubleCheck(Players &players, Player &player, const Patience &patience)
        : ConfirmCheck(players, player, patience, ConfirmHabit::Doubled)
    {
    }

private:
    void given() override;
    void takeLater(const frames::Frame &) override;

    std::vector<QByteArray> m_refs; // of the CONFIRMs, in their order
    bool m_isFirstAnswered = false;
};

} // namespace parley::play
