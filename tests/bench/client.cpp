// SPDX-License-Identifier: MIT
#include "bench/client.h"

#include "bench/engine.h"
#include "core/limits.h"

#include <cerrno>
#include <cstring>

namespace parley::bench {

namespace {

constexpr std::string_view CheckRef = "check";

} // namespace

Client::Client(Engine &engine, Observer &observer, UserId user, int index)
    : m_engine(engine)
    , m_observer(observer)
    , m_user(user)
    , m_index(index)
{
}

void Client::enter(Phase phase)
{
    m_engine.moved(m_phase, phase);
    m_phase = phase;
}

void Client::arrive(const Target &target)
{
    enter(Phase::Arriving);
    if (!connect(target, m_user, m_index))
        broken(std::strerror(errno));
}

void Client::leave()
{
    close();
    if (state() == State::Closed)
        enter(Phase::Away);
}

void Client::hangUp()
{
    drop();
    enter(Phase::Away);
}

bool Client::heartbeat()
{
    if (state() != State::Open || m_phase < Phase::Greeted)
        return false;
    m_beatAt = Ticks::now();
    queueText(R"({"cmd":"HEARTBEAT"})");
    return true;
}

void Client::check()
{
    queueText(R"({"cmd":"FETCH","limit":1,"ref":"check"})");
}

void Client::fetch()
{
    queueText(R"({"cmd":"FETCH","after":)" + std::to_string(m_got.value()) + R"(,"limit":)"
        + std::to_string(limits::Fetch) + "}");
}

void Client::received(std::string_view text)
{
    Reply reply;
    if (!scan(text, reply)) {
        drop();
        return broken("a frame that is no JSON object");
    }
    if (reply.cmd == Cmd::Heartbeat)
        return m_observer.beaten(Ticks::now() - m_beatAt);
    m_engine.progressed();
    switch (reply.cmd) {
    case Cmd::Message:
        return takeMail(reply.mail);
    case Cmd::Sent:
        return m_observer.sent(*this, reply);
    case Cmd::Messages:
        return takeMessages(reply);
    case Cmd::Behind:
        return fetch();
    case Cmd::Hello:
        return takeHello(reply);
    case Cmd::Error:
        return m_observer.refused(*this, reply);
    case Cmd::Heartbeat:
    case Cmd::GoAway: // the Close frame behind it says why
    case Cmd::Other:
        return;
    }
}

void Client::takeHello(const Reply &reply)
{
    m_hello = reply.hello;
    m_got = m_hello.unread > 0 ? Seq() : m_hello.lastSeq;
    m_confirming = m_confirmed = m_got;
    enter(Phase::Greeted);
    m_observer.greeted(*this);
    if (m_hello.unread > 0)
        fetch();
    else
        enter(Phase::Settled);
}

void Client::takeMessages(const Reply &reply)
{
    Elements messages(reply.messages);
    if (reply.ref == CheckRef)
        return m_observer.checked(*this, !messages.next());
    while (messages.next()) {
        Mail mail;
        if (scan(messages.value(), mail))
            takeMail(mail);
    }
    if (reply.more)
        fetch();
    else if (m_phase == Phase::Greeted)
        enter(Phase::Settled);
}

void Client::takeMail(const Mail &mail)
{
    m_got = std::max(m_got, mail.seq);
    m_observer.delivered(*this, mail);
}

void Client::allReceived()
{
    if (m_got == m_confirming)
        return;
    m_confirming = m_got;
    queueText(R"({"cmd":"CONFIRM","upTo":)" + std::to_string(m_got.value()) + "}");
}

void Client::queued()
{
    m_engine.touch(*this);
}

void Client::flushed()
{
    if (m_confirmed == m_confirming)
        return;
    m_confirmed = m_confirming;
    m_observer.confirmed(*this, m_confirmed);
}

void Client::finished()
{
    enter(Phase::Away);
}

void Client::broken(std::string_view why)
{
    m_engine.broken(*this, why);
    enter(Phase::Away);
}

} // namespace parley::bench
