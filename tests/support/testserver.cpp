// SPDX-License-Identifier: MIT
#include "support/testserver.h"

#include "session/timesession.h"
#include "storage/memorystore.h"
#include "storage/sql/open.h"

namespace parley::test {
namespace {

std::unique_ptr<storage::Store> makeStore(const QString &url, const Limits &limits)
{
    if (url.isEmpty())
        return std::make_unique<storage::MemoryStore>(limits);
    auto store = storage::sql::makeStore(url, limits);
    if (!store)
        qFatal("%s", qPrintable(store.failure().text));
    return std::move(*store);
}

void addUsers(storage::Store &store)
{
    static const QByteArray Hash =
        session::PasswordHasher::hash("secret", session::PasswordHasher::Strength::ForTests);
    std::vector<storage::Operation> operations;
    for (int id = 1; id <= TestServer::Users; ++id)
        operations.push_back(
            {storage::AddUser{{UserId(id), "user" + QByteArray::number(id), Hash, true}}, {}, {}});
    if (const auto opened = store.open(); !opened)
        qFatal("%s", qPrintable(opened.failure().text));
    if (const auto added = store.apply(operations, SystemClock().now()); !added)
        qFatal("%s", qPrintable(added.failure().text));
    store.close();
}

app::Settings makeSettings(const TestServer::Adjust &adjust)
{
    app::Settings settings;
    settings.listen.front().port = 0;
    settings.gateways = 2;
    settings.secretKey = TestServer::SecretKey;
    // The integration tests run on both loops: see tests/CMakeLists.txt.
    if (qEnvironmentVariable("PARLEY_EVENT_LOOP") == QLatin1String("qt"))
        settings.eventLoop = app::EventLoop::Qt;
    if (adjust)
        adjust(settings);
    return settings;
}

} // namespace

TestServer::TestServer(const Adjust &adjust, const QString &storeUrl)
    : TestServer(adjust, storeUrl, storage::sql::makeBus(storeUrl))
{
}

TestServer::TestServer(
    const Adjust &adjust, const QString &storeUrl, std::unique_ptr<storage::Bus> bus)
{
    const app::Settings settings = makeSettings(adjust);
    start(settings, makeStore(storeUrl, settings.limits), std::move(bus));
}

TestServer::TestServer(std::unique_ptr<storage::Store> store, const Adjust &adjust)
{
    start(makeSettings(adjust), std::move(store));
}

void TestServer::start(const app::Settings &settings, std::unique_ptr<storage::Store> store,
    std::unique_ptr<storage::Bus> bus)
{
    addUsers(*store);
    m_server = std::make_unique<app::Server>(
        settings, m_clock, std::move(store), app::Server::Strength::ForTests, std::move(bus));
    const auto port = m_server->start();
    if (!port)
        qFatal("%s", qPrintable(port.failure().text));
    m_port = *port;
}

TestServer::~TestServer() = default;

QUrl TestServer::chatUrl(qint64 userId) const
{
    return chatUrl(userId, session::mintTimeSession(SecretKey, UserId(userId), m_clock.now()));
}

QUrl TestServer::chatUrl(qint64 userId, const QByteArray &session) const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/chat/private?userId=%2&session=%3")
                    .arg(m_port)
                    .arg(userId)
                    .arg(QString::fromLatin1(session)));
}

} // namespace parley::test
