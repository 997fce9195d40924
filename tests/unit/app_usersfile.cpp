// SPDX-License-Identifier: MIT
#include "app/usersfile.h"

#include "support/why.h"

#include <QTest>

using namespace parley;
using namespace parley::app;
using parley::test::why;

class UsersFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesIdNameAndPassword()
    {
        const auto users = parseUsers("1,alice,pass word\r\n\n42,b\xc3\xb6"
                                      "b\n7,carol,\n",
            file());
        QVERIFY2(users, why(users));
        QCOMPARE(users->size(), size_t(3));
        QCOMPARE(users->at(0).id, UserId(1));
        QCOMPARE(users->at(0).name, "alice");
        QCOMPARE(users->at(0).password, "pass word");
        QCOMPARE(users->at(1).name,
            "b\xc3\xb6"
            "b");
        QCOMPARE(users->at(1).line, 3);
        QVERIFY(users->at(1).password.isEmpty());
        QVERIFY(users->at(2).password.isEmpty());
    }

    void takesQuotedFields()
    {
        const auto users = parseUsers("1,\"Doe, Jane\",\"say \"\"hi\"\"\"", file());
        QVERIFY2(users, why(users));
        QCOMPARE(users->at(0).name, "Doe, Jane");
        QCOMPARE(users->at(0).password, "say \"hi\"");
    }

    void namesTheLineThatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QByteArray &second, const char *text) {
            QTest::newRow(name) << second << QString::fromLatin1(text);
        };
        row("one field", "2", "id,name");
        row("four fields", "2,b,c,d", "id,name");
        row("id zero", "0,bob", "whole number");
        row("id negative", "-1,bob", "whole number");
        row("id with sign", "+2,bob", "whole number");
        row("id no number", "two,bob", "whole number");
        row("id empty", ",bob", "whole number");
        row("id over 2^53-1", "9007199254740992,bob", "whole number");
        row("id over 2^63", "99999999999999999999,bob", "whole number");
        row("name empty", "2,", "1 to 64 characters");
        row("name too long", "2," + QByteArray(65, 'x'), "1 to 64 characters");
        row("name not UTF-8", "2,\xff\xfe", "1 to 64 characters");
        row("name with tab", "2,b\tb", "control characters");
        row("name with DEL", "2,b\x7f", "control characters");
        row("password too long", "2,bob," + QByteArray(1025, 'x'), "1 to 1024 bytes");
        row("password not UTF-8", "2,bob,\xff", "1 to 1024 bytes");
        row("password with a zero", "2,bob," + QByteArray("a\0b", 3), "none of them zero");
        row("open quote", "2,\"bob", "not closed");
        row("behind quote", "2,\"bob\"x", "comma is expected");
        row("id twice", "1,bob", "the id is already in line 1");
        row("name twice", "2,alice", "the name is already in line 1");
    }
    void namesTheLineThatIsWrong()
    {
        QFETCH(QByteArray, second);
        QFETCH(QString, text);
        const auto users = parseUsers("1,alice\n" + second + "\n3,carol\n", file());
        QVERIFY(!users);
        QVERIFY2(users.failure().text.startsWith(QStringLiteral("users.csv:2: ")), why(users));
        QVERIFY2(users.failure().text.contains(text), why(users));
    }

    void countsCharactersOfNamesNotBytes()
    {
        QVERIFY(checkUserName(QByteArray("\xf0\x9f\x98\x80").repeated(64)));
        QVERIFY(!checkUserName(QByteArray("\xf0\x9f\x98\x80").repeated(65)));
        // A login would count a byte order mark, too.
        QVERIFY(!checkUserName("\xef\xbb\xbf" + QByteArray(64, 'x')));
    }

    void takesTheLargestId()
    {
        const auto id = parseUserId("9007199254740991");
        QVERIFY(id);
        QCOMPARE(id->value(), MaxInteger);
    }

private:
    static QString file() { return QStringLiteral("users.csv"); }
};

QTEST_GUILESS_MAIN(UsersFileTest)
#include "app_usersfile.moc"
