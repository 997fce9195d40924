// SPDX-License-Identifier: MIT
// The PostgreSQL server that other tests rely on does what they rely on.
#include "support/postgres.h"
#include "support/why.h"

#include <QTest>

#include <csignal>

using parley::test::Postgres;
using parley::test::why;

class OwnPostgres : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsItsDataAndPortThroughEveryStop()
    {
        Postgres server(Postgres::Disk::Durable);
        auto started = server.start();
        QVERIFY2(started, why(started));
        const auto url = server.createDatabase();
        QVERIFY2(url, why(url));
        QVERIFY(server.query(*url, "CREATE TABLE t (n int)"));
        const auto port = server.port();
        int rows = 0;
        for (auto how : {Postgres::Stop::Clean, Postgres::Stop::Immediate, Postgres::Stop::Kill}) {
            QVERIFY(server.query(*url, "INSERT INTO t VALUES (1)"));
            server.stop(how);
            QVERIFY(!server.isRunning());
            QVERIFY(!server.query(*url, "SELECT 1"));
            started = server.start();
            QVERIFY2(started, why(started));
            QCOMPARE(server.port(), port);
            const auto count = server.query(*url, "SELECT count(*) FROM t");
            QVERIFY(count);
            QCOMPARE(*count, QByteArray::number(++rows));
        }
        QCOMPARE(*server.query(*url, "SHOW fsync"), QByteArray("on"));
        QCOMPARE(*server.query(*url, "SHOW listen_addresses"), QByteArray("127.0.0.1"));
    }

    void endsWithItsObject()
    {
        qint64 pid = 0;
        {
            Postgres server;
            const auto started = server.start();
            QVERIFY2(started, why(started));
            pid = server.pid();
            QCOMPARE(kill(pid_t(pid), 0), 0);
        }
        QCOMPARE(kill(pid_t(pid), 0), -1);
    }
};

QTEST_GUILESS_MAIN(OwnPostgres)
#include "ownpostgres.moc"
