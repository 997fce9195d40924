// SPDX-License-Identifier: MIT
#include "storage/sql/patience.h"

#include <QTest>

using parley::storage::sql::Patience;
using namespace std::chrono_literals;

class SqlPatience final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itLastsAsLongAsItIsMeantTo()
    {
        Patience patience(10s);
        Patience::Duration waited = 0s;
        while (patience.piece() > 0s) {
            waited += patience.piece();
            patience.waited(patience.piece());
        }
        QCOMPARE(waited.count(), Patience::Duration(10s).count());
    }

    void whatComesSoonCostsWhatItTook()
    {
        Patience patience(1s);
        for (int i = 0; i < 999; ++i)
            patience.waited(1ms);
        QCOMPARE(patience.piece().count(), Patience::Duration(1ms).count());
    }

    // This process was stopped for longer than its whole patience: there is nearly all of it left
    // to read what has come meanwhile.
    void aStandstillOfOnesOwnIsNobodysSilence()
    {
        Patience patience(10s);
        patience.waited(18s);
        QVERIFY(patience.piece() > 0s);
        for (int i = 0; i < 18; ++i)
            patience.waited(500ms);
        QVERIFY(patience.piece() > 0s);
        patience.waited(18s);
        QVERIFY(patience.piece() == 0s);
    }
};

QTEST_GUILESS_MAIN(SqlPatience)
#include "patience.moc"
