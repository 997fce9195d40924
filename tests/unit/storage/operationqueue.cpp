// SPDX-License-Identifier: MIT
#include "storage/operationqueue.h"

#include <QTest>

using namespace parley;
using namespace parley::storage;

namespace {

constexpr qint64 Half = limits::BatchBytes / 2;

Operation read(const QByteArray &ref, qint64 bytes = 0)
{
    return {ReadMailbox{UserId(1)}, ConnectionId(1), ref, bytes};
}

QByteArray refs(const std::vector<Operation> &operations)
{
    QByteArray refs;
    for (const Operation &operation : operations)
        refs += operation.ref;
    return refs;
}

} // namespace

class OperationQueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Whatever it does, and whatever its ref is.
    void anOperationSaysWhetherItIsWaitedFor()
    {
        OperationQueue queue;
        queue.add({{StoreMessage(), ConnectionId(1), "ref", 0, false}});
        QVERIFY(!queue.isWaitedFor());
        queue.add({{Confirm(), ConnectionId(1), {}, 0, true}});
        QVERIFY(queue.isWaitedFor());
        QCOMPARE(queue.takeBatch().size(), size_t(2));
        QVERIFY(!queue.isWaitedFor());
        QVERIFY(queue.isEmpty());
    }

    void aBatchEndsBeforeItWouldBeTooLarge()
    {
        OperationQueue queue;
        queue.add({read("a", Half), read("b", Half)});
        queue.add({read("c", 1), read("d", 9 * Half), read("e")});
        for (const char *batch : {"ab", "c", "d", "e", ""})
            QCOMPARE(refs(queue.takeBatch()), QByteArray(batch));
        QVERIFY(queue.isEmpty());
    }

    // What stays was waiting already.
    void whatStaysIsWaitedFor()
    {
        OperationQueue queue;
        const Operation confirm{Confirm{UserId(1), {}, Seq(1)}, ConnectionId(1), {}, Half, false};
        queue.add({confirm, confirm, confirm});
        QVERIFY(!queue.isWaitedFor());
        QCOMPARE(queue.takeBatch().size(), size_t(2));
        QVERIFY(queue.isWaitedFor());
    }

    void whatIsPutBackComesFirstAndCounts()
    {
        OperationQueue queue;
        queue.add({read("c", Half), read("d", Half)});
        queue.putBack({read("a", Half), read("b", Half)});
        QVERIFY(queue.isWaitedFor());
        QCOMPARE(refs(queue.takeBatch()), QByteArray("ab"));
        QCOMPARE(refs(queue.takeBatch()), QByteArray("cd"));
        QVERIFY(queue.isEmpty());
        queue.putBack({});
        QVERIFY(queue.isEmpty() && !queue.isWaitedFor());
    }
};

QTEST_GUILESS_MAIN(OperationQueueTest)
#include "operationqueue.moc"
