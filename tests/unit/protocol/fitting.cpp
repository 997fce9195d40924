// SPDX-License-Identifier: MIT
#include "core/limits.h"
#include "protocol/codec.h"

#include <QTest>

using namespace parley;
using namespace parley::protocol;

class CodecFittingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingThatFitsIsThere();
    void frameIsNeverLongerThanAsked();
    void oneMessageIsAlwaysThere();
    void moreIsKeptWhenAllFit();
    void largestBodiesFillOneMebibyte();
};

namespace {

Messages someMessages(int count, const QByteArray &body, const Ref &ref = {})
{
    Messages messages;
    for (int i = 1; i <= count; ++i)
        messages.messages.push_back({Seq(i), UserId(1), body, fromMs(i), "key"});
    messages.ref = ref;
    return messages;
}

} // namespace

void CodecFittingTest::everythingThatFitsIsThere()
{
    Messages messages = someMessages(20, "text", "\"ref\"");
    const QByteArray whole = encode(Reply(messages));
    QCOMPARE(encodeFitting(messages, whole.size()), whole);
    QCOMPARE(messages.messages.size(), 20U);
    QVERIFY(!messages.more);
}

// For every length: what is dropped and what is encoded agree, and no message is left out
// needlessly.
void CodecFittingTest::frameIsNeverLongerThanAsked()
{
    const Messages all = someMessages(12, "\"\\\n", "7");
    const auto whole = encode(Reply(all)).size();
    const auto first = encode(Reply(someMessages(1, "\"\\\n", "7"))).size();
    size_t before = 1;
    for (auto most = first; most < whole; ++most) {
        Messages messages = all;
        const QByteArray frame = encodeFitting(messages, most);
        QVERIFY(frame.size() <= most);
        QVERIFY(messages.more);
        QCOMPARE(frame, encode(Reply(messages)));
        Messages oneMore = all;
        oneMore.messages.resize(messages.messages.size() + 1);
        QVERIFY(encode(Reply(oneMore)).size() > most);
        QVERIFY(messages.messages.size() >= before);
        before = messages.messages.size();
    }
    QCOMPARE(before, 11U);
}

void CodecFittingTest::oneMessageIsAlwaysThere()
{
    Messages messages = someMessages(3, QByteArray(1000, 'x'));
    const QByteArray frame = encodeFitting(messages, 10);
    QCOMPARE(messages.messages.size(), 1U);
    QVERIFY(messages.more);
    QCOMPARE(frame, encode(Reply(messages)));

    Messages only = someMessages(1, QByteArray(1000, 'x'));
    encodeFitting(only, 10);
    QVERIFY(!only.more);

    Messages none;
    QCOMPARE(encodeFitting(none, 10), R"({"cmd":"MESSAGES","messages":[],"more":false})");
}

void CodecFittingTest::moreIsKeptWhenAllFit()
{
    Messages messages = someMessages(2, "x");
    messages.more = true;
    const QByteArray frame = encodeFitting(messages, limits::FetchFrameBytes);
    QCOMPARE(messages.messages.size(), 2U);
    QVERIFY(frame.endsWith("],\"more\":true}"));
}

void CodecFittingTest::largestBodiesFillOneMebibyte()
{
    Messages messages = someMessages(limits::Fetch, QByteArray(Limits().bodyBytes, '\x01'));
    const QByteArray frame = encodeFitting(messages, limits::FetchFrameBytes);
    QVERIFY(frame.size() <= limits::FetchFrameBytes);
    QCOMPARE(messages.messages.size(), 5U);
}

QTEST_GUILESS_MAIN(CodecFittingTest)
#include "fitting.moc"
