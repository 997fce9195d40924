// SPDX-License-Identifier: MIT
#include "audit/ledger.h"

#include "protocol/codec.h"

namespace parley::audit {
namespace {

constexpr size_t MostMailboxes = 100'000;
constexpr qsizetype MostConnectionIds = 100'000;
// A HEARTBEAT is answered without the store, and so may overtake a push that is being told to its
// gateway; not by so much.
constexpr qint64 BeatMarginUs = 1'000'000;

template <class... Cases> struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases> Overloaded(Cases...) -> Overloaded<Cases...>;

} // namespace

void Ledger::begin(const frames::Frame &frame)
{
    m_frame = std::max(m_frame + 1, frame.number);
    m_atUs = frame.atUs;
}

Mailbox &Ledger::mailbox(UserId user)
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

const Mailbox *Ledger::find(UserId user) const
{
    const auto found = m_mailboxes.find(user);
    return found == m_mailboxes.end() ? nullptr : &found->second;
}

const Sending *Ledger::sending(UserId sender, const QByteArray &clientId)
{
    return clientId.isNull() ? nullptr : m_sends.find(sender, clientId);
}

void Ledger::attempting(int pane)
{
    m_connections[pane] = Connection();
    m_connections[pane].attempted = m_frame + 1;
}

void Ledger::reset()
{
    // Who is connected may have asked for more than is remembered from now on.
    m_unsure.clear();
    for (auto &[pane, connection] : m_connections) {
        connection.asked.clear();
        connection.given.clear();
        connection.fence = connection.beat = 0;
        if (connection.isOpen)
            m_unsure.insert(connection.user);
    }
    m_mailboxes.clear();
    m_sends.clear();
    m_traced.forgetAll();
    m_numbers = Numbers();
    for (const UserId user : m_unsure)
        mailbox(user).hasPane = true;
}

void Ledger::open(Connection &connection, const protocol::Hello &hello)
{
    const qint64 attempted = connection.attempted;
    connection = Connection();
    connection.attempted = attempted;
    connection.user = hello.userId;
    connection.isOpen = true;
    if (m_ownConnectionIds.size() >= MostConnectionIds)
        m_ownConnectionIds.clear();
    m_ownConnectionIds.insert(hello.connectionId);
}

void Ledger::close(Connection &connection)
{
    connection = Connection();
    connection.attempted = m_frame;
}

void Ledger::ask(Connection &connection, const frames::Frame &frame)
{
    const auto decoded = protocol::decodeCommand(frame.payload);
    Asked asked;
    if (const auto *request = std::get_if<protocol::Request>(&decoded)) {
        asked = askedBy(connection, request->command);
        asked.ref = request->ref;
    } else {
        const auto &bad = std::get<protocol::BadFrame>(decoded);
        asked.ref = bad.ref;
        asked.clientId = bad.clientId;
    }
    asked.frame = m_frame;
    asked.atUs = m_atUs;
    connection.asked.push_back(std::move(asked));
    if (connection.asked.size() > Connection::MostAsked)
        connection.asked.pop_front();
}

Asked Ledger::askedBy(Connection &connection, const protocol::Command &command)
{
    Asked asked;
    Mailbox &own = mailbox(connection.user);
    asked.top = own.top();
    const auto send = [&](const protocol::Send &message) {
        asked.what = Asked::What::Send;
        asked.clientId = message.clientId;
        asked.receiver = message.receiveUserId;
        asked.body = fingerprint(message.body);
        asked.top = mailbox(message.receiveUserId).top();
        if (!message.clientId.isNull())
            m_sends.add(connection.user, message.clientId, message.receiveUserId, asked.body);
    };
    const auto confirm = [&](const protocol::Confirm &command) {
        asked.what = Asked::What::Confirm;
        asked.confirm = command;
        asked.others = own.confirms - connection.confirms;
        asked.bounds = own.ask(command);
        ++connection.confirms;
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

std::optional<Asked> Ledger::takeFirst(
    Connection &connection, const std::deque<Asked>::iterator &found)
{
    auto &asked = connection.asked;
    if (found == asked.end())
        return {};
    // Something behind it was answered: a CONFIRM that wanted no answer was carried out.
    for (auto one = asked.begin(); one != found; ++one) {
        if (one->what == Asked::What::Confirm && one->ref.isNull())
            mailbox(connection.user).confirm(one->confirm, one->top, m_frame);
    }
    Asked taken = std::move(*found);
    asked.erase(asked.begin(), std::next(found));
    return taken;
}

void Ledger::raiseFence(Connection &connection, const Asked *asked)
{
    if (asked)
        connection.fence = std::max(connection.fence, asked->frame);
}

void Ledger::growBy(Connection &connection, const protocol::Messages &page)
{
    Mailbox &box = mailbox(connection.user);
    for (const protocol::Message &message : page.messages)
        box.grow(message.seq);
}

void Ledger::learn(const Came<protocol::Hello> &came)
{
    const protocol::Hello &hello = came.reply;
    Mailbox &box = mailbox(came.user());
    box.watchBehind(hello.lastSeq, hello.unreadCount);
    box.grow(hello.lastSeq);
    box.hasPane = true;
    came.connection.feed =
        hello.unreadCount == 0 ? Connection::Feed::Live : Connection::Feed::Behind;
    came.connection.next = hello.lastSeq.next();
}

void Ledger::learn(const Came<protocol::Sent> &came)
{
    const protocol::Sent &sent = came.reply;
    const bool isFirst = came.asked && !sent.duplicate;
    if (!sent.clientId.isNull())
        m_sends.at(came.user(), sent.clientId).accept(sent);
    if (!sent.duplicate) {
        auto &given = came.connection.given;
        if (given.size() >= Connection::MostReceivers)
            given.clear();
        given[sent.receiveUserId] = std::max(given.value(sent.receiveUserId), sent.seq);
    }
    Mailbox &box = mailbox(sent.receiveUserId);
    Mailbox::Entry &entry = box.see(sent.seq, m_frame, isFirst ? came.asked->frame : 0);
    entry.introduce(came.user(), sent.clientId);
    if (came.asked && sent.clientId.isNull()) // else its text is known by its key
        entry.body = came.asked->body;
    if (entry.accepted == 0) {
        entry.accepted = m_frame;
        entry.acceptedUs = m_atUs;
    }
    entry.isOwed = entry.isOwed || isFirst;
    if (isFirst)
        box.watchBehind(Seq(sent.seq.value() - 1), -1);
    raiseFence(came.connection, came.asked);
}

void Ledger::learn(const Came<protocol::Message> &came)
{
    Connection &connection = came.connection;
    const Seq seq = came.reply.seq;
    const bool isAgain = connection.next > Seq() && seq < connection.next;
    if (connection.feed != Connection::Feed::Live || isAgain)
        return;
    if (connection.next == Seq())
        connection.page = Ranges();
    connection.next = seq.next();
    connection.floor = Seq();
}

void Ledger::learn(const Delivery &given)
{
    Mailbox &box = mailbox(given.user);
    Mailbox::Entry &entry = box.see(given.message.seq, m_frame);
    entry.introduce(given.message.sendUserId, given.message.clientId);
    if (!entry.body)
        entry.body = fingerprint(given.message.body);
    box.deliver(entry, m_frame);
}

void Ledger::learn(const Came<protocol::Messages> &came)
{
    Connection &connection = came.connection;
    raiseFence(connection, came.asked);
    if (came.reply.more || connection.feed != Connection::Feed::Behind)
        return;
    Seq last;
    Ranges seqs;
    for (const protocol::Message &message : came.reply.messages) {
        last = std::max(last, message.seq);
        seqs.add(message.seq);
    }
    connection.feed = came.asked ? Connection::Feed::Live : Connection::Feed::Unknown;
    connection.next = Seq();
    connection.after = came.asked ? came.asked->after : Seq();
    connection.floor = came.asked ? std::max(came.asked->top, last) : last;
    connection.page = std::move(seqs);
}

void Ledger::learn(const Came<protocol::Confirmed> &came)
{
    if (came.asked)
        mailbox(came.user()).confirm(came.asked->confirm, came.asked->top, m_frame);
    raiseFence(came.connection, came.asked);
}

void Ledger::learn(const Came<protocol::Behind> &came)
{
    came.connection.feed = Connection::Feed::Behind;
}

void Ledger::learn(const Came<protocol::Receipts> &came)
{
    for (const protocol::Receipt &receipt : came.reply.receipts) {
        Mailbox &box = mailbox(receipt.receiveUserId);
        box.isForeign = box.isForeign || !box.hasPane; // they are connected elsewhere
    }
}

void Ledger::learn(const Came<protocol::HeartbeatReply> &came)
{
    if (!came.asked)
        return;
    came.connection.beat = came.asked->frame;
    came.connection.beatUs = came.asked->atUs - BeatMarginUs;
}

void Ledger::learn(const Came<protocol::Error> &came)
{
    if (isNameless(came.reply)) // none of those that are as nameless is certain to be done
        std::erase_if(came.connection.asked,
            [](const Asked &one) { return one.what == Asked::What::Confirm && one.ref.isNull(); });
    if (!came.asked || came.asked->what != Asked::What::Send || came.asked->clientId.isNull())
        return;
    if (Sending *sending = m_sends.find(came.user(), came.asked->clientId))
        sending->refuse(came.reply.code);
}

void Ledger::learn(const protocol::TraceEvent &event)
{
    m_traced.note(event);
    if (event.kind == protocol::TraceKind::Received && event.cmd == "CONFIRM"
        && !m_ownConnectionIds.contains(event.connectionId))
        setForeign(event.userId);
}

} // namespace parley::audit
