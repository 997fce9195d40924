// SPDX-License-Identifier: MIT
#include "core/limits.h"
#include "session/passwordhasher.h"

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
    void destructionWaitsForWhatRunsAndDropsWhatWaits();
};

namespace {

const QByteArray Password = QByteArrayLiteral("correct horse \xc3\xa9");

// The promise is shared, for the pool's thread is still in set_value() when the result is there.
template <class T> auto sharedPromise()
{
    return std::make_shared<std::promise<T>>();
}

bool check(PasswordHasher &hasher, const QByteArray &password, const QByteArray &hash)
{
    const auto result = sharedPromise<bool>();
    if (!hasher.verify(password, hash, [result](bool right) { result->set_value(right); }))
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
        const bool taken = hasher.verify({}, "!", [start](bool) { start->set_value(threadTime()); })
            && hasher.verify(password, storedHash, [end](bool) { end->set_value(threadTime()); });
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
        Password, {}, [thread](bool) { thread->set_value(std::this_thread::get_id()); }));
    QVERIFY(thread->get_future().get() != std::this_thread::get_id());
}

void PasswordHasherTest::fullQueueRefuses()
{
    constexpr int Threads = 2;
    QSemaphore go;
    std::atomic<int> answered = 0;
    PasswordHasher hasher(Threads, Strength::ForTests);
    const auto letGo = qScopeGuard([&] { go.release(1000); }); // before the pool is destroyed
    const auto verify = [&] {
        return hasher.verify(Password, {}, [&](bool) {
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

void PasswordHasherTest::destructionWaitsForWhatRunsAndDropsWhatWaits()
{
    QSemaphore running, go;
    std::atomic<bool> finished = false, destroyed = false, called = false;
    auto hasher = std::make_unique<PasswordHasher>(1, Strength::ForTests);
    QVERIFY(hasher->verify(Password, {}, [&](bool) {
        running.release();
        go.acquire();
        finished = !destroyed;
    }));
    running.acquire();
    auto held = std::make_shared<int>();
    const std::weak_ptr<int> waiting = held;
    QVERIFY(hasher->verify(Password, {}, [&called, held](bool) { called = true; }));
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
#include "session_passwordhasher.moc"
