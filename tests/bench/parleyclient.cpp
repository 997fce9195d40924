// SPDX-License-Identifier: MIT
#include "bench/parleyclient.h"

#include "bench/websocket.h"
#include "core/limits.h"

namespace parley::bench {

namespace {

constexpr std::string_view CheckRef = "check";

std::unique_ptr<Stream> makeStream(StreamOwner &owner)
{
    return std::make_unique<WebSocket>(owner, Opcode::Text);
}

} // namespace

ParleyClient::ParleyClient(Engine &engine, Observer &observer, UserId user, int index)
    : Client(engine, observer, user, index, makeStream)
{
}

void ParleyClient::send(UserId to, std::string_view tag, std::string_view filler)
{
    thread_local std::string text; // its memory stays
    text = R"({"cmd":"SEND","receiveUserId":)";
    text.append(std::to_string(to.value()));
    text.append(R"(,"clientId":")").append(tag);
    text.append(R"(","body":")").append(tag).append(filler).append(R"("})");
    stream().queue(text);
}

void ParleyClient::queueHeartbeat()
{
    stream().queue(R"({"cmd":"HEARTBEAT"})");
}

void ParleyClient::check()
{
    stream().queue(R"({"cmd":"FETCH","limit":1,"ref":"check"})");
}

void ParleyClient::fetch()
{
    stream().queue(R"({"cmd":"FETCH","after":)" + std::to_string(m_got.value()) + R"(,"limit":)"
        + std::to_string(limits::Fetch) + "}");
}

void ParleyClient::received(std::string_view text)
{
    Reply reply;
    if (!scan(text, reply))
        return giveUp("a frame that is not a JSON object");
    if (reply.cmd == Cmd::Heartbeat)
        return beaten();
    progressed();
    switch (reply.cmd) {
    case Cmd::Message:
        return takeMail(reply.mail);
    case Cmd::Sent:
        return observer().sent(*this, reply);
    case Cmd::Messages:
        return takeMessages(reply);
    case Cmd::Behind:
        return fetch();
    case Cmd::Hello:
        return takeHello(reply);
    case Cmd::Error:
        return observer().refused(*this, reply);
    case Cmd::Heartbeat:
    case Cmd::GoAway: // the Close frame behind it says why
    case Cmd::Other:
        return;
    }
}

void ParleyClient::takeHello(const Reply &reply)
{
    m_hello = reply.hello;
    m_got = m_hello.unread > 0 ? Seq() : m_hello.lastSeq;
    m_confirming = m_confirmed = m_got;
    enter(Phase::Greeted);
    observer().greeted(*this);
    if (m_hello.unread > 0)
        fetch();
    else
        enter(Phase::CaughtUp);
}

void ParleyClient::takeMessages(const Reply &reply)
{
    Elements messages(reply.messages);
    if (reply.ref == CheckRef)
        return observer().checked(*this, !messages.next());
    while (messages.next()) {
        Mail mail;
        if (scan(messages.value(), mail))
            takeMail(mail);
    }
    if (reply.more)
        fetch();
    else if (phase() == Phase::Greeted)
        enter(Phase::CaughtUp);
}

void ParleyClient::takeMail(const Mail &mail)
{
    m_got = std::max(m_got, mail.seq);
    observer().delivered(*this, mail);
}

void ParleyClient::allReceived()
{
    if (m_got == m_confirming)
        return;
    m_confirming = m_got;
    stream().queue(R"({"cmd":"CONFIRM","upTo":)" + std::to_string(m_got.value()) + "}");
}

void ParleyClient::flushed()
{
    if (m_confirmed == m_confirming)
        return;
    m_confirmed = m_confirming;
    observer().confirmed(*this, m_confirmed);
}

} // namespace parley::bench
