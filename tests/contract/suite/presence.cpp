// SPDX-License-Identifier: MIT
#include "suite/storecontract.h"

#include <QTest>

namespace parley::test {

using namespace storage;

namespace {

PresenceChange online(UserId user)
{
    return {user, true, {}};
}
PresenceChange offline(UserId user)
{
    return {user, false, {}};
}
PresenceChange seen(UserId user, int ms)
{
    return {user, {}, Start + milliseconds(ms)};
}

const QByteArray Written = "presence written";

} // namespace

void StoreContract::whoWasNeverSeenIsOffline()
{
    QCOMPARE(run(ReadPresence{{Bob, Nobody, Alice, Bob}}, ReadPresence()),
        said("presence [2 offline never, 77 offline never, 1 offline never, 2 offline never]",
            "presence []"));
    QCOMPARE(run(WritePresence{{offline(Bob)}}, WritePresence(), ReadPresence{{Bob}}),
        said(Written, Written, "presence [2 offline never]"));
}

void StoreContract::onlineBeginsWithAMomentSeen()
{
    m_now += 50ms;
    QCOMPARE(run(WritePresence{{online(Bob)}}, ReadPresence{{Carol, Bob}}),
        said(Written, "presence [3 offline never, 2 online +50]"));
    m_now += 50ms;
    QCOMPARE(run(WritePresence{{online(Bob), offline(Alice), online(Alice)}},
                 WritePresence{{seen(Carol, 7), online(Carol)}}, ReadPresence{{Alice, Bob, Carol}}),
        said(Written, Written, "presence [1 online +100, 2 online +50, 3 online +7]"));
}

void StoreContract::lastSeenNeverGoesBack()
{
    QCOMPARE(
        run(WritePresence{{seen(Bob, 100)}}, WritePresence{{seen(Bob, 99)}}, ReadPresence{{Bob}},
            WritePresence{{seen(Bob, 101), seen(Bob, 5)}}, ReadPresence{{Bob}}),
        said(Written, Written, "presence [2 offline +100]", Written, "presence [2 offline +101]"));
    m_now += 1000ms;
    QCOMPARE(run(WritePresence{{{Bob, true, Start + 40ms}, {Alice, true, Start + 40ms}}},
                 ReadPresence{{Bob, Alice}}),
        said(Written, "presence [2 online +101, 1 online +40]"));
    // Coming online counts as seen, even when something older is told later.
    QCOMPARE(run(WritePresence{{online(Carol), seen(Carol, 3)}}, ReadPresence{{Carol}}),
        said(Written, "presence [3 online +1000]"));
}

void StoreContract::unsetFieldsStay()
{
    run(WritePresence{{{Bob, true, Start + 10ms}}});
    m_now += 500ms;
    QCOMPARE(run(WritePresence{{seen(Bob, 20)}}, ReadPresence{{Bob}}, WritePresence{{offline(Bob)}},
                 ReadPresence{{Bob}}, WritePresence{{online(Bob)}}, ReadPresence{{Bob}},
                 WritePresence{{{Bob, {}, {}}}}, ReadPresence{{Bob}}),
        said(Written, "presence [2 online +20]", Written, "presence [2 offline +20]", Written,
            "presence [2 online +20]", Written, "presence [2 online +20]"));
}

void StoreContract::presenceChangesTakeEffectInTheirOrder()
{
    QCOMPARE(run(WritePresence{{online(Bob), offline(Bob), online(Alice), seen(Bob, 5),
                     offline(Alice), online(Alice)}},
                 WritePresence{{offline(Carol), online(Carol)}}, WritePresence{{offline(Carol)}},
                 ReadPresence{{Alice, Bob, Carol}}),
        said(Written, Written, Written, "presence [1 online +0, 2 offline +5, 3 offline +0]"));
    QCOMPARE(run(WritePresence{{online(Bob)}}, ReadPresence{{Bob}}, WritePresence{{offline(Bob)}},
                 ReadPresence{{Bob}}, WritePresence{{online(Bob), seen(Bob, 8)}}, ResetPresence(),
                 WritePresence{{online(Alice)}}, ReadPresence{{Alice, Bob}}),
        said(Written, "presence [2 online +5]", Written, "presence [2 offline +5]", Written,
            Written, Written, "presence [1 online +0, 2 offline +8]"));
}

void StoreContract::resetPresenceTakesEverybodyOffline()
{
    run(WritePresence{{{Alice, true, Start + 1ms}, {Bob, true, Start + 2ms}, seen(Carol, 3)}});
    m_now += 100ms;
    QCOMPARE(run(ResetPresence(), ReadPresence{{Alice, Bob, Carol, Nobody}}),
        said(Written, "presence [1 offline +1, 2 offline +2, 3 offline +3, 77 offline never]"));
}

void StoreContract::presenceLastsOverReopen()
{
    run(WritePresence{{{Alice, true, Start + 1ms}, seen(Bob, 2)}});
    reopen();
    QCOMPARE(run(ReadPresence{{Alice, Bob}}, WritePresence{{seen(Bob, 1)}}, ReadPresence{{Bob}}),
        said("presence [1 online +1, 2 offline +2]", Written, "presence [2 offline +2]"));
}

} // namespace parley::test
