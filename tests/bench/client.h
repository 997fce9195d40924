// SPDX-License-Identifier: MIT
#pragma once

#include "bench/moment.h"
#include "bench/scan.h"
#include "bench/websocket.h"

namespace parley::bench {

class Client;
class Engine;

// What a workload is told. Calls come from the engine's loop, one at a time.
class Observer {
public:
    virtual ~Observer() = default;
    virtual void greeted(Client &) { } // HELLO came
    virtual void sent(Client &, const Reply &) { }
    virtual void delivered(Client &, const Mail &) { } // pushed or fetched
    virtual void confirmed(Client &, Seq) { } // a CONFIRM up to there was written
    virtual void refused(Client &, const Reply &) { } // an ERROR
    virtual void checked(Client &, bool) { } // after check(): whether the mailbox is empty
    virtual void beaten(Ticks::duration) { } // a HEARTBEAT was answered, so long after
    virtual void turn(Moment) { } // once in every turn of the loop
};

// Arriving: until HELLO. Greeted: until all mail that was there at HELLO is fetched.
enum class Phase { Away, Arriving, Greeted, Settled };

// One user's connection. Of itself it reads and confirms all their mail, as a good client does:
// everything that one read brought with one CONFIRM, FETCH after HELLO and BEHIND.
class Client final : public WebSocket {
public:
    Client(Engine &, Observer &, UserId, int index);

    UserId user() const { return m_user; }
    int index() const { return m_index; } // among the engine's clients
    const HelloLimits &hello() const { return m_hello; }

    Phase phase() const { return m_phase; }

    void arrive(const Target &);
    void leave();
    void hangUp(); // without waiting for the server
    bool heartbeat(); // false: not here
    // Asks for the first message of the mailbox, behind everything that was confirmed.
    void check();

private:
    void received(std::string_view text) override;
    void allReceived() override;
    void queued() override;
    void flushed() override;
    void finished() override;
    void broken(std::string_view why) override;

    void takeHello(const Reply &);
    void takeMessages(const Reply &);
    void takeMail(const Mail &);
    void fetch();
    void enter(Phase);

    Engine &m_engine;
    Observer &m_observer;
    const UserId m_user;
    const int m_index;
    Phase m_phase = Phase::Away;
    HelloLimits m_hello;
    Seq m_got; // the last seq that was delivered
    Seq m_confirming; // up to there CONFIRM is queued
    Seq m_confirmed; // up to there it is written
    Moment m_beatAt; // the last heartbeat
};

} // namespace parley::bench
