// SPDX-License-Identifier: MIT
#pragma once

#include "bench/frame.h"
#include "bench/moment.h"
#include "bench/tlsclient.h"
#include "core/ids.h"
#include "core/limits.h"
#include "siege/script.h"

#include <memory>
#include <string>
#include <string_view>

namespace parley::siege {

class Horde;
struct Seen;

// One hostile connection: what a script does with it and waits for. It sends whatever it is told
// to, right or wrong, and understands what comes only as far as scripts and the verdict need it.
class Peer {
public:
    explicit Peer(Horde &);
    Peer(const Peer &) = delete;
    Peer &operator=(const Peer &) = delete;
    ~Peer(); // closes

    // Begins to connect, from the loopback address so far beyond the first.
    void open(quint32 source);
    void openRaw(quint32 source); // without TLS's handshake, also where TLS is spoken
    void enter(UserId); // opens from this user's address, and asks for the upgrade
    void say(std::string_view bytes); // written as soon as the socket takes it
    void text(std::string_view json); // a text frame
    void frame(bench::Opcode, std::string_view payload);
    void stopReading();
    void goOnReading();
    void squeeze(); // the smallest buffer that the kernel allows to receive with

    enum class How { Reset, Fin, Half };
    void vanish(How); // what was not written yet is not
    void halfClose() { vanish(How::Half); } // our side alone

    bool isConnected() const { return m_connected; }
    bool hasEnded() const { return m_ended; }
    // TLS's handshake was refused: where descriptors are few there may be no time for it.
    static constexpr int NoHandshake = -1;
    int status() const { return m_status; } // of the HTTP answer; 0: none yet
    int closeCode() const { return m_closeCode; } // of the server's Close; 0: none yet
    int frames() const { return m_frames; } // that came
    const std::string &answer() const { return m_answer; } // of a refusal: body, too

    enum class Goal { Connected, Flushed, Answered, Greeted, Frames, Ended, Time };
    // To be awaited: true when it came to this within the time, false otherwise, and also when
    // the connection ended before.
    class Wait;
    Wait connected(milliseconds patience);
    Wait flushed(milliseconds patience); // everything that was said is with the kernel
    Wait answered(milliseconds patience); // 101 or another HTTP status
    Wait greeted(milliseconds patience); // HELLO
    Wait received(int frames, milliseconds patience); // so many, all in all
    Wait ended(milliseconds patience); // by the server
    Wait pause(milliseconds time);

    // For the horde.
    int descriptor() const { return m_fd; }
    void handle(unsigned events);
    bool isDue(bench::Moment now) const;
    std::coroutine_handle<> takeWaiting() { return std::exchange(m_waiting, {}); }

private:
    bool isReached(Goal, int count) const;
    bool isDecided(Goal, int count) const;
    void watch();
    void flush();
    void read();
    void digest();
    void digestHead();
    void take(const bench::Frame &);
    void end();
    void endByServer();
    void leave(); // closes the descriptor

    Horde &m_horde;
    int m_fd = -1;
    bool m_connected = false;
    bool m_reading = true;
    bool m_ended = false;
    bool m_open = false; // 101 came
    bool m_greeted = false;
    bool m_farewell = false; // we sent a Close
    bool m_isHalfClosed = false; // by us
    int m_status = 0;
    int m_closeCode = 0;
    int m_frames = 0;
    unsigned m_watched = 0; // epoll's events
    std::unique_ptr<bench::TlsClient> m_tls; // null: plain
    std::string m_in;
    std::string m_out;
    std::string m_answer;

    std::coroutine_handle<> m_waiting;
    Goal m_goal = Goal::Time;
    int m_count = 0;
    bench::Moment m_deadline;
};

class Peer::Wait {
public:
    Wait(Peer &peer, Goal goal, int count, milliseconds patience)
        : m_peer(&peer)
        , m_goal(goal)
        , m_count(count)
        , m_patience(patience)
    {
    }
    bool await_ready() const { return m_peer->isDecided(m_goal, m_count); }
    void await_suspend(std::coroutine_handle<> script) const;
    bool await_resume() const { return m_peer->isReached(m_goal, m_count); }

private:
    Peer *m_peer;
    Goal m_goal;
    int m_count;
    milliseconds m_patience;
};

} // namespace parley::siege
