// SPDX-License-Identifier: MIT
#include "client/identity.h"

#include <QSet>
#include <QTest>

using namespace parley;
using namespace parley::client;
using namespace std::chrono;

class IdentityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void timeSessionsAreMintedAsTheContractSays();
    void aProviderMintsForItsUser();
    void clientIdsFitAndDoNotRepeat();
};

void IdentityTest::timeSessionsAreMintedAsTheContractSays()
{
    const Time made = sys_days(2026y / 11 / 23) + 18h + 5min;
    QCOMPARE(mintTimeSession("s3cret-key", UserId(1), made), "77c112ebdb947ceeb0baabe9a4dd21c8");
    QCOMPARE(
        mintTimeSession("s3cret-key", UserId(1), made + 59s), "77c112ebdb947ceeb0baabe9a4dd21c8");
    QCOMPARE(mintTimeSession("s3cret-key", UserId(42), made), "8e68432d1efb3970e30551dd81f8b684");
    QCOMPARE(mintTimeSession("k", UserId(MaxInteger), sys_days(2027y / 1 / 1)),
        "6f59b7d1452c3af12dbc70ebeb214161");
}

void IdentityTest::aProviderMintsForItsUser()
{
    const Ticket ticket = timeSessions("k", UserId(7))();
    QCOMPARE(ticket.userId, UserId(7));
    QCOMPARE(ticket.session.size(), 32);
}

void IdentityTest::clientIdsFitAndDoNotRepeat()
{
    QSet<QByteArray> ids;
    for (int i = 0; i < 1000; ++i)
        ids.insert(newClientId());
    QCOMPARE(ids.size(), 1000);
    for (const QByteArray &id : ids)
        QCOMPARE(id.size(), 22);
}

QTEST_GUILESS_MAIN(IdentityTest)
#include "identity.moc"
