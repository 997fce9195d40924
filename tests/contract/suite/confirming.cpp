// SPDX-License-Identifier: MIT
#include "suite/storecontract.h"

#include <QTest>

namespace parley::test {

using namespace storage;

void StoreContract::confirmRemovesTheseSeqsOnly()
{
    run(send(Alice, Bob, "a"), send(Alice, Bob, "b"), send(Alice, Bob, "c"), send(Alice, Bob, "d"));
    QCOMPARE(run(confirm(Bob, {4, 2}), fetch(Bob)),
        said("removed [2 1>2 +0, 4 1>2 +0]", "fetched [1 1>2 'a' +0, 3 1>2 'c' +0] last 4"));
    QCOMPARE(run(confirm(Bob, {3, 3, 3}), ReadMailbox{Bob}),
        said("removed [3 1>2 +0]", "mailbox 1 first 1 last 4"));
}

void StoreContract::confirmUpToRemovesAllToIt()
{
    run(send(Alice, Bob, "a"), send(Alice, Bob, "b"), send(Alice, Bob, "c"));
    QCOMPARE(run(confirmUpTo(Bob, 0), confirmUpTo(Bob, 2), fetch(Bob)),
        said("removed []", "removed [1 1>2 +0, 2 1>2 +0]", "fetched [3 1>2 'c' +0] last 3"));
    QCOMPARE(run(confirmUpTo(Bob, 2), confirmUpTo(Bob, MaxInteger), confirmUpTo(Bob, MaxInteger)),
        said("removed []", "removed [3 1>2 +0]", "removed []"));
}

void StoreContract::confirmingWhatIsNotThereRemovesNothing()
{
    QCOMPARE(run(confirm(Bob, {1}), confirmUpTo(Bob, 5), confirm(Bob, {}), confirm(Nobody, {1}),
                 confirmUpTo(Nobody, 1)),
        said("removed []", "removed []", "removed []", "removed []", "removed []"));
    run(send(Alice, Bob, "a"), send(Alice, Bob, "b"));
    QCOMPARE(run(confirm(Bob, {1}), confirm(Bob, {1}), confirm(Bob, {MaxInteger, 3, 0})),
        said("removed [1 1>2 +0]", "removed []", "removed []"));
    QCOMPARE(run(confirm(Bob, {1, 2, 3}), ReadMailbox{Bob}),
        said("removed [2 1>2 +0]", "mailbox 0 first 0 last 2"));
}

void StoreContract::confirmTouchesNoOtherMailbox()
{
    run(send(Alice, Bob, "a"), send(Alice, Carol, "b"), send(Bob, Alice, "c"));
    QCOMPARE(run(confirm(Alice, {1}), ReadMailbox{Bob}, ReadMailbox{Carol}),
        said("removed [1 2>1 +0]", "mailbox 1 first 1 last 1", "mailbox 1 first 1 last 1"));
    QCOMPARE(run(confirm(Bob, {1}), confirmUpTo(Carol, 9)),
        said("removed [1 1>2 +0]", "removed [1 1>3 +0]"));
}

void StoreContract::confirmTakesOnlyWhatCameBeforeIt()
{
    run(send(Alice, Bob, "a"));
    QCOMPARE(run(confirmUpTo(Bob, MaxInteger), send(Alice, Bob, "later", "k"), ReadMailbox{Bob},
                 Track{Alice, "k"}),
        said("removed [1 1>2 +0]", "stored 2 +0 unread 1", "mailbox 1 first 2 last 2",
            "tracked 2 >2 +0 unread"));
    QCOMPARE(run(confirm(Bob, {3, 4}), send(Alice, Bob, "its seq is not yet given"), fetch(Bob, 2)),
        said("removed []", "stored 3 +0 unread 2",
            "fetched [3 1>2 'its seq is not yet given' +0] last 3"));
    QCOMPARE(run(send(Alice, Bob, "earlier"), confirmUpTo(Bob, MaxInteger), ReadMailbox{Bob}),
        said("stored 4 +0 unread 3", "removed [2 1>2 key=k +0, 3 1>2 +0, 4 1>2 +0]",
            "mailbox 0 first 0 last 4"));
    QCOMPARE(run(send(Alice, Bob, "x"), confirm(Bob, {5}), send(Alice, Bob, "y"),
                 confirm(Bob, {5, 6}), send(Alice, Bob, "z"), ReadMailbox{Bob}),
        said("stored 5 +0 unread 1", "removed [5 1>2 +0]", "stored 6 +0 unread 1",
            "removed [6 1>2 +0]", "stored 7 +0 unread 1", "mailbox 1 first 7 last 7"));
}

void StoreContract::removedTellsEachMessageAscending()
{
    run(withReceipt(send(Alice, Bob, "a", "ka")), send(Carol, Bob, "b"));
    m_now += 10ms;
    run(send(Bob, Bob, "c", "kb"), withReceipt(send(Carol, Bob, "d")));
    m_now += 10ms;
    QCOMPARE(run(confirm(Bob, {4, 3, 1, 2}), withReceipt(send(Alice, Carol, "e", "ke")),
                 confirmUpTo(Carol, 1)),
        said("removed [1 1>2 key=ka +0 receipt, 2 3>2 +0, 3 2>2 key=kb +10, 4 3>2 +10 receipt]",
            "stored 1 +20 unread 1", "removed [1 1>3 key=ke +20 receipt]"));
    run(send(Alice, Bob, "body"));
    const auto outcomes = apply({confirmUpTo(Bob, 5)});
    const auto *confirmed = std::get_if<Confirmed>(&outcomes[0]);
    QVERIFY(confirmed && confirmed->removed.size() == 1);
    QVERIFY(confirmed->removed[0].body.isNull());
    QVERIFY(confirmed->removed[0].clientId.isNull());
}

void StoreContract::removedTellsTheBytesOfTheBodies()
{
    const auto bytes = [this](const std::vector<Action> &actions) {
        const auto outcomes = apply(actions);
        const auto *confirmed = std::get_if<Confirmed>(&outcomes.back());
        return confirmed ? confirmed->bytes : -1;
    };
    run(send(Alice, Bob, "12345"), send(Alice, Bob, "€€"), send(Alice, Bob, ""));
    QCOMPARE(bytes({confirm(Bob, {2, 3, 9})}), 6);
    QCOMPARE(bytes({send(Alice, Bob, "123"), confirm(Bob, {4})}), 3);
    QCOMPARE(bytes({confirmUpTo(Bob, 9)}), 5);
    QCOMPARE(bytes({confirmUpTo(Bob, 9)}), 0);
}

void StoreContract::confirmRemovesAThousand()
{
    Confirm odd{Bob, {}, {}};
    std::vector<Action> sends;
    for (int i = 1; i <= 2 * limits::Confirm; ++i) {
        sends.emplace_back(send(Alice, Bob, "x", QByteArray::number(i)));
        if (i % 2 == 1)
            odd.seqs.emplace_back(i);
    }
    apply(sends);
    const auto outcomes = apply({odd, confirmUpTo(Bob, MaxInteger)});
    for (size_t which : {0, 1}) {
        const auto *confirmed = std::get_if<Confirmed>(&outcomes[which]);
        QVERIFY(confirmed);
        QCOMPARE(confirmed->removed.size(), size_t(limits::Confirm));
        for (size_t i = 0; i < confirmed->removed.size(); ++i) {
            const Message &message = confirmed->removed[i];
            QCOMPARE(message.seq.value(), qint64(2 * i + which + 1));
            QCOMPARE(message.clientId, QByteArray::number(message.seq.value()));
        }
    }
}

// More than a store may remember of one mailbox, and then fewer and fewer: it must never take what
// it remembers for all that there is.
void StoreContract::confirmFindsEachOfMany()
{
    constexpr int Many = 600;
    constexpr int Few = 120;
    apply(std::vector<Action>(Many, send(Alice, Bob, "x")));
    Confirm newest{Bob, {}, {}};
    for (int seq = Many; seq > Few; --seq)
        newest.seqs.emplace_back(seq);
    apply({newest});
    for (int seq = Few; seq >= 1; --seq) {
        const auto outcomes = apply({confirm(Bob, {seq})});
        const auto *confirmed = std::get_if<Confirmed>(&outcomes[0]);
        QVERIFY(confirmed && confirmed->removed.size() == 1);
        QCOMPARE(confirmed->removed[0].seq.value(), seq);
    }
    QCOMPARE(run(send(Alice, Bob, "y"), confirmUpTo(Bob, MaxInteger), ReadMailbox{Bob}),
        said("stored 601 +0 unread 1", "removed [601 1>2 +0]", "mailbox 0 first 0 last 601"));
}

void StoreContract::removedStaysRemovedAfterReopen()
{
    run(send(Alice, Bob, "a", "k"), send(Alice, Bob, "b"));
    m_now += 3ms;
    run(confirm(Bob, {1}));
    reopen();
    QCOMPARE(run(fetch(Bob), confirm(Bob, {1}), Track{Alice, "k"}),
        said("fetched [2 1>2 'b' +0] last 2", "removed []", "tracked 1 >2 +0 confirmed +3"));
}

} // namespace parley::test
