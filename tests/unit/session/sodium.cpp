// SPDX-License-Identifier: MIT
// Comparing secrets: the whole of it counts, and an empty one opens nothing.
#include "session/sodium.h"

#include <QTest>

using namespace parley;

class SodiumTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyTheWholeSecretIsTheSecret()
    {
        const QByteArray secret("\0admin token", 12);
        QVERIFY(session::isSecret(secret, secret));
        for (const QByteArray &other : {QByteArray(), secret.chopped(1), secret + 'x',
                 secret.toUpper(), secret.mid(1), QByteArray("x")})
            QVERIFY(!session::isSecret(secret, other));
    }

    void anEmptySecretIsNobodys()
    {
        QVERIFY(!session::isSecret({}, {}));
        QVERIFY(!session::isSecret({}, "x"));
    }
};

QTEST_GUILESS_MAIN(SodiumTest)
#include "sodium.moc"
