// SPDX-License-Identifier: MIT
// What goes out, and the bookkeeping.
#include "audit/judge.h"

#include "audit/judgetext.h"

#include <algorithm>

namespace parley::audit {
namespace {

constexpr size_t MostReported = 10'000;
constexpr size_t MostMailboxes = 100'000;
constexpr qsizetype MostConnections = 100'000;
constexpr qsizetype ClientIdShown = 64;

template <class... Cases> struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases> Overloaded(Cases...) -> Overloaded<Cases...>;

} // namespace

Judge::Judge(Report report)
    : m_report(std::move(report))
{
}

Mailbox &Judge::mailbox(UserId user)
{
    const auto found = m_mailboxes.find(user);
    if (found != m_mailboxes.end())
        return found->second;
    if (m_mailboxes.size() >= MostMailboxes)
        m_mailboxes.clear();
    Mailbox &mailbox = m_mailboxes.try_emplace(user, m_numbers).first->second;
    mailbox.isUnsure = m_unsure.contains(user);
    return mailbox;
}

void Judge::read(const frames::Frame &frame)
{
    m_frame = std::max(m_frame + 1, frame.number);
    m_atUs = frame.atUs;
    Line &line = m_lines[frame.pane];
    switch (frame.kind) {
    case frames::Kind::Sent:
        return sent(line, frame);
    case frames::Kind::Received:
        return received(line, frame);
    case frames::Kind::Opened:
        return;
    case frames::Kind::Ended:
        if (frames::isRefusal(frame) && line.isOpen)
            return; // of another connection than this one
        line = Line();
        line.attempted = m_frame;
        return;
    }
}

void Judge::attempting(int pane)
{
    Line &line = m_lines[pane];
    line = Line();
    line.attempted = m_frame + 1;
}

void Judge::setForeign(UserId user)
{
    mailbox(user).isForeign = true;
}

void Judge::settle()
{
    for (auto &[pane, line] : m_lines)
        checkAllPushed(line);
}

void Judge::reset()
{
    // Who is connected may have asked for more than is remembered from now on.
    m_unsure.clear();
    for (auto &[pane, line] : m_lines) {
        line.asked.clear();
        line.given.clear();
        line.fence = line.beat = 0;
        if (line.isOpen)
            m_unsure.insert(line.user);
    }
    m_mailboxes.clear();
    m_sends.clear();
    m_numbers = Numbers();
    for (const UserId user : m_unsure)
        mailbox(user).hasPane = true;
    m_reported.clear();
    m_steps.clear();
    m_stepOrder.clear();
    m_tracedConfirms.clear();
}

void Judge::sent(Line &line, const frames::Frame &frame)
{
    // Before HELLO nothing is known of the mailbox, not even whose it is.
    if (frame.isBinary || !line.isOpen || !protocol::isUtf8(frame.payload))
        return;
    const auto decoded = protocol::decodeCommand(frame.payload);
    Asked asked;
    if (const auto *request = std::get_if<protocol::Request>(&decoded)) {
        asked = asking(line, request->command);
        asked.ref = request->ref;
    } else {
        const auto &bad = std::get<protocol::BadFrame>(decoded);
        asked.ref = bad.ref;
        asked.clientId = bad.clientId;
    }
    asked.frame = m_frame;
    asked.atUs = m_atUs;
    line.asked.push_back(std::move(asked));
    if (line.asked.size() > Line::MostAsked)
        line.asked.pop_front();
}

Asked Judge::asking(Line &line, const protocol::Command &command)
{
    Asked asked;
    Mailbox &own = mailbox(line.user);
    asked.top = own.top();
    const auto send = [&](const protocol::Send &message) {
        asked.what = Asked::What::Send;
        asked.clientId = message.clientId;
        asked.receiver = message.receiveUserId;
        asked.body = fingerprint(message.body);
        asked.top = mailbox(message.receiveUserId).top();
        if (!message.clientId.isNull())
            m_sends.add(line.user, message.clientId, message.receiveUserId, asked.body);
    };
    const auto confirm = [&](const protocol::Confirm &command) {
        asked.what = Asked::What::Confirm;
        asked.confirm = command;
        asked.others = own.confirms - line.confirms;
        asked.bounds = own.ask(command);
        ++line.confirms;
    };
    const auto fetch = [&](const protocol::Fetch &command) {
        asked.what = Asked::What::Fetch;
        asked.after = command.after;
    };
    const auto track = [&](const protocol::Track &command) {
        asked.what = Asked::What::Track;
        asked.clientId = command.clientId;
    };
    std::visit(Overloaded{send, confirm, fetch, track,
                   [&](const protocol::Heartbeat &) { asked.what = Asked::What::Heartbeat; },
                   [&](const protocol::Status &) { asked.what = Asked::What::Status; },
                   [&](const protocol::Watch &) { asked.what = Asked::What::Watch; }},
        command);
    return asked;
}

void Judge::received(Line &line, const frames::Frame &frame)
{
    if (frame.isBinary || !protocol::isUtf8(frame.payload))
        return;
    const auto reply = protocol::decodeReply(frame.payload);
    if (!reply)
        return;
    if (const auto *hello = std::get_if<protocol::Hello>(&*reply)) {
        const qint64 attempted = line.attempted;
        line = Line();
        line.attempted = attempted;
        line.user = hello->userId;
        line.isOpen = true;
        if (m_connections.size() >= MostConnections)
            m_connections.clear();
        m_connections.insert(hello->connectionId);
    }
    if (line.isOpen)
        std::visit([&](const auto &fact) { on(line, fact); }, *reply);
}

QString Judge::nameOf(UserId user, Seq seq, const QByteArray &clientId)
{
    QByteArray id = clientId;
    if (id.isNull()) {
        if (const auto box = m_mailboxes.find(user); box != m_mailboxes.end()) {
            if (const Mailbox::Entry *entry = box->second.find(seq))
                id = entry->clientId;
        }
    }
    if (id.isEmpty())
        return Judgement::tr("#%1 of user %2").arg(seq.value()).arg(user.value());
    return Judgement::tr("#%1 of user %2 (clientId %3)")
        .arg(seq.value())
        .arg(user.value())
        .arg(QString::fromUtf8(id).left(ClientIdShown));
}

void Judge::report(Rule rule, UserId user, Seq seq, const QString &text, QByteArray clientId)
{
    if (m_reported.size() >= MostReported || !m_reported.emplace(rule, user, seq).second)
        return;
    if (clientId.isNull()) {
        if (const Mailbox::Entry *entry = mailbox(user).find(seq))
            clientId = entry->clientId;
    }
    m_report({rule, text, user, seq, clientId, m_frame});
}

} // namespace parley::audit
