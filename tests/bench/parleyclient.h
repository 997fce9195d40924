// SPDX-License-Identifier: MIT
#pragma once

#include "bench/client.h"

namespace parley::bench {

// Parley's protocol. Everything that one read brought is confirmed with one CONFIRM; FETCH follows
// HELLO and BEHIND.
class ParleyClient final : public Client {
public:
    ParleyClient(Engine &, Observer &, UserId, int index);

    void send(UserId to, std::string_view tag, std::string_view filler) override;
    void check() override; // fetches the first message of the mailbox
    bool namesSenders() const override { return true; }

private:
    void queueHeartbeat() override;
    void received(std::string_view text) override;
    void allReceived() override;
    void flushed() override;

    void takeHello(const Reply &);
    void takeMessages(const Reply &);
    void takeMail(const Mail &);
    void fetch();

    Seq m_got; // the last seq that was delivered
    Seq m_confirming; // up to there CONFIRM is queued
    Seq m_confirmed; // up to there it is written
};

} // namespace parley::bench
