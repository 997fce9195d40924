// SPDX-License-Identifier: MIT
// docs/protocol.md 3b: what is done to a user while they log in or connect counts; and who logs in
// a lot takes nobody else's turn.
#include "support/rawclient.h"
#include "support/scriptedstore.h"
#include "support/testserver.h"

#include <QTest>

using namespace parley;
using namespace parley::test;

namespace {

// A password check of some 20 ms, of a digest that no password has.
const QByteArray SlowHash =
    "$argon2id$v=19$m=8,t=2500,p=1$" + QByteArray(22, 'A') + '$' + QByteArray(43, 'A');

QByteArray quickHash(const QByteArray &password)
{
    return session::PasswordHasher::hash(password, app::Server::Strength::ForTests);
}

struct Login {
    QByteArray name;
    QByteArray source;
};

} // namespace

Q_DECLARE_METATYPE(std::vector<Login>)
Q_DECLARE_METATYPE(storage::ChangeUser)

class LoginRaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aLoginIsRefusedWhenItsUserChangesMeanwhile_data() { changes(); }
    void aLoginIsRefusedWhenItsUserChangesMeanwhile();
    void aConnectionEndsWhenItsUserChangesMeanwhile_data() { changes(); }
    void aConnectionEndsWhenItsUserChangesMeanwhile();
    void whoLogsInALotTakesNobodyElsesTurn_data();
    void whoLogsInALotTakesNobodyElsesTurn();

private:
    static void changes();
};

void LoginRaces::changes()
{
    QTest::addColumn<storage::ChangeUser>("change");
    QTest::newRow("passwd") << storage::ChangeUser{"user3", quickHash("new"), {}};
    QTest::newRow("disable") << storage::ChangeUser{"user3", {}, false};
}

// Its password has been checked by then.
void LoginRaces::aLoginIsRefusedWhenItsUserChangesMeanwhile()
{
    QFETCH(storage::ChangeUser, change);
    Script script;
    const TestServer server(script.makeStore());
    script.hold();
    RawClient client(server.port());
    client.send(loginRequest("user3", "secret"));
    QVERIFY(waitUntil([&] { return script.isHeld(); })); // at who it is
    script.hold();
    script.release();
    QVERIFY(waitUntil([&] { return script.isHeld(); })); // at its new session
    script.meanwhile(Script::When::Before, change);
    script.release();
    const HttpReply reply = client.reply();
    QCOMPARE(reply.status, 401);
    QCOMPARE(reply.errorCode(), "bad_credentials");
}

// Its session has been checked by then.
void LoginRaces::aConnectionEndsWhenItsUserChangesMeanwhile()
{
    QFETCH(storage::ChangeUser, change);
    Script script;
    const TestServer server(script.makeStore());
    const HttpReply login = ask(server.port(), loginRequest("user3", "secret"));
    QCOMPARE(login.status, 200);
    script.meanwhile(Script::When::Behind, change);
    RawClient client(server.port());
    QCOMPARE(client.upgrade(chatRequest(login)).status, 101);
    QCOMPARE(client.closeCode(), 4401);
}

void LoginRaces::whoLogsInALotTakesNobodyElsesTurn_data()
{
    QTest::addColumn<std::vector<Login>>("many");
    QTest::addColumn<std::vector<Login>>("others");
    QTest::newRow("as one user") << std::vector(3 * limits::HashingPerName,
        Login{"user3",
            "127.0.0.2"}) << std::vector(limits::HashingPerName, Login{"user4", "127.0.0.2"});
    std::vector<Login> fromOne;
    std::vector<Login> fromOthers;
    for (int i = 0; i < limits::HashingPerAddress + 12; ++i)
        fromOne.push_back({"user" + QByteArray::number(3 + i % 10), "127.0.0.2"});
    for (int i = 0; i < 12; ++i)
        fromOthers.push_back(
            {"user" + QByteArray::number(3 + i % 10), "127.0.0." + QByteArray::number(3 + i)});
    QTest::newRow("from one address") << fromOne << fromOthers;
}

// All are in the queue before the first of them are through.
void LoginRaces::whoLogsInALotTakesNobodyElsesTurn()
{
    QFETCH(std::vector<Login>, many);
    QFETCH(std::vector<Login>, others);
    Script script;
    auto store = script.makeStore();
    QVERIFY(store->open());
    for (int id = 3; id < 13; ++id) {
        const QByteArray name = "user" + QByteArray::number(id);
        const storage::Operation add{storage::AddUser{{UserId(id), name, SlowHash, true}}, {}, {}};
        QVERIFY(store->apply({&add, 1}, Time()));
    }
    const TestServer server(std::move(store));
    RawClient holder(server.chatUrl(1));
    script.hold();
    holder.send(textFrame(R"({"cmd":"SEND","receiveUserId":2,"body":"x"})"));
    script.awaitHeld();
    std::vector<std::unique_ptr<RawClient>> clients;
    std::ranges::copy(others, std::back_inserter(many));
    for (const Login &login : many) {
        clients.push_back(std::make_unique<RawClient>(server.port(), login.source));
        clients.back()->send(loginRequest(login.name, "x"));
    }
    for (int i = 0; i < 4; ++i)
        QCOMPARE(ask(server.port(), HealthRequest).status, 200);
    script.release();
    const auto isRefused = [](const auto &client) { return client->reply().status == 503; };
    const auto firstOther = clients.end() - qsizetype(others.size());
    QVERIFY(std::count_if(clients.begin(), firstOther, isRefused) > 0);
    QCOMPARE(std::count_if(firstOther, clients.end(), isRefused), 0);
}

QTEST_GUILESS_MAIN(LoginRaces)
#include "loginraces.moc"
