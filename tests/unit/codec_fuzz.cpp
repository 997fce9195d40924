// SPDX-License-Identifier: MIT
// Frames that were right, damaged by chance. PARLEY_SEED repeats a run, PARLEY_ROUNDS lengthens it.
#include "protocol/codec.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace parley;
using namespace parley::protocol;

class CodecFuzzTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void damagedCommandIsARequestOrABadFrame();
    void damagedReplyIsAReplyOrNone();
    void damagedCredentialsAreCredentialsOrNone();

private:
    QByteArray damaged(const std::vector<QByteArray> &frames);

    QRandomGenerator m_random;
    int m_rounds = 0;
};

namespace {

const std::vector<QByteArray> SomeCommands{
    R"({"cmd":"SEND","receiveUserId":2,"body":"he\"l\\lo \ud83d\ude00","clientId":"01J",)"
    R"("receipt":true,"ref":"r"})",
    R"({"cmd":"CONFIRM","seqs":[9,10,9007199254740991],"ref":-7})",
    R"({"cmd":"CONFIRM","upTo":9,"x":123456789012345678901234567890})",
    R"({"cmd":"FETCH","after":0,"limit":100,"x":{"y":[1e400,null,true]}})",
    R"({"cmd":"TRACK","clientId":"01J"})",
    R"({"cmd":"HEARTBEAT","ref":18446744073709551615})",
    R"({"cmd":"STATUS","userIds":[1,9]})",
    R"({"cmd":"WATCH","userIds":[]})",
};

const std::vector<QByteArray> SomeReplies{
    encode(Reply(Hello{UserId(2), "c", fromMs(1), {}, 3, Seq(7), Seq(9)})),
    encode(Reply(Messages{{{Seq(9), UserId(1), "\"text\"\n", fromMs(1), "01J"}}, true, "7"})),
    encode(Reply(Sent{"01J", UserId(2), Seq(9), fromMs(1), true, "\"r\""})),
    encode(Reply(Receipts{{{"01J", UserId(2), Seq(9), fromMs(1)}}})),
    encode(Reply(Tracked{"k", TrackState::Confirmed, UserId(2), Seq(9), fromMs(1), fromMs(2), {}})),
    encode(Reply(StatusReply{{{UserId(1), true, fromMs(1)}, {UserId(9), false, {}}}, {}})),
    encode(Reply(Error{ErrorCode::BadField, "no", "7", "01J", "body", milliseconds(250)})),
};

const std::vector<QByteArray> SomeCredentials{R"({"username":"alice","password":"s3c\"ret"})"};

// What tends to matter to a parser.
const std::vector<QByteArray> Pieces{"\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e",
    "1e400", "99999999999999999999", "\\u", "\\ud800", "\\u0000", "null", "true",
    "\xf0\x9f\x98\x80", "\xff", QByteArray(1, '\0'), "\"ref\":", "\"cmd\":", "\"clientId\":\"c\",",
    " "};

} // namespace

void CodecFuzzTest::initTestCase()
{
    bool given = false;
    const uint seed = qEnvironmentVariable("PARLEY_SEED").toUInt(&given);
    m_random.seed(given ? seed : 20'261'123U);
    m_rounds = qEnvironmentVariable("PARLEY_ROUNDS").toInt(&given);
    if (!given)
        m_rounds = 50'000;
}

// One frame with one to four places overwritten, filled, emptied, or replaced by those of another.
QByteArray CodecFuzzTest::damaged(const std::vector<QByteArray> &frames)
{
    const auto below = [this](size_t bound) { return qsizetype(m_random.bounded(quint32(bound))); };
    const auto &oneOf = [&below](const auto &list) { return list[size_t(below(list.size()))]; };
    QByteArray frame = oneOf(frames);
    for (auto times = 1 + below(4); times > 0; --times) {
        const auto at = below(size_t(frame.size()) + 1);
        switch (below(5)) {
        case 0:
            frame.insert(at, oneOf(Pieces));
            break;
        case 1:
            frame.remove(at, 1 + below(8));
            break;
        case 2:
            frame.replace(at, 1, oneOf(Pieces));
            break;
        case 3:
            frame = frame.left(at) + oneOf(frames).mid(at);
            break;
        case 4:
            if (at < frame.size())
                frame[at] = char(below(256));
            break;
        }
    }
    return frame;
}

void CodecFuzzTest::damagedCommandIsARequestOrABadFrame()
{
    int requests = 0;
    for (int round = 0; round < m_rounds; ++round) {
        const QByteArray frame = damaged(SomeCommands);
        const auto result = decodeCommand(frame);
        if (const auto *bad = std::get_if<BadFrame>(&result)) {
            QVERIFY2(isBadFrame(bad->code), frame.toPercentEncoding());
            const Error error{bad->code, {}, bad->ref, bad->clientId, bad->field, {}};
            QVERIFY2(decodeReply(encode(Reply(error))), frame.toPercentEncoding());
            continue;
        }
        ++requests;
        // What was understood can be said again, and means the same.
        const QByteArray said = encode(std::get<Request>(result));
        const auto again = decodeCommand(said);
        QVERIFY2(std::holds_alternative<Request>(again), frame.toPercentEncoding());
        QCOMPARE(encode(std::get<Request>(again)), said);
        QVERIFY2(isUtf8(said), frame.toPercentEncoding());
    }
    QVERIFY2(
        requests > m_rounds / 100 && requests < m_rounds, "the damage is too little or too much");
}

void CodecFuzzTest::damagedReplyIsAReplyOrNone()
{
    for (int round = 0; round < m_rounds; ++round) {
        const QByteArray frame = damaged(SomeReplies);
        if (const auto reply = decodeReply(frame)) {
            const QByteArray said = encode(*reply);
            const auto again = decodeReply(said);
            QVERIFY2(again, frame.toPercentEncoding());
            QCOMPARE(encode(*again), said);
        }
    }
}

void CodecFuzzTest::damagedCredentialsAreCredentialsOrNone()
{
    for (int round = 0; round < m_rounds; ++round) {
        if (const auto credentials = decodeCredentials(damaged(SomeCredentials))) {
            QVERIFY(!credentials->username.isEmpty() && !credentials->username.contains('\0'));
            QVERIFY(!credentials->password.contains('\0'));
        }
    }
}

QTEST_GUILESS_MAIN(CodecFuzzTest)
#include "codec_fuzz.moc"
