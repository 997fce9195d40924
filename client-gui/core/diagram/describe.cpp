// SPDX-License-Identifier: MIT
#include "diagram/describe.h"

#include "protocol/codec.h"

#include <QStringList>

namespace parley::diagram {
namespace {

using frames::Frame;

// The contract's longest, in bytes; what is longer names no message.
constexpr qsizetype LongestId = 256;
constexpr size_t UsersNamed = 3;

QByteArray idOf(const QByteArray &clientId)
{
    return clientId.size() > LongestId ? QByteArray() : clientId;
}

QString number(qint64 value)
{
    return QString::number(value);
}
QString userText(UserId user)
{
    return QStringLiteral("user %1").arg(user.value());
}

QString usersText(const std::vector<UserId> &users)
{
    if (users.size() == 1)
        return userText(users.front());
    if (users.size() > UsersNamed)
        return QStringLiteral("%1 users").arg(users.size());
    QStringList names;
    for (const UserId user : users)
        names.append(number(user.value()));
    return names.isEmpty() ? QStringLiteral("no users")
                           : QStringLiteral("users ") + names.join(QStringLiteral(", "));
}

QString statusText(const std::vector<protocol::Presence> &users)
{
    const auto online = std::ranges::count_if(users, &protocol::Presence::online);
    if (users.size() == 1)
        return userText(users.front().userId)
            + (online ? QStringLiteral(" online") : QStringLiteral(" offline"));
    return QStringLiteral("%1 of %2 users online").arg(online).arg(users.size());
}

void setSeqs(Arrow &arrow, UserId receiver, Seq first, Seq last)
{
    arrow.receiver = receiver;
    arrow.firstSeq = std::min(first, last);
    arrow.seq = last;
}

void set(Arrow &arrow, Event event, Kind kind, const QString &label)
{
    arrow.event = event;
    arrow.kind = kind;
    arrow.label = label;
}

// What a command is, with the numbers that its frame has.
struct CommandWords {
    Arrow &arrow;

    void operator()(const protocol::Send &send) const
    {
        set(arrow, Event::Send, Kind::Command,
            QStringLiteral("SEND → ") + userText(send.receiveUserId));
        arrow.receiver = send.receiveUserId;
    }
    void operator()(const protocol::Confirm &confirm) const
    {
        if (confirm.upTo) {
            set(arrow, Event::Confirm, Kind::Confirm,
                QStringLiteral("CONFIRM up to ") + seqText(*confirm.upTo, *confirm.upTo));
            setSeqs(arrow, arrow.user, Seq(), *confirm.upTo);
            return;
        }
        const auto [first, last] = std::ranges::minmax_element(confirm.seqs);
        const bool isEmpty = confirm.seqs.empty();
        const bool hasGaps =
            !isEmpty && last->value() - first->value() >= qint64(confirm.seqs.size());
        set(arrow, Event::Confirm, Kind::Confirm,
            isEmpty       ? QStringLiteral("CONFIRM nothing")
                : hasGaps ? QStringLiteral("CONFIRM %1 messages").arg(confirm.seqs.size())
                          : QStringLiteral("CONFIRM ") + seqText(*first, *last));
        if (!isEmpty)
            setSeqs(arrow, arrow.user, *first, *last);
    }
    void operator()(const protocol::Fetch &fetch) const
    {
        set(arrow, Event::Fetch, Kind::Command,
            fetch.after > Seq() ? QStringLiteral("FETCH after ") + seqText(fetch.after, fetch.after)
                                : QStringLiteral("FETCH"));
    }
    void operator()(const protocol::Track &) const
    {
        set(arrow, Event::Other, Kind::Command, QStringLiteral("TRACK"));
    }
    void operator()(const protocol::Heartbeat &) const
    {
        set(arrow, Event::Heartbeat, Kind::Presence, QStringLiteral("HEARTBEAT"));
    }
    void operator()(const protocol::Status &status) const
    {
        set(arrow, Event::Status, Kind::Presence,
            QStringLiteral("STATUS ") + usersText(status.userIds));
    }
    void operator()(const protocol::Watch &watch) const
    {
        set(arrow, Event::Status, Kind::Presence,
            QStringLiteral("WATCH ") + usersText(watch.userIds));
    }
};

struct ReplyWords {
    Arrow &arrow;

    void operator()(const protocol::Hello &hello) const
    {
        set(arrow, Event::Hello, Kind::Answer,
            QStringLiteral("HELLO %1, %2 unread")
                .arg(userText(hello.userId))
                .arg(hello.unreadCount));
        arrow.user = hello.userId;
    }
    void operator()(const protocol::Sent &sent) const
    {
        // A duplicate's message was stored long before.
        set(arrow, sent.duplicate ? Event::Other : Event::Sent, Kind::Answer,
            QStringLiteral("SENT ") + seqText(sent.seq, sent.seq)
                + (sent.duplicate ? QStringLiteral(" (duplicate)") : QString()));
        setSeqs(arrow, sent.receiveUserId, sent.seq, sent.seq);
    }
    void operator()(const protocol::Message &message) const
    {
        set(arrow, Event::Message, Kind::Deliver,
            QStringLiteral("MESSAGE ") + seqText(message.seq, message.seq));
        setSeqs(arrow, arrow.user, message.seq, message.seq);
    }
    void operator()(const protocol::Messages &page) const
    {
        set(arrow, Event::Messages, Kind::Deliver, QStringLiteral("MESSAGES none"));
        if (page.messages.empty())
            return;
        setSeqs(arrow, arrow.user, page.messages.front().seq, page.messages.back().seq);
        arrow.label = QStringLiteral("MESSAGES ") + seqText(arrow.firstSeq, arrow.seq);
    }
    void operator()(const protocol::Confirmed &confirmed) const
    {
        set(arrow, Event::Confirmed, Kind::Answer,
            QStringLiteral("CONFIRMED ") + number(confirmed.removed));
    }
    void operator()(const protocol::Behind &behind) const
    {
        set(arrow, Event::Other, Kind::Connection,
            QStringLiteral("BEHIND, %1 unread").arg(behind.unread));
    }
    void operator()(const protocol::Receipts &receipts) const
    {
        set(arrow, Event::Receipt, Kind::Answer,
            QStringLiteral("RECEIPT for %1").arg(receipts.receipts.size()));
        if (receipts.receipts.size() != 1)
            return;
        const protocol::Receipt &only = receipts.receipts.front();
        setSeqs(arrow, only.receiveUserId, only.seq, only.seq);
        arrow.clientId = idOf(only.clientId);
        arrow.label = QStringLiteral("RECEIPT ") + seqText(only.seq, only.seq);
    }
    void operator()(const protocol::Tracked &tracked) const
    {
        const QString state = tracked.state == protocol::TrackState::Unread
            ? QStringLiteral("unread")
            : tracked.state == protocol::TrackState::Confirmed ? QStringLiteral("confirmed")
                                                               : QStringLiteral("unknown");
        set(arrow, Event::Other, Kind::Answer, QStringLiteral("TRACK ") + state);
        setSeqs(arrow, tracked.receiveUserId, tracked.seq, tracked.seq);
    }
    void operator()(const protocol::HeartbeatReply &) const
    {
        set(arrow, Event::HeartbeatAnswer, Kind::Answer, QStringLiteral("HEARTBEAT"));
    }
    void operator()(const protocol::StatusReply &status) const
    {
        set(arrow, Event::StatusAnswer, Kind::Presence,
            QStringLiteral("STATUS ") + statusText(status.users));
    }
    void operator()(const protocol::Error &error) const
    {
        set(arrow, Event::Other, Kind::Error,
            QStringLiteral("ERROR ") + QString::fromLatin1(parley::name(error.code)));
    }
    void operator()(const protocol::GoAway &) const
    {
        set(arrow, Event::Other, Kind::Connection, QStringLiteral("GOAWAY"));
    }
};

Arrow ofFrame(const Frame &frame)
{
    Arrow arrow;
    arrow.atUs = frame.atUs;
    arrow.frame = frame.number;
    arrow.user = frame.userId;
    arrow.clientId = idOf(frame.clientId);
    return arrow;
}

// Not what the contract has: said as it came.
QString strangeText(const Frame &frame)
{
    if (!frame.cmd.isEmpty())
        return plainText(frame.cmd, 32);
    return (frame.isBinary ? QStringLiteral("binary, %1 bytes")
                           : QStringLiteral("not a command, %1 bytes"))
        .arg(frame.payload.size());
}

} // namespace

QString plainText(QByteArrayView utf8, qsizetype most)
{
    QString text = QString::fromUtf8(utf8.first(std::min(utf8.size(), 4 * most)));
    for (QChar &c : text)
        if (!c.isPrint() && !c.isSurrogate())
            c = u' ';
    if (text.size() <= most)
        return text;
    text.truncate(most - 1);
    if (text.back().isHighSurrogate())
        text.chop(1);
    return text + u'…';
}

QString seqText(Seq first, Seq last)
{
    return first == last ? QStringLiteral("#%1").arg(last.value())
                         : QStringLiteral("#%1…#%2").arg(first.value()).arg(last.value());
}

Arrow describe(const Frame &frame)
{
    Arrow arrow = ofFrame(frame);
    const bool isSent = frame.kind == frames::Kind::Sent;
    arrow.from = isSent ? lineOfPane(frame.pane) : int(ServerLine);
    arrow.to = isSent ? int(ServerLine) : lineOfPane(frame.pane);
    arrow.kind = isSent ? Kind::Command : Kind::Error;
    arrow.label = strangeText(frame);
    if (frame.isBinary || !protocol::isUtf8(frame.payload))
        return arrow;
    if (isSent) {
        const auto command = protocol::decodeCommand(frame.payload);
        if (const auto *request = std::get_if<protocol::Request>(&command))
            std::visit(CommandWords{arrow}, request->command);
    } else if (const auto reply = protocol::decodeReply(frame.payload)) {
        std::visit(ReplyWords{arrow}, *reply);
    }
    return arrow;
}

std::vector<Arrow> describeConnection(const Frame &frame, bool wasOpen)
{
    const QString reason = plainText(frame.payload, 32);
    const QString code = QString::fromLatin1(frame.code.left(5));
    const int number = frame.code.toInt();
    const bool isRefused = frame.kind == frames::Kind::Ended && !wasOpen;

    Arrow first = ofFrame(frame);
    first.from = first.to = lineOfPane(frame.pane);
    if (frame.kind == frames::Kind::Ended && wasOpen) {
        set(first, Event::Ended, number == 1000 ? Kind::Connection : Kind::Error,
            QStringLiteral("closed %1 %2").arg(code, reason).trimmed());
        return {first};
    }
    first.to = ServerLine;
    set(first, isRefused ? Event::Other : Event::Connect, Kind::Connection,
        frame.userId == UserId() ? QStringLiteral("connect")
                                 : QStringLiteral("connect as ") + userText(frame.userId));
    if (!isRefused)
        return {first};
    Arrow second = first;
    second.from = ServerLine;
    second.to = lineOfPane(frame.pane);
    // Without a status nobody answered.
    const bool isAnswered = number >= 100 && number < 600;
    if (!isAnswered)
        second.from = second.to;
    set(second, Event::Other, Kind::Error,
        isAnswered ? QStringLiteral("refused %1 %2").arg(code, reason).trimmed()
                   : QStringLiteral("not connected: ") + reason);
    return {first, second};
}

} // namespace parley::diagram
