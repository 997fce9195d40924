// SPDX-License-Identifier: MIT
#include "session/passwordhasher.h"
#include "core/limits.h"

#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>

#include <algorithm>
#include <future>
#include <memory>
#include <thread>

#include <time.h>

using namespace parley;
using namespace parley::session;

using Strength = PasswordHasher::Strength;

class PasswordHasherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rightPasswordIsRight();
    void nothingElseIsRight_data();
    void nothingElseIsRight();
    void hashHasItsOwnSaltAndCost();
    void costOfTheHashDecidesNotThatOfThePool();
    void unknownNameTakesAsLong();
    void doneIsCalledOnAnotherThread();
    void fullQueueRefuses();
    void oneNameKeepsNobodyOut();
    void oneAddressKeepsNobodyOut();
    void namesTakeTurns();
    void destructionWaitsForWhatRunsAndDropsWhatWaits();
};

namespace {

const PasswordHasher::Who Anybody{"alice", "192.0.2.1"};
const QByteArray Password = QByteArrayLiteral("correct horse \xc3\xa9");

// The promise is shared, for the pool's thread is still in set_value() when the result is there.
template <class T> auto sharedPromise()
{
    return std::make_shared<std::promise<T>>();
}

bool check(PasswordHasher &hasher, const QByteArray &password, const QByteArray &hash)
{
    const auto result = sharedPromise<bool>();
    if (!hasher.verify(Anybody, password, hash, [result](bool right) { result->set_value(right); }))
        qFatal("the queue is full");
    return result->get_future().get();
}

std::chrono::nanoseconds threadTime()
{
    timespec spent;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return std::chrono::seconds(spent.tv_sec) + std::chrono::nanoseconds(spent.tv_nsec);
}

} // namespace

void PasswordHasherTest::rightPasswordIsRight()
{
    PasswordHasher hasher(2, Strength::ForTests);
    for (const QByteArray &password :
        {Password, QByteArray(), QByteArray("nul\0inside", 10), QByteArray(1024, 'x')})
        QVERIFY(check(hasher, password, PasswordHasher::hash(password, Strength::ForTests)));
}

void PasswordHasherTest::nothingElseIsRight_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("hash");

    const QByteArray hash = PasswordHasher::hash(Password, Strength::ForTests);
    QTest::newRow("wrong") << QByteArray("wrong") << hash;
    QTest::newRow("prefix") << Password.chopped(1) << hash;
    QTest::newRow("longer") << Password + '\0' << hash;
    QTest::newRow("none") << QByteArray() << hash;
    QTest::newRow("unknown name") << Password << QByteArray();
    QTest::newRow("unknown name, the dummy's password") << QByteArray() << QByteArray();
    QTest::newRow("no hash") << Password << QByteArray("!");
    QTest::newRow("cut hash") << Password << hash.chopped(10);
    QTest::newRow("overlong hash") << Password << hash + QByteArray(1000, 'A');
    QTest::newRow("no hash, the dummy's password") << QByteArray() << QByteArray("!");
}

void PasswordHasherTest::nothingElseIsRight()
{
    QFETCH(QByteArray, password);
    QFETCH(QByteArray, hash);
    PasswordHasher hasher(1, Strength::ForTests);
    QVERIFY(!check(hasher, password, hash));
}

void PasswordHasherTest::hashHasItsOwnSaltAndCost()
{
    const QByteArray first = PasswordHasher::hash(Password);
    QVERIFY(first.startsWith("$argon2id$v=19$m=65536,t=2,p=1$"));
    QVERIFY(!first.contains('\0'));
    QVERIFY(PasswordHasher::hash(Password) != first);
}

void PasswordHasherTest::costOfTheHashDecidesNotThatOfThePool()
{
    PasswordHasher hasher(1, Strength::ForTests);
    QVERIFY(check(hasher, Password, PasswordHasher::hash(Password, Strength::Interactive)));
}

void PasswordHasherTest::unknownNameTakesAsLong()
{
    PasswordHasher hasher(1);
    const QByteArray hash = PasswordHasher::hash(Password);
    const auto cost = [&](const QByteArray &password, const QByteArray &storedHash) {
        const auto start = sharedPromise<std::chrono::nanoseconds>();
        const auto end = sharedPromise<std::chrono::nanoseconds>();
        // The only thread's clock, before and after; so the machine's load does not matter.
        const bool taken =
            hasher.verify(Anybody, {}, "!", [start](bool) { start->set_value(threadTime()); })
            && hasher.verify(
                Anybody, password, storedHash, [end](bool) { end->set_value(threadTime()); });
        if (!taken)
            qFatal("the queue is full");
        const auto began = start->get_future().get();
        return end->get_future().get() - began;
    };
    const auto least = [&](const QByteArray &password, const QByteArray &storedHash) {
        return std::min(
            {cost(password, storedHash), cost(password, storedHash), cost(password, storedHash)});
    };
    const auto right = least(Password, hash);
    for (const auto other : {least("wrong", hash), least(Password, {}), least(Password, "!")}) {
        QVERIFY(other > right / 2);
        QVERIFY(other < right * 2);
    }
}

void PasswordHasherTest::doneIsCalledOnAnotherThread()
{
    PasswordHasher hasher(1, Strength::ForTests);
    const auto thread = sharedPromise<std::thread::id>();
    QVERIFY(hasher.verify(
        Anybody, Password, {}, [thread](bool) { thread->set_value(std::this_thread::get_id()); }));
    QVERIFY(thread->get_future().get() != std::this_thread::get_id());
}

void PasswordHasherTest::fullQueueRefuses()
{
    constexpr int Threads = 2;
    QSemaphore go;
    std::atomic<int> answered = 0;
    PasswordHasher hasher(Threads, Strength::ForTests);
    const auto letGo = qScopeGuard([&] { go.release(1000); }); // before the pool is destroyed
    int number = 0;
    const auto verify = [&] {
        const QByteArray who = QByteArray::number(++number);
        return hasher.verify({who, who}, Password, {}, [&](bool) {
            go.acquire();
            ++answered;
        });
    };
    for (int i = 0; i < Threads + limits::HashingQueue; ++i)
        QVERIFY(verify());
    QVERIFY(!verify());
    QVERIFY(!verify());

    go.release(1);
    QVERIFY(QTest::qWaitFor(verify)); // the place that became free
    QVERIFY(!verify());

    go.release(Threads + limits::HashingQueue);
    QTRY_COMPARE(answered.load(), Threads + limits::HashingQueue + 1);
}

// Also from the same address: whoever logs in in a loop fills only their own share.
void PasswordHasherTest::oneNameKeepsNobodyOut()
{
    QSemaphore go;
    std::atomic<int> answered = 0;
    PasswordHasher hasher(1, Strength::ForTests);
    const auto letGo = qScopeGuard([&] { go.release(1000); });
    const auto verify = [&](const QByteArray &name) {
        return hasher.verify({name, "192.0.2.1"}, Password, {}, [&](bool) {
            go.acquire();
            ++answered;
        });
    };
    for (int i = 0; i < limits::HashingPerName; ++i)
        QVERIFY(verify("greedy"));
    QVERIFY(!verify("greedy"));
    QVERIFY(verify("other"));
    go.release(1000);
    QTRY_COMPARE(answered.load(), limits::HashingPerName + 1);
    QVERIFY(QTest::qWaitFor([&] { return verify("greedy"); })); // their share is theirs again
}

void PasswordHasherTest::oneAddressKeepsNobodyOut()
{
    QSemaphore go;
    PasswordHasher hasher(1, Strength::ForTests);
    const auto letGo = qScopeGuard([&] { go.release(1000); });
    const auto verify = [&](const QByteArray &name, const QByteArray &address) {
        return hasher.verify({name, address}, Password, {}, [&](bool) { go.acquire(); });
    };
    for (int i = 0; i < limits::HashingPerAddress; ++i)
        QVERIFY(verify(QByteArray::number(i), "192.0.2.1"));
    QVERIFY(!verify("another", "192.0.2.1"));
    QVERIFY(verify("another", "192.0.2.2"));
}

void PasswordHasherTest::namesTakeTurns()
{
    QSemaphore running, go;
    std::mutex mutex;
    QByteArrayList order; // guarded by it
    PasswordHasher hasher(1, Strength::ForTests);
    const auto letGo = qScopeGuard([&] { go.release(1000); });
    const auto verify = [&](const QByteArray &name) {
        QVERIFY(hasher.verify({name, "192.0.2.1"}, Password, {}, [&, name](bool) {
            running.release();
            go.acquire();
            std::lock_guard lock(mutex);
            order += name;
        }));
    };
    verify("a");
    running.acquire(); // the only thread has it
    for (const char *name : {"a", "a", "a", "b", "c", "b"})
        verify(name);
    go.release(1000);
    const auto text = [&] {
        std::lock_guard lock(mutex);
        return order.join();
    };
    QTRY_COMPARE(text().size(), 7);
    QCOMPARE(text(), QByteArray("aabcaba"));
}

void PasswordHasherTest::destructionWaitsForWhatRunsAndDropsWhatWaits()
{
    QSemaphore running, go;
    std::atomic<bool> finished = false, destroyed = false, called = false;
    auto hasher = std::make_unique<PasswordHasher>(1, Strength::ForTests);
    QVERIFY(hasher->verify(Anybody, Password, {}, [&](bool) {
        running.release();
        go.acquire();
        finished = !destroyed;
    }));
    running.acquire();
    auto held = std::make_shared<int>();
    const std::weak_ptr<int> waiting = held;
    QVERIFY(hasher->verify(Anybody, Password, {}, [&called, held](bool) { called = true; }));
    held.reset();
    QVERIFY(!waiting.expired());

    std::jthread destroyer([&] {
        hasher.reset();
        destroyed = true;
    });
    const bool dropped = QTest::qWaitFor([&] { return waiting.expired(); });
    const bool waited = !destroyed;
    go.release();
    destroyer.join();
    QVERIFY(dropped);
    QVERIFY(waited);
    QVERIFY(finished);
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(PasswordHasherTest)
#include "passwordhasher.moc"
