// SPDX-License-Identifier: MIT
#pragma once

#include "bench/moment.h"
#include "bench/scan.h"
#include "bench/stream.h"

#include <memory>

namespace parley::bench {

class Client;
class Engine;

// What a workload is told. Calls come from the engine's loop, one at a time.
class Observer {
public:
    virtual ~Observer() = default;
    virtual void greeted(Client &) { } // logged in
    virtual void sent(Client &, const Reply &) { } // the server has a message: SENT, or its PUBACK
    virtual void delivered(Client &, const Mail &) { } // pushed or fetched
    virtual void confirmed(Client &, Seq) { } // a CONFIRM up to there, or PUBACKs, were written
    virtual void refused(Client &, const Reply &) { } // an ERROR
    virtual void checked(Client &, bool) { } // after check(): whether the mailbox is empty
    virtual void beaten(Ticks::duration) { } // a heartbeat was answered, so long after
    virtual void turn(Moment) { } // once in every turn of the loop
};

// Arriving: until the server let them in. Greeted: until all mail that was there then is fetched.
enum class Phase { Away, Arriving, Greeted, CaughtUp };

// One user's connection, by the target's protocol. Of itself it reads and confirms all their mail,
// as a good client does.
class Client : protected StreamOwner {
public:
    static std::unique_ptr<Client> make(Engine &, Observer &, UserId, int index, Protocol);
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;
    virtual ~Client() = default;

    UserId user() const { return m_user; }
    int index() const { return m_index; } // among the engine's clients
    const HelloLimits &hello() const { return m_hello; }
    Phase phase() const { return m_phase; }
    bool isOpen() const { return m_stream->state() == Stream::State::Open; }
    Stream &stream() { return *m_stream; }

    void arrive(const Target &);
    void leave();
    void hangUp(); // without waiting for the server
    bool heartbeat(); // false: not here
    // A message with the body `tag` and `filler`, and the clientId `tag`. They need no escapes.
    virtual void send(UserId to, std::string_view tag, std::string_view filler) = 0;
    // Asks whether the mailbox is empty, behind everything that was confirmed.
    virtual void check() = 0;
    // Whether the protocol tells a receiver who sent a message.
    virtual bool namesSenders() const = 0;

protected:
    Client(Engine &, Observer &, UserId, int index, std::unique_ptr<Stream> (*)(StreamOwner &));

    virtual void arriving(const Target &) { }
    virtual void leaving() { } // whatever farewell goes before that of the stream
    virtual void queueHeartbeat() = 0;

    void opened() override { }
    void allReceived() override { }
    void queued() final;
    void finished() final;
    void broken(std::string_view why) final;

    Observer &observer() { return m_observer; }
    void enter(Phase);
    void progressed(); // the server said something other than the answer to a heartbeat
    void beaten(); // the server answered one
    void giveUp(std::string_view why); // what the server said makes no sense

    HelloLimits m_hello;

private:
    Engine &m_engine;
    Observer &m_observer;
    const UserId m_user;
    const int m_index;
    const std::unique_ptr<Stream> m_stream;
    Phase m_phase = Phase::Away;
    Moment m_beatAt; // the last heartbeat
};

} // namespace parley::bench
