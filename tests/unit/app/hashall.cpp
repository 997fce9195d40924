// SPDX-License-Identifier: MIT
#include "app/hashall.h"

#include <QTest>

#include <chrono>
#include <condition_variable>
#include <mutex>

using namespace parley::app;
using namespace std::chrono_literals;

class HashAllTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheirOrder()
    {
        std::vector<QByteArray> passwords;
        std::vector<QByteArray> wanted;
        for (int i = 0; i < 100; ++i) {
            passwords.push_back(i % 7 == 0 ? QByteArray() : QByteArray::number(i));
            wanted.push_back(i % 7 == 0 ? QByteArray() : '#' + QByteArray::number(i));
        }
        QCOMPARE(hashAll(
                     passwords, 4, [](const QByteArray &p) { return '#' + p; }, [](size_t) {}),
            wanted);
    }

    void allThreadsWorkAtOnce()
    {
        constexpr int Threads = 4;
        std::mutex mutex;
        std::condition_variable more;
        int inside = 0;
        bool wereAll = false;
        // Each waits until all are there: one thread alone would never get on.
        const auto hash = [&](const QByteArray &password) {
            std::unique_lock lock(mutex);
            wereAll = wereAll || ++inside == Threads;
            more.notify_all();
            more.wait_for(lock, 10s, [&] { return wereAll; });
            --inside;
            return password;
        };
        hashAll(std::vector<QByteArray>(8, "x"), Threads, hash, [](size_t) {});
        QVERIFY(wereAll);
    }

    void progressIsToldTenTimesAndToTheEnd()
    {
        std::vector<size_t> told;
        const auto progress = [&](size_t hashed) { told.push_back(hashed); };
        const auto same = [](const QByteArray &password) { return password; };
        hashAll(std::vector<QByteArray>(100, "x"), 3, same, progress);
        QCOMPARE(told, (std::vector<size_t>{10, 20, 30, 40, 50, 60, 70, 80, 90, 100}));
        told.clear();
        hashAll({"x", "", "y", "z"}, 3, same, progress);
        QCOMPARE(told, (std::vector<size_t>{1, 2, 3}));
        told.clear();
        hashAll({"", ""}, 3, same, progress);
        hashAll({}, 3, same, progress);
        QVERIFY(told.empty());
    }
};

QTEST_GUILESS_MAIN(HashAllTest)
#include "hashall.moc"
