// SPDX-License-Identifier: MIT
// Random batches, each compared outcome for outcome with MemoryStore, which does one operation
// after another and nothing else. PARLEY_SEED repeats a run, PARLEY_ROUNDS makes it longer.
#include "suite/randomactions.h"
#include "suite/storecontract.h"

#include "storage/memorystore.h"

#include <QRandomGenerator>
#include <QTest>

namespace parley::test {

using namespace storage;

namespace {

constexpr int Rounds = 300;

Limits smallLimits()
{
    Limits limits;
    limits.mailboxMessages = 7;
    limits.mailboxBytes = 40;
    limits.sessionsPerUser = 3;
    return limits;
}

quint32 seed()
{
    bool given = false;
    const int value = qEnvironmentVariableIntValue("PARLEY_SEED", &given);
    return given ? quint32(value) : QRandomGenerator::system()->bounded(1'000'000'000);
}

int rounds()
{
    return qMax(Rounds, qEnvironmentVariableIntValue("PARLEY_ROUNDS"));
}

QByteArray told(const std::vector<Action> &batch, size_t count)
{
    QByteArray told;
    for (size_t i = 0; i <= count; ++i)
        told += "\n  " + text(batch[i]);
    return told;
}

} // namespace

void StoreContract::compareWithOneAfterAnother(bool overDays)
{
    begin(smallLimits());
    const auto seed = test::seed();
    qInfo("seed %u", seed);
    QRandomGenerator chance(seed);
    RandomActions random(chance);

    MemoryStore oracle(m_limits);
    QVERIFY(oracle.open());
    const auto askOracle = [&](const std::vector<Action> &batch) {
        return *perform(oracle, batch, m_now);
    };
    askOracle({addUser(1, "alice"), addUser(2, "bob"), addUser(3, "carol"),
        addUser(9, "disabled", false)});

    for (int round = 0, count = rounds(); round < count; ++round) {
        std::vector<Action> batch;
        // Whether a key that is over its time, but not pruned, is known is left open.
        if (overDays)
            batch.emplace_back(Prune{1'000'000, true});
        for (int i = chance.bounded(1, 100); i > 0; --i)
            batch.push_back(random.action(m_now));
        const auto size = batch.size();
        for (const Action &look : random.looks())
            batch.push_back(look);

        const auto expected = askOracle(batch);
        // What was done is seen within its batch, or only after its commit.
        const bool together = chance.bounded(2) == 0;
        const auto middle = batch.begin() + (together ? batch.size() : size);
        auto actual = apply({batch.begin(), middle});
        if (!together) {
            for (const Outcome &outcome : apply({middle, batch.end()}))
                actual.push_back(outcome);
        }
        for (size_t i = 0; i < batch.size(); ++i) {
            if (text(actual[i]) != text(expected[i])) {
                const auto message = "seed " + QByteArray::number(seed) + " round "
                    + QByteArray::number(round) + told(batch, i) + "\nsaid     " + text(actual[i])
                    + "\ninstead of " + text(expected[i]);
                QFAIL(message);
            }
        }
        m_now += overDays ? milliseconds(chance.bounded(int(6h / 2ms)) * 2) : 2ms;
        if (chance.bounded(25) == 0)
            reopen();
    }
}

void StoreContract::batchesAreOneAfterAnother()
{
    compareWithOneAfterAnother(false);
}

void StoreContract::batchesAreOneAfterAnotherOverDays()
{
    compareWithOneAfterAnother(true);
}

} // namespace parley::test
