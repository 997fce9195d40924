// SPDX-License-Identifier: MIT
// What one node tells is what another one reads, in notices that are never too large.
#include "coordinator/notice.h"

#include "storage/bus.h"

#include <QTest>

using namespace parley;
using namespace parley::coordinator;
using namespace parley::storage;

namespace {

const CommitMark Mark{"writer-1", 12};
constexpr Time At = fromMs(1'700'000'000'000);

BatchPtr batch(std::vector<Action> actions, std::vector<Outcome> outcomes)
{
    auto batch = std::make_shared<Batch>();
    for (Action &action : actions)
        batch->operations.push_back({std::move(action), {}, {}});
    batch->outcomes = std::move(outcomes);
    batch->at = At;
    return batch;
}

BatchPtr stored(qint64 seq, const QByteArray &body, const QByteArray &clientId = {})
{
    return batch({StoreMessage{UserId(1), UserId(2), clientId, body, false, {}}},
        {Stored{Seq(seq), At, false, 9}});
}

// All that was told, as it is read.
Facts told(const std::vector<BatchPtr> &batches)
{
    qint64 number = 0;
    Facts all;
    const auto texts = toNotices(batches, Mark, number);
    for (size_t i = 0; i < texts.size(); ++i) {
        const auto notice = readNotice(texts[i]);
        if (!notice || texts[i].size() > NoticeBytes || texts[i].contains('\0')
            || notice->writer != Mark.writer || notice->number != qint64(i) + 1
            || notice->mark != (i + 1 == texts.size() ? Mark.number : 0))
            qFatal("not a notice: %s", texts[i].constData());
        const auto append = [](auto &to, const auto &more) {
            to.insert(to.end(), more.begin(), more.end());
        };
        append(all.stored, notice->facts.stored);
        append(all.removed, notice->facts.removed);
        append(all.presence, notice->facts.presence);
    }
    if (number != qint64(texts.size()))
        qFatal("not so many notices");
    return all;
}

} // namespace

class CoordinatorNotice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMarkIsToldAlsoWithoutFacts() { QVERIFY(told({}).isEmpty()); }

    void aMessageIsToldWhole()
    {
        const QByteArray body = "\"quoted\"\n\x01 \\ \xE2\x82\xAC";
        const Facts facts = told({stored(7, body, "k\"1"), stored(8, "")});
        QCOMPARE(facts.stored.size(), size_t(2));
        const Facts::Stored &first = facts.stored[0];
        QVERIFY(first.isWhole);
        QCOMPARE(first.message.receiver, UserId(2));
        QCOMPARE(first.message.sender, UserId(1));
        QCOMPARE(first.message.seq, Seq(7));
        QCOMPARE(first.message.sentAt, At);
        QCOMPARE(first.message.body, body);
        QCOMPARE(first.message.clientId, QByteArray("k\"1"));
        QCOMPARE(first.unread, 9);
        QVERIFY(facts.stored[1].isWhole);
        QVERIFY(facts.stored[1].message.clientId.isNull());
    }

    void ofALargeOneOnlyThatItIsThere()
    {
        for (const QByteArray &body : {QByteArray(9000, 'x'), QByteArray(2000, '\x01')}) {
            const Facts facts = told({stored(7, body), stored(8, "small")});
            QCOMPARE(facts.stored.size(), size_t(2));
            QVERIFY(!facts.stored[0].isWhole);
            QCOMPARE(facts.stored[0].message.receiver, UserId(2));
            QCOMPARE(facts.stored[0].message.seq, Seq(7));
            QVERIFY(facts.stored[1].isWhole);
        }
    }

    void manyShareNoticesAndStayInOrder()
    {
        std::vector<BatchPtr> batches;
        for (qint64 seq = 1; seq <= 1000; ++seq)
            batches.push_back(stored(seq, QByteArray(int(seq % 300), 'x')));
        const Facts facts = told(batches);
        QCOMPARE(facts.stored.size(), size_t(1000));
        for (size_t i = 0; i < 1000; ++i)
            QCOMPARE(facts.stored[i].message.seq, Seq(qint64(i) + 1));
        qint64 number = 0;
        QVERIFY(toNotices(batches, Mark, number).size() < 35);
    }

    void duplicatesAndRefusalsAreNotTold()
    {
        const StoreMessage message{UserId(1), UserId(2), "k", "text", false, {}};
        QVERIFY(told(
            {batch({message, message, ReadMailbox{UserId(1)}},
                {Stored{Seq(1), At, true, 0}, Refused{ErrorCode::MailboxFull, {}}, Mailbox{}})})
                    .isEmpty());
    }

    void whatIsConfirmedIsToldWithTheReceiptsThatAreDue()
    {
        Confirmed confirmed;
        for (qint64 seq = 1; seq <= 1000; ++seq)
            confirmed.removed.push_back({UserId(2), Seq(seq), UserId(1),
                seq == 3 ? QByteArray() : QByteArray(64, '\x02'), {}, At, seq <= 30});
        const Facts facts = told({batch({Confirm{UserId(2), {}, Seq(1000)}}, {confirmed})});
        std::vector<Message> removed;
        for (const Facts::Removed &some : facts.removed) {
            QCOMPARE(some.receiver, UserId(2));
            QCOMPARE(some.at, At);
            removed.insert(removed.end(), some.messages.begin(), some.messages.end());
        }
        std::ranges::sort(removed, {}, &Message::seq);
        QCOMPARE(removed.size(), size_t(1000));
        for (qint64 seq = 1; seq <= 1000; ++seq) {
            const Message &message = removed[size_t(seq - 1)];
            QCOMPARE(message.seq, Seq(seq));
            QCOMPARE(message.receipt, seq <= 30);
            if (message.receipt) {
                QCOMPARE(message.sender, UserId(1));
                QCOMPARE(message.receiver, UserId(2));
                QCOMPARE(message.clientId, confirmed.removed[size_t(seq - 1)].clientId);
            }
        }
    }

    void whoCameOrWentIsTold()
    {
        const Facts facts = told({batch({WritePresence(), WritePresence(), Beat()},
            {WrittenPresence{std::vector{UserId(3), UserId(5)}, {}}, WrittenPresence(),
                Beaten{false, {UserId(7)}}})});
        QCOMPARE(facts.presence, (std::vector{UserId(3), UserId(5), UserId(7)}));
    }

    void whichConnectionsMustEndIsTold()
    {
        const ConnectionId last((qint64(255) << 48) | 1);
        qint64 number = 0;
        const auto texts = toNotices(std::array{batch({WritePresence()},
                                         {WrittenPresence{{}, {{UserId(3), "node \"1\"", last}}}})},
            Mark, number);
        const auto notice = readNotice(texts.front());
        QVERIFY(notice);
        QCOMPARE(notice->replaced.size(), size_t(1));
        QCOMPARE(notice->replaced[0].user, UserId(3));
        QCOMPARE(notice->replaced[0].node, QByteArray("node \"1\""));
        QCOMPARE(notice->replaced[0].connection, last);
    }

    void whatIsNoNoticeIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto add = [](const char *text) { QTest::newRow(text) << QByteArray(text); };
        add("");
        add("x");
        add("[]");
        add("{}");
        add(R"({"writer":"","number":1,"mark":1})");
        add(R"({"writer":"a","number":0,"mark":1})");
        add(R"({"writer":"a","number":1,"mark":-1})");
        add(R"({"writer":"a","number":1,"stored":7})");
        add(R"({"writer":"a","number":1,"stored":[7]})");
        add(R"({"writer":"a","number":1,"stored":[[1]]})");
        add(R"({"writer":"a","number":1,"stored":[[1,2,3]]})");
        add(R"({"writer":"a","number":1,"stored":[[1,2,3,4,5,6]]})");
        add(R"({"writer":"a","number":1,"stored":[[1,2,3,4,5,"","",7]]})");
        add(R"({"writer":"a","number":1,"stored":[[1,9007199254740992]]})");
        add(R"({"writer":"a","number":1,"removed":[[1]]})");
        add(R"({"writer":"a","number":1,"removed":[[1,2,0]]})");
        add(R"({"writer":"a","number":1,"removed":[[1,2,"3"]]})");
        add(R"({"writer":"a","number":1,"removed":[[1,2,[3]]]})");
        add(R"({"writer":"a","number":1,"presence":[0]})");
        add(R"({"writer":"a","number":1,"presence":["1"]})");
    }
    void whatIsNoNoticeIsNone()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!readNotice(text));
    }

    // A later version may tell more.
    void whatIsUnknownIsLeftOut()
    {
        const auto notice = readNotice(R"({"writer":"a","more":[{}],"number":1,"mark":2})");
        QVERIFY(notice);
        QCOMPARE(notice->mark, 2);
    }
};

QTEST_GUILESS_MAIN(CoordinatorNotice)
#include "notice.moc"
