// SPDX-License-Identifier: MIT
// Checks of what a frame is answered with.
#pragma once

#include "play/faultcheck.h"
#include "play/player.h"

#include <QCoreApplication>

namespace parley::play {

class DuplicateCheck final : public FaultCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::DuplicateCheck)

public:
    using FaultCheck::FaultCheck;

private:
    void begin() override;
    void take(const frames::Frame &) override;
    void takeStored(const frames::Frame &);
    void takeRefusal(const frames::Frame &);

    QByteArray m_clientId;
    QByteArray m_send; // the frame
    Seq m_seq;
};

class RefusedFrameCheck final : public FaultCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::RefusedFrameCheck)

public:
    RefusedFrameCheck(Players &players, Player &player, const Patience &patience, bool binary)
        : FaultCheck(players, player, patience)
        , m_isBinary(binary)
    {
    }

private:
    void begin() override;
    void take(const frames::Frame &) override;
    bool maySoEnd(const frames::Frame &) override;

    const bool m_isBinary;
};

class OversizedCheck final : public FaultCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::OversizedCheck)

public:
    using FaultCheck::FaultCheck;

private:
    void begin() override;
    void take(const frames::Frame &) override;
    void undo() override;

    bool m_ended = false;
};

class FloodCheck final : public FaultCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::FloodCheck)

public:
    using FaultCheck::FaultCheck;

private:
    void begin() override;
    void take(const frames::Frame &) override;
    void undo() override { m_quiet.stop(); }
    void sendSome();

    int m_left = 0; // commands to be sent
    qint64 m_refusal = 0; // the number of the first ERROR
    QTimer m_quiet; // since the last one
};

} // namespace parley::play
