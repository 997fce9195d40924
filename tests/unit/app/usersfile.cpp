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
        row("blank before a password", "2,bob, secret", "white space around a password");
        row("blank behind a password", "2,bob,secret ", "white space around a password");
        row("name of a blank", "2,\" \"", "begin and end with a visible character");
        row("name that shows nothing", "2,\xe2\x80\x8b", "or invisible ones");
        row("header in between", "id,name", "whole number");
        row("CR within", "2,bob\r3,carol", "not with CR");
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

    void marksOfAnEditorAndBlanksAreNoPartOfAField()
    {
        const char *files[] = {
            ("\xef\xbb\xbf"
             "1,alice,pass word\r\n2,bob\r\n"),
            "id,name,password\n1,alice,pass word\n2,bob\n",
            "\xef\xbb\xbf\r\nID, Name, Password\r\n 1 , alice ,\"pass word\"\r\n2,bob, \r\n",
            "\"id\",\"name\"\n1, \"alice\" , \"pass word\" \n  \n2\t,\tbob,\n",
        };
        for (const char *csv : files) {
            const auto users = parseUsers(csv, file());
            QVERIFY2(users, why(users));
            QCOMPARE(users->size(), size_t(2));
            QCOMPARE(users->front().id, UserId(1));
            QCOMPARE(users->front().name, "alice");
            QCOMPARE(users->front().password, "pass word");
            QCOMPARE(users->back().name, "bob");
            QCOMPARE(users->back().password, QByteArray());
        }
    }

    void blanksOfAPasswordAreQuoted()
    {
        const auto users = parseUsers("1,alice,\" p w \"\n", file());
        QVERIFY2(users, why(users));
        QCOMPARE(users->front().password, " p w ");
    }

    void anotherEncodingIsNamed()
    {
        const auto users = parseUsers(QByteArray("\xff\xfe"
                                                 "1\0,\0a\0",
                                          8),
            file());
        QVERIFY(!users);
        QCOMPARE(
            users.failure().text, QStringLiteral("users.csv: it is UTF-16; UTF-8 is expected"));
    }

    void namesAreSeen_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isGood");
        const auto row = [](const char16_t *name, bool isGood) {
            const QString text = QStringView(name).toString();
            QTest::newRow(qPrintable(QString::fromLatin1(text.toUtf8().toPercentEncoding())))
                << text << isGood;
        };
        for (const char16_t *good : {u"alice", u"Anna Maria", u"O'Neil", u"山田　太郎", u"Nguyễn",
                 u"Nguye\u0302\u0303n", u"\u0646\u0627\u0645\u0647\u200c\u0627\u06cc",
                 u"\U0001F469\u200D\U0001F4BB", u"\u2764\ufe0f", u"1"})
            row(good, true);
        for (const char16_t *bad : {u" ", u"   ", u"\u00a0", u"\u3000", u" alice", u"alice ",
                 u"alice\u00a0", u"\u200b", u"ali\u200bce", u"\u200d", u"a\u200d", u"\ufeffalice",
                 u"a\u00adb", u"a\u202eb", u"\u2066a", u"\u2028", u"a\u2029b", u"\u3164", u"\u2800",
                 u"a\u115fb", u"\u0301", u"\ufe0f", u"a\u034fb", u"\U000E0041", u"a\u0085"})
            row(bad, false);
    }
    void namesAreSeen()
    {
        QFETCH(QString, name);
        QFETCH(bool, isGood);
        QCOMPARE(bool(checkUserName(name.toUtf8())), isGood);
    }

    void countsCharactersOfNamesNotBytes()
    {
        QVERIFY(checkUserName(QByteArray("\xf0\x9f\x98\x80").repeated(64)));
        QVERIFY(!checkUserName(QByteArray("\xf0\x9f\x98\x80").repeated(65)));
        // A login would count a byte order mark, too.
        QVERIFY(!checkUserName("\xef\xbb\xbf" + QByteArray(64, 'x')));
    }

    // The same here and in the address of the chat.
    void anIdHasOneForm_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("id"); // 0: it is none
        QTest::newRow("the least") << QByteArray("1") << qint64(1);
        QTest::newRow("the largest") << QByteArray("9007199254740991") << MaxInteger;
        QTest::newRow("more") << QByteArray("9007199254740992") << qint64(0);
        QTest::newRow("17 digits") << QByteArray("10000000000000000") << qint64(0);
        QTest::newRow("none") << QByteArray() << qint64(0);
        QTest::newRow("zero") << QByteArray("0") << qint64(0);
        QTest::newRow("a leading zero") << QByteArray("01") << qint64(0);
        QTest::newRow("a sign") << QByteArray("+1") << qint64(0);
        QTest::newRow("a blank") << QByteArray(" 1") << qint64(0);
        QTest::newRow("a point") << QByteArray("1.0") << qint64(0);
        QTest::newRow("other digits") << QByteArray("\xd9\xa1") << qint64(0);
    }

    void anIdHasOneForm()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, id);
        QCOMPARE(parseUserId(text).value_or(UserId()).value(), id);
        QCOMPARE(bool(typedUserId(text)), id != 0);
    }

private:
    static QString file() { return QStringLiteral("users.csv"); }
};

QTEST_GUILESS_MAIN(UsersFileTest)
#include "usersfile.moc"
