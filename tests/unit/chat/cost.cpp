// SPDX-License-Identifier: MIT
// Invariant 6: a command is reckoned to hold itself and the largest answer that it can have.
#include "chat/cost.h"

#include <QTest>

using namespace parley;
using chat::costOf;

namespace {

constexpr qint64 MessageBytes = 30'000;

qint64 cost(const protocol::Command &command, Seq confirmedUpTo = {})
{
    return costOf(command, Limits(), confirmedUpTo);
}

std::vector<UserId> users(int count)
{
    std::vector<UserId> ids;
    for (int id = 1; id <= count; ++id)
        ids.emplace_back(id);
    return ids;
}

protocol::Confirm upTo(qint64 seq)
{
    protocol::Confirm confirm;
    confirm.upTo = Seq(seq);
    return confirm;
}

protocol::Fetch fetch(int limit)
{
    protocol::Fetch fetch;
    fetch.limit = limit;
    return fetch;
}

} // namespace

class ChatCost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ofEachIsMoreThanNothing()
    {
        QCOMPARE(cost(protocol::Heartbeat{}), limits::CommandBytes);
        QCOMPARE(cost(protocol::Track{}), limits::CommandBytes);
    }

    void ofASendIsItsBody()
    {
        protocol::Send send;
        send.body = QByteArray(MessageBytes, 'x');
        QCOMPARE(cost(send), limits::CommandBytes + MessageBytes);
    }

    void ofAListIsEachOfItsUsers()
    {
        protocol::Status status;
        status.userIds = users(limits::Users);
        QCOMPARE(cost(status), limits::CommandBytes + limits::Users * limits::IdBytes);
        protocol::Watch watch;
        watch.userIds = users(7);
        QCOMPARE(cost(watch), limits::CommandBytes + 7 * limits::IdBytes);
    }

    void ofAConfirmIsEachMessageThatItCanRemove()
    {
        protocol::Confirm confirm;
        confirm.seqs = {Seq(3), Seq(5), Seq(9)};
        QCOMPARE(cost(confirm), limits::CommandBytes + 3 * limits::SeqBytes);
        QCOMPARE(cost(upTo(10)), limits::CommandBytes + 10 * limits::SeqBytes);
        QCOMPARE(cost(upTo(10), Seq(8)), limits::CommandBytes + 2 * limits::SeqBytes);
        QCOMPARE(cost(upTo(10), Seq(10)), limits::CommandBytes);
        QCOMPARE(cost(upTo(10), Seq(12)), limits::CommandBytes);
    }

    // However far it goes: a mailbox has so many messages.
    void ofAConfirmOfAllIsAMailbox()
    {
        QCOMPARE(cost(upTo(MaxInteger)),
            limits::CommandBytes + Limits().mailboxMessages * limits::SeqBytes);
        Limits few;
        few.mailboxMessages = 10;
        QCOMPARE(costOf(upTo(MaxInteger), few, {}), limits::CommandBytes + 10 * limits::SeqBytes);
    }

    // Twice: as the store gives them, and as the frame that is made of them, where a byte can
    // take six.
    void ofAFetchIsItsMessagesAndTheirFrame()
    {
        const qint64 body = Limits().bodyBytes;
        QCOMPARE(cost(fetch(1)), limits::CommandBytes + body + 6 * body + limits::RowBytes);
        QCOMPARE(cost(fetch(limits::Fetch)),
            limits::CommandBytes + 2 * limits::FetchFrameBytes + limits::Fetch * limits::RowBytes);
    }

    // One message is answered whatever its size.
    void ofAFetchOfOneIsAllOfItsBody()
    {
        Limits large;
        large.bodyBytes = int(limits::MaxBodyBytes);
        QCOMPARE(costOf(fetch(1), large, {}),
            limits::CommandBytes + 7 * limits::MaxBodyBytes + limits::RowBytes);
    }

    void theLargestIsThatOfAMailboxOrOfAPage()
    {
        QCOMPARE(chat::largestCost(Limits()), cost(upTo(MaxInteger)));
        Limits few;
        few.mailboxMessages = 10;
        QCOMPARE(chat::largestCost(few), costOf(fetch(limits::Fetch), few, {}));
    }
};

QTEST_GUILESS_MAIN(ChatCost)
#include "cost.moc"
