// SPDX-License-Identifier: MIT
// What the server's own trace shows.
#include "gui/audit/story.h"

#include <QTest>

using namespace parley;
using audit::Rule;
using protocol::TraceKind;
using test::Story;

class AuditTraceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTraceOfAMessage();
    void deliveredBeforeStored();
    void removedUnasked();
    void storedTwiceInTheTrace();
    void afterAGapInTheTraceNothingIsCertain();
};

void AuditTraceTest::theTraceOfAMessage()
{
    Story story;
    story.begin();
    const QByteArray bobs = story.connectionId();
    story.sends(1);
    story.step(TraceKind::Stored, 1, 2, 1);
    story.step(TraceKind::Written, 2, 1, 1, "MESSAGE");
    story.step(TraceKind::Written, 1, 2, 1, "SENT");
    story.stored(1);
    story.pushed(1);
    story.confirms({1});
    story.step(TraceKind::Received, 2, 0, 0, "CONFIRM", bobs);
    story.step(TraceKind::Removed, 2, 1, 1);
    story.confirmed(1);
    // Of what was stored before the trace was watched, not everything is known.
    story.step(TraceKind::Written, 2, 1, 7, "MESSAGE");
    story.step(TraceKind::Removed, 3, 1, 4);
    QVERIFY(story.isGood());
}

void AuditTraceTest::deliveredBeforeStored()
{
    for (const auto kind : {TraceKind::Written, TraceKind::Fetched}) {
        Story story;
        story.step(kind, 2, 1, 1, "MESSAGE");
        story.step(TraceKind::Stored, 1, 2, 1);
        QVERIFY(story.found(Rule::BeforeStored, 1));
    }
    Story story;
    story.step(TraceKind::Written, 1, 2, 1, "SENT");
    story.step(TraceKind::Stored, 1, 2, 1);
    QVERIFY(story.found(Rule::BeforeStored, 1));
}

void AuditTraceTest::removedUnasked()
{
    Story story;
    story.begin();
    story.pushes(1, 2);
    story.step(TraceKind::Stored, 1, 2, 1);
    story.step(TraceKind::Stored, 1, 2, 2);
    story.confirms({1});
    story.step(TraceKind::Removed, 2, 1, 1);
    QVERIFY(story.isGood());
    story.step(TraceKind::Removed, 2, 1, 2);
    QVERIFY(story.found(Rule::RemovedUnasked, 2));
}

void AuditTraceTest::storedTwiceInTheTrace()
{
    Story story;
    protocol::TraceEvent event;
    event.kind = TraceKind::Stored;
    event.peerUserId = UserId(2);
    event.seq = Seq(1);
    event.clientId = "a";
    story.auditor.read(event);
    event.clientId = "b";
    story.auditor.read(event);
    QVERIFY(story.found(Rule::SeqGivenTwice, 1));
}

void AuditTraceTest::afterAGapInTheTraceNothingIsCertain()
{
    Story story;
    story.begin();
    story.pushes(1, 2);
    story.step(TraceKind::Written, 2, 1, 3, "MESSAGE");
    story.step(TraceKind::Stored, 1, 2, 2);
    story.dropped = 1;
    story.step(TraceKind::Stored, 1, 2, 3);
    story.step(TraceKind::Removed, 2, 1, 2);
    QVERIFY(story.isGood());
}

QTEST_GUILESS_MAIN(AuditTraceTest)
#include "trace.moc"
