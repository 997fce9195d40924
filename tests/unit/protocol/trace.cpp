// SPDX-License-Identifier: MIT
// The frames of the trace (docs/protocol.md 6): what is told is read again; what is not, is
// not on the wire; nonsense is refused.
#include "protocol/trace.h"

#include <QTest>

using namespace parley;
using namespace parley::protocol;

namespace {

TraceEvent whole()
{
    TraceEvent event;
    event.atUs = 1'795'000'000'123'456;
    event.node = "host-1";
    event.kind = TraceKind::Stored;
    event.connectionId = "1000000000002";
    event.userId = UserId(1);
    event.peerUserId = UserId(MaxInteger);
    event.seq = Seq(9);
    event.clientId = "k\"\\\n\xc3\xa9";
    event.cmd = "SEND";
    event.code = "too_large";
    event.dropped = 7;
    return event;
}

void compare(const TraceEvent &a, const TraceEvent &b)
{
    QCOMPARE(a.atUs, b.atUs);
    QCOMPARE(a.node, b.node);
    QCOMPARE(int(a.kind), int(b.kind));
    QCOMPARE(a.connectionId, b.connectionId);
    QCOMPARE(a.userId, b.userId);
    QCOMPARE(a.peerUserId, b.peerUserId);
    QCOMPARE(a.seq, b.seq);
    QCOMPARE(a.clientId, b.clientId);
    QCOMPARE(a.cmd, b.cmd);
    QCOMPARE(a.code, b.code);
    QCOMPARE(a.dropped, b.dropped);
}

} // namespace

class CodecTrace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrites()
    {
        const auto read = decodeTraceEvent(encode(whole()));
        QVERIFY(read);
        compare(*read, whole());
    }

    void writesEveryKindByItsName()
    {
        static const char *const Names[]{"opened", "received", "stored", "routed", "written",
            "fetched", "confirmed", "removed", "presence", "error", "closed"};
        for (int i = 0; i <= int(TraceKind::Closed); ++i) {
            TraceEvent event;
            event.kind = TraceKind(i);
            QCOMPARE(name(event.kind), QByteArrayView(Names[i]));
            const auto read = decodeTraceEvent(encode(event));
            QVERIFY(read);
            QCOMPARE(int(read->kind), i);
        }
    }

    void leavesOutWhatDoesNotApply()
    {
        TraceEvent event;
        event.atUs = 5;
        event.node = "n";
        event.kind = TraceKind::Closed;
        QCOMPARE(encode(event), R"({"at":5,"node":"n","kind":"closed"})");
        const auto read = decodeTraceEvent(encode(event));
        QVERIFY(read);
        compare(*read, event);
        QVERIFY(read->clientId.isNull());
    }

    void ignoresUnknownFields()
    {
        const auto read = decodeTraceEvent(
            R"({"later":{"kind":[1]},"kind":"routed","at":1,"node":"n","list":[null]})");
        QVERIFY(read);
        QCOMPARE(int(read->kind), int(TraceKind::Routed));
    }

    void refusesWhatIsNoStep_data()
    {
        QTest::addColumn<QByteArray>("frame");
        for (const char *frame : {"", "{", "[]", "null", "\"kind\"", "{}", R"({"at":1,"node":"n"})",
                 R"({"kind":"danced"})", R"({"kind":7})", R"({"kind":"stored","at":"1"})",
                 R"({"kind":"stored","at":1.5})", R"({"kind":"stored","at":-1})",
                 R"({"kind":"stored","seq":-1})", R"({"kind":"stored","userId":"1"})",
                 R"({"kind":"stored","node":1})", R"({"kind":"stored","code":4508})",
                 R"({"kind":"stored"} x)", R"({"cmd":"GOAWAY","retryAfter":1000})"})
            QTest::newRow(frame) << QByteArray(frame);
    }

    void refusesWhatIsNoStep()
    {
        QFETCH(QByteArray, frame);
        QVERIFY(!decodeTraceEvent(frame));
    }

    void readsNoFrameThatWasCutShort()
    {
        const QByteArray frame = encode(whole());
        for (qsizetype size = 0; size < frame.size(); ++size)
            QVERIFY(!decodeTraceEvent(frame.first(size)));
    }
};

QTEST_GUILESS_MAIN(CodecTrace)
#include "trace.moc"
