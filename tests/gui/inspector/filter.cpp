// SPDX-License-Identifier: MIT
#include "frames/framefilter.h"
#include "frames/framelog.h"

#include <QElapsedTimer>
#include <QTableView>
#include <QTest>

using namespace parley;
using namespace parley::frames;

namespace {

constexpr UserId Alice(1);
constexpr UserId Bob(2);

// Two panes that talk; pane 0 is Alice, pane 1 is Bob.
class Talk {
public:
    FrameLog log;

    Talk()
    {
        log.setPaneName(0, QStringLiteral("ClientA"));
        log.setPaneName(1, QStringLiteral("ClientB"));
    }
    qint64 sent(int pane, const QByteArray &payload) { return add(pane, Kind::Sent, payload); }
    qint64 received(int pane, const QByteArray &payload)
    {
        return add(pane, Kind::Received, payload);
    }

private:
    qint64 add(int pane, Kind kind, const QByteArray &payload)
    {
        return log.append(makeFrame(pane, kind, pane == 0 ? Alice : Bob, payload, nowUs()));
    }
};

// What one message goes through, and what goes on beside it. The numbers of its own frames.
std::vector<qint64> tellOneMessage(Talk &talk)
{
    std::vector<qint64> own;
    own.push_back(talk.sent(0, R"({"cmd":"SEND","receiveUserId":2,"body":"x","clientId":"k"})"));
    talk.sent(0, R"({"cmd":"SEND","receiveUserId":2,"body":"x","clientId":"other"})");
    talk.sent(1, R"({"cmd":"SEND","receiveUserId":1,"body":"x","clientId":"k"})");
    own.push_back(
        talk.received(0, R"({"cmd":"SENT","clientId":"k","receiveUserId":2,"seq":9,"time":1})"));
    talk.received(0, R"({"cmd":"SENT","clientId":"other","receiveUserId":2,"seq":10,"time":1})");
    own.push_back(talk.received(
        1, R"({"cmd":"MESSAGE","seq":9,"sendUserId":1,"body":"x","time":1,"clientId":"k"})"));
    talk.received(
        0, R"({"cmd":"MESSAGE","seq":9,"sendUserId":2,"body":"x","time":1,"clientId":"k"})");
    own.push_back(talk.received(1, R"({"cmd":"MESSAGES","more":false,"messages":[
        {"seq":9,"sendUserId":1,"body":"x","time":1,"clientId":"k"},
        {"seq":10,"sendUserId":1,"body":"x","time":1,"clientId":"other"}]})"));
    talk.sent(1, R"({"cmd":"CONFIRM","seqs":[8,10],"ref":"c1"})");
    own.push_back(talk.sent(1, R"({"cmd":"CONFIRM","seqs":[9,10],"ref":"c2"})"));
    talk.received(1, R"({"cmd":"CONFIRMED","removed":1,"ref":"c1"})");
    own.push_back(talk.received(1, R"({"cmd":"CONFIRMED","removed":2,"ref":"c2"})"));
    own.push_back(talk.received(0,
        R"({"cmd":"RECEIPT","receipts":[{"clientId":"a","receiveUserId":2,"seq":1,"time":1},
        {"clientId":"k","receiveUserId":2,"seq":9,"time":1}]})"));
    own.push_back(talk.sent(0, R"({"cmd":"TRACK","clientId":"k"})"));
    own.push_back(talk.received(0, R"({"cmd":"TRACK","clientId":"k","state":"unknown"})"));
    own.push_back(talk.sent(1, R"({"cmd":"CONFIRM","upTo":12})"));
    talk.sent(1, R"({"cmd":"HEARTBEAT"})");
    return own;
}

std::vector<qint64> shown(const FrameFilter &filter)
{
    std::vector<qint64> numbers;
    for (int row = 0; row < filter.rowCount(); ++row)
        numbers.push_back(filter.numberAt(row));
    return numbers;
}

} // namespace

class InspectorFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsFoundInPayloadAndColumnsWhateverTheCase_data();
    void textIsFoundInPayloadAndColumnsWhateverTheCase();
    void topicsAndPanesAreHeldBack();
    void aMessageIsFollowedThroughAllPanes();
    void anyFrameOfAMessageLeadsToAllOfThem();
    void aMessageIsFollowedWhileItHappens();
    void aMessageIsStillFollowedWhenTheLogWasCleared();
    void framesThatContradictEachOtherLeadSomewhere();
    void whatIsAboutNoMessageLeadsNowhere();
    void aHundredThousandFramesStaySmooth();
};

void InspectorFilter::textIsFoundInPayloadAndColumnsWhateverTheCase_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rows");
    QTest::newRow("payload") << QStringLiteral("HeLLo") << 1;
    QTest::newRow("not ASCII") << QStringLiteral("CHÀO") << 1;
    QTest::newRow("pane") << QStringLiteral("clienta") << 2;
    QTest::newRow("seq") << QStringLiteral("#7") << 1;
    QTest::newRow("an end's code") << QStringLiteral("ended 4508") << 1;
    QTest::newRow("an end's reason") << QStringLiteral("Heartbeat TIME") << 1;
    QTest::newRow("nowhere") << QStringLiteral("hellox") << 0;
    QTest::newRow("none") << QString() << 3;
}

void InspectorFilter::textIsFoundInPayloadAndColumnsWhateverTheCase()
{
    QFETCH(const QString, text);
    Talk talk;
    talk.sent(0, R"({"cmd":"SEND","receiveUserId":2,"body":"Hello chào"})");
    talk.received(1, R"({"cmd":"MESSAGE","seq":7,"sendUserId":1,"body":"x","time":1})");
    talk.log.append(makeEnd(0, Alice, 4508, "heartbeat timeout", nowUs()));
    talk.log.flush();
    FrameFilter filter(talk.log);
    filter.setText(text);
    QTEST(filter.rowCount(), "rows");
}

void InspectorFilter::topicsAndPanesAreHeldBack()
{
    Talk talk;
    const qint64 send = talk.sent(0, R"({"cmd":"SEND","receiveUserId":2,"body":""})");
    const qint64 beat = talk.sent(1, R"({"cmd":"HEARTBEAT"})");
    const qint64 odd = talk.sent(1, "what");
    talk.log.flush();
    FrameFilter filter(talk.log);
    QVERIFY(!filter.isFiltering());
    filter.setTopics(Topic::Message | Topic::Other);
    QCOMPARE(shown(filter), (std::vector{send, odd}));
    filter.setPanes({1});
    QCOMPARE(shown(filter), std::vector{odd});
    filter.setTopics({});
    QCOMPARE(shown(filter), (std::vector{beat, odd}));
    QCOMPARE(filter.rowOf(odd), 1);
    QCOMPARE(filter.rowOf(send), -1);
    filter.clear();
    QCOMPARE(filter.rowCount(), 3);
}

void InspectorFilter::aMessageIsFollowedThroughAllPanes()
{
    Talk talk;
    const auto own = tellOneMessage(talk);
    talk.log.flush();
    FrameFilter filter(talk.log);
    filter.follow({Alice, "k", {}, {}});
    QCOMPARE(shown(filter), own);
    QCOMPARE(filter.followed(), (MessageKey{Alice, "k", Bob, Seq(9)}));
    filter.follow({});
    QCOMPARE(filter.rowCount(), talk.log.rowCount());
}

void InspectorFilter::anyFrameOfAMessageLeadsToAllOfThem()
{
    Talk talk;
    const auto own = tellOneMessage(talk);
    talk.log.flush();
    FrameFilter filter(talk.log);
    for (const qint64 number : own) {
        const MessageKey key = messageOf(talk.log, *talk.log.frame(number));
        filter.follow(key);
        // A MESSAGES and a CONFIRM have several, of which the last one is meant.
        const bool isOfSeveral = key.seq != Seq(9);
        QVERIFY(filter.rowOf(number) >= 0);
        if (!isOfSeveral)
            QCOMPARE(shown(filter), own);
        filter.follow({});
    }
    filter.follow({{}, {}, Bob, Seq(9)});
    QCOMPARE(shown(filter), own);
}

void InspectorFilter::aMessageIsFollowedWhileItHappens()
{
    Talk talk;
    FrameFilter filter(talk.log);
    // Bob's place is all that is known at first; the SEND came before.
    const qint64 send =
        talk.sent(0, R"({"cmd":"SEND","receiveUserId":2,"body":"x","clientId":"k"})");
    talk.log.flush();
    filter.follow({{}, {}, Bob, Seq(9)});
    QCOMPARE(filter.rowCount(), 0);
    const qint64 stored =
        talk.received(0, R"({"cmd":"SENT","clientId":"k","receiveUserId":2,"seq":9,"time":1})");
    talk.received(0, R"({"cmd":"SENT","clientId":"k2","receiveUserId":2,"seq":8,"time":1})");
    talk.log.flush();
    QCOMPARE(shown(filter), (std::vector{send, stored}));
}

void InspectorFilter::aMessageIsStillFollowedWhenTheLogWasCleared()
{
    Talk talk;
    FrameFilter filter(talk.log);
    const qint64 page = talk.received(1, R"({"cmd":"MESSAGES","more":false,"messages":[
        {"seq":9,"sendUserId":1,"body":"x","time":1,"clientId":"a key that nothing else has"}]})");
    filter.follow(messageOf(talk.log, *talk.log.frame(page)));
    const MessageKey key = filter.followed();
    QCOMPARE(key.seq, Seq(9));
    talk.log.clear();
    QCOMPARE(filter.followed(), key);
}

// As only a broken server sends them, or a file that was tampered with.
void InspectorFilter::framesThatContradictEachOtherLeadSomewhere()
{
    Talk talk;
    std::vector<qint64> numbers;
    for (const auto &[key, seq] : std::initializer_list<std::pair<const char *, int>>{{"b", 12},
             {"d", 12}, {"a", 11}, {"c", 11}, {"d", 9}, {"a", 9}, {"c", 10}, {"b", 10}}) {
        numbers.push_back(talk.received(1,
            "{\"cmd\":\"MESSAGE\",\"seq\":" + QByteArray::number(seq)
                + ",\"sendUserId\":1,\"body\":\"x\",\"time\":1,\"clientId\":\"" + key + "\"}"));
    }
    for (const qint64 number : numbers)
        QVERIFY(!messageOf(talk.log, *talk.log.frame(number)).isNull());
}

void InspectorFilter::whatIsAboutNoMessageLeadsNowhere()
{
    Talk talk;
    for (const QByteArray &payload : {QByteArray(R"({"cmd":"HEARTBEAT"})"), QByteArray("["),
             QByteArray(R"({"cmd":"CONFIRMED","ref":"nobody's"})"),
             QByteArray(R"({"cmd":"RECEIPT","receipts":[]})")}) {
        const qint64 number = talk.received(0, payload);
        QVERIFY(messageOf(talk.log, *talk.log.frame(number)).isNull());
    }
}

void InspectorFilter::aHundredThousandFramesStaySmooth()
{
    Talk talk;
    FrameFilter filter(talk.log);
    QTableView view;
    view.setModel(&filter);
    view.resize(800, 400);
    view.show();
    filter.setText(QStringLiteral("hello"));
    QElapsedTimer clock;
    clock.start();
    qint64 longest = 0;
    for (int i = 0; i < 50'000; ++i) {
        const QByteArray key = QByteArray::number(i);
        talk.sent(0,
            R"({"cmd":"SEND","receiveUserId":2,"body":"Hello there","clientId":")" + key + "\"}");
        talk.received(0,
            R"({"cmd":"SENT","receiveUserId":2,"time":1,"seq":)" + key + ",\"clientId\":\"" + key
                + "\"}");
        if (i % 500 == 0) {
            QElapsedTimer turn;
            turn.start();
            talk.log.flush();
            QCoreApplication::processEvents();
            longest = std::max(longest, turn.elapsed());
        }
    }
    talk.log.flush();
    qInfo("100000 frames in %lld ms, at most %lld ms for 1000 rows", clock.elapsed(), longest);
    QCOMPARE(filter.rowCount(), 50'000);
    const auto timed = [&](const char *what, auto act) {
        clock.restart();
        act();
        QCoreApplication::processEvents();
        qInfo("%s: %lld ms", what, clock.elapsed());
    };
    timed("another text", [&] { filter.setText(QStringLiteral("\"SENT\"")); });
    QCOMPARE(filter.rowCount(), 50'000);
    timed("not ASCII", [&] { filter.setText(QStringLiteral("chào")); });
    timed("follow", [&] { filter.clear(), filter.follow({Alice, "77", {}, {}}); });
    QCOMPARE(filter.rowCount(), 2);
    timed("all", [&] { filter.clear(); });
    QCOMPARE(filter.rowCount(), 100'000);
}

QTEST_MAIN(InspectorFilter)
#include "filter.moc"
