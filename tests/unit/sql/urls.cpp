// SPDX-License-Identifier: MIT
#include "storage/sql/open.h"

#include <QTest>

using namespace parley;

class SqlUrls final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsNoUrlIsRefused_data()
    {
        QTest::addColumn<QString>("url");
        for (const char *url :
            {"", "sqlite:", "parley.db", "mysql://u@h/d", "postgresql:", "postgresql://host/name",
                "postgresql://user@/name", "postgresql://user@host", "postgresql://user@host/",
                "postgresql://user@host:/name", "postgresql://user@host:0/name",
                "postgresql://user@host:65536/name", "postgresql://user@host:x/name",
                "postgresql://user@host/name?sslmode=off", "postgresql://user@host/a/b",
                " postgresql://user@host/a", "postgresql://user@host/a\n",
                "postgresql://user@one,/name", "postgresql://user@one,two:0/name",
                "postgresql://user@one%2Ctwo/name", "postgresql://user:secret@host:5432/name"})
            QTest::newRow(url) << QString::fromUtf8(url);
    }
    void whatIsNoUrlIsRefused()
    {
        QFETCH(QString, url);
        const auto store = storage::sql::makeStore(url, {});
        QVERIFY(!store);
        QVERIFY(!store.failure().transient);
        QVERIFY(!store.failure().text.contains(QStringLiteral("secret")));
    }

    void urlsAreTaken_data()
    {
        QTest::addColumn<QString>("url");
        for (const char *url : {"sqlite:parley.db", "sqlite:/var/lib/a b/parley.db",
                 "postgresql://user@host:5432/name", "postgresql://user@host/name",
                 "postgresql://us%40er@127.0.0.1:1/na%20me", "postgresql://user@[::1]:65535/name",
                 "postgresql://user@%2Frun%2Fpostgresql:5432/name",
                 "postgresql://user@one,two:5433,[::1]:5434/name"})
            QTest::newRow(url) << QString::fromUtf8(url);
    }
    void urlsAreTaken()
    {
        QFETCH(QString, url);
        QVERIFY(storage::sql::makeStore(url, {}));
    }
};

QTEST_GUILESS_MAIN(SqlUrls)
#include "urls.moc"
