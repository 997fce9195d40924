// SPDX-License-Identifier: MIT
#include "core/limits.h"
#include "protocol/codec.h"
#include "unit/protocol/texts.h"

#include <QTest>

using namespace parley;
using namespace parley::protocol;

class CodecLoginTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void credentialsAreTaken_data();
    void credentialsAreTaken();
    void nothingElseIsCredentials_data();
    void nothingElseIsCredentials();
    void loginIsAsInTheContract();
    void malformedIsNoLogin();
    void httpErrorIsAsInTheContract();
    void utf8IsWhatUnicodeSays_data();
    void utf8IsWhatUnicodeSays();
    void codePointsAreCounted();
};

namespace {

const QByteArray LongName = QByteArray("\U0001f600").repeated(limits::UserNameChars);
const QByteArray LongPassword = QByteArray(limits::PasswordBytes, 'p');

} // namespace

void CodecLoginTest::credentialsAreTaken_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("username");
    QTest::addColumn<QByteArray>("password");
    const auto row = [](const char *name, const QByteArray &body, const QByteArray &username,
                         const QByteArray &password) {
        QTest::newRow(name) << body << username << password;
    };
    row("as in the contract", R"({"username":"alice","password":"s3cret"})", "alice", "s3cret");
    row("other order, spaces", " {\"password\" : \"p\" ,\n\"username\":\"a\"} ", "a", "p");
    row("escapes", R"({"username":"\u00e9","password":"\"\\\ud83d\ude00"})", "é", "\"\\\U0001f600");
    row("empty password", R"({"username":"a","password":""})", "a", "");
    row("unknown fields", R"({"username":"a","x":[1e400],"password":"p","x":null})", "a", "p");
    row("the longest", "{\"username\":\"" + LongName + "\",\"password\":\"" + LongPassword + "\"}",
        LongName, LongPassword);
}

void CodecLoginTest::credentialsAreTaken()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, username);
    QFETCH(QByteArray, password);
    const auto credentials = decodeCredentials(body);
    QVERIFY(credentials);
    QCOMPARE(credentials->username, username);
    QCOMPARE(credentials->password, password);
}

void CodecLoginTest::nothingElseIsCredentials_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body :
        {"", "[]", "null", "\"alice\"", "{}", R"({"username":"a"})", R"({"password":"p"})",
            R"({"username":"","password":"p"})", R"({"username":1,"password":"p"})",
            R"({"username":"a","password":1})", R"({"username":null,"password":"p"})",
            R"({"username":"a","password":null})", R"({"username":["a"],"password":"p"})",
            R"({"username":"a\u0000","password":"p"})", R"({"username":"a","password":"\u0000"})",
            R"({"username":"a","username":"a","password":"p"})",
            R"({"username":"a","password":"","password":""})",
            R"({"username":"a","password":"p"} x)", R"([{"username":"a","password":"p"}])",
            R"({"x":{"username":"a","password":"p"}})", "username=a&password=p",
            "{\"username\":\"\xff\",\"password\":\"p\"}"})
        QTest::newRow(body) << QByteArray(body);
    QTest::newRow("name of 65 characters")
        << "{\"username\":\"" + LongName + "x\",\"password\":\"p\"}";
    QTest::newRow("password of 1025 bytes")
        << "{\"username\":\"a\",\"password\":\"" + LongPassword + "x\"}";
}

void CodecLoginTest::nothingElseIsCredentials()
{
    QFETCH(QByteArray, body);
    QVERIFY(!decodeCredentials(body));
}

void CodecLoginTest::loginIsAsInTheContract()
{
    const QByteArray body = R"({"userId":1,"session":"p1_x","expiresAt":1795457100123,)"
                            R"("chat":"/chat/private?userId=1&session=p1_x"})";
    const auto login = decodeLogin(body);
    QVERIFY(login);
    QCOMPARE(login->userId, UserId(1));
    QCOMPARE(login->session, "p1_x");
    QCOMPARE(toMs(login->expiresAt), 1'795'457'100'123);
    QCOMPARE(login->chat, "/chat/private?userId=1&session=p1_x");
    QCOMPARE(encode(*login), body);
}

void CodecLoginTest::malformedIsNoLogin()
{
    for (const char *body :
        {"", "[]", "{}", R"({"userId":0,"session":"s","expiresAt":1,"chat":"/"})",
            R"({"userId":1,"expiresAt":1,"chat":"/"})",
            R"({"userId":1,"session":"s",)"
            R"("chat":"/"})",
            R"({"userId":1,"session":"s","expiresAt":1,"chat":null})"})
        QVERIFY(!decodeLogin(body));
}

void CodecLoginTest::httpErrorIsAsInTheContract()
{
    QCOMPARE(encodeHttpError(ErrorCode::BadRequest, "no \"Host\""),
        R"({"error":{"code":"bad_request","message":"no \"Host\""}})");
    QCOMPARE(encodeHttpError(ErrorCode::SessionInvalid),
        "{\"error\":{\"code\":\"session_invalid\",\"message\":\""
            + text(ErrorCode::SessionInvalid).toByteArray() + "\"}}");
}

void CodecLoginTest::utf8IsWhatUnicodeSays_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char *name, const QByteArray &bytes, bool valid) {
        QTest::newRow(name) << bytes << valid;
        // The same behind and before more than a vector register of other text.
        const QByteArray text = QByteArray("ab\u00e9\U0001f600").repeated(20);
        QTest::addRow("%s, within a text", name) << text + bytes + text << valid;
    };
    row("nothing", "", true);
    row("two, three and four bytes", "\u00e9\u2028\U0010ffff", true);
    row("U+0000", QByteArray(1, '\0'), true);
    row("non-character", "\uffff", true);
    row("byte order mark", "\ufeff", true);
    row("continuation alone", "\x80", false);
    row("cut short", "\xe2\x80", false);
    row("overlong slash", "\xc0\xaf", false);
    row("overlong in three", "\xe0\x80\xaf", false);
    row("surrogate", "\xed\xa0\x80", false);
    row("beyond U+10FFFF", "\xf4\x90\x80\x80", false);
    row("byte of no form", "\xff", false);
}

void CodecLoginTest::utf8IsWhatUnicodeSays()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, valid);
    QCOMPARE(isUtf8(bytes), valid);
}

void CodecLoginTest::codePointsAreCounted()
{
    QCOMPARE(codePoints({}), 0);
    QCOMPARE(codePoints("a\u00e9\u2028\U0001f600"), 4);
    for (const QByteArray &text : hostileTexts())
        QCOMPARE(codePoints(text), QString::fromUtf8(text).toUcs4().size());
}

QTEST_GUILESS_MAIN(CodecLoginTest)
#include "login.moc"
