// SPDX-License-Identifier: MIT
#include "app/running.h"

#include "app/adminaction.h"
#include "app/control/ask.h"
#include "core/printable.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonArray>

namespace parley::app {

using control::Answerer;
using control::lineOf;

namespace {

const QString Ask = QStringLiteral("ask");
const QString UserKey = QStringLiteral("userId");
const QString KeyDigest = QStringLiteral("keyDigest");
const QString FailureKey = QStringLiteral("failure");
const QString Omitted = QStringLiteral("omitted");

// Of all gateways together; what one of them gathers holds it up for less than a millisecond.
constexpr size_t MostConnections = 10'000;

// --- the server's side

QLatin1StringView name(chat::ConnectionFacts::Feed feed)
{
    using Feed = chat::ConnectionFacts::Feed;
    switch (feed) {
    case Feed::Greeting:
        return QLatin1StringView("greeting");
    case Feed::Live:
        return QLatin1StringView("live");
    case Feed::Behind:
        return QLatin1StringView("behind");
    }
    Q_UNREACHABLE();
}

QJsonObject toJson(const chat::ConnectionFacts &facts)
{
    return {{UserKey, facts.user.value()},
        {QStringLiteral("connectionId"), QString::fromLatin1(chat::wireText(facts.id))},
        {QStringLiteral("address"), QString::fromLatin1(facts.address)},
        {QStringLiteral("since"), toMs(facts.since)}, {QStringLiteral("state"), name(facts.feed)},
        {QStringLiteral("waitingBytes"), facts.waitingBytes},
        {QStringLiteral("lastHeard"), toMs(facts.lastHeard)}};
}

QByteArray linesOf(const chat::ListedConnections &listed)
{
    QByteArray lines;
    for (const chat::ConnectionFacts &facts : listed.connections)
        lines += lineOf(toJson(facts));
    return lines + lineOf({{Omitted, qint64(listed.omitted)}});
}

QJsonObject toJson(const Server::Stats &stats)
{
    QJsonObject json{{QStringLiteral("version"), QStringLiteral(PARLEY_VERSION)},
        {QStringLiteral("uptimeSeconds"),
            qint64(std::chrono::duration_cast<std::chrono::seconds>(stats.uptime).count())},
        {QStringLiteral("connections"), stats.connections},
        {QStringLiteral("stored"), stats.stored}, {QStringLiteral("confirmed"), stats.confirmed},
        {QStringLiteral("storeAvailable"), stats.storeAvailable},
        {QStringLiteral("memoryBytes"), stats.memoryBytes},
        {QStringLiteral("descriptors"), stats.descriptors}};
    if (stats.unreadIsKnown) {
        json.insert(QStringLiteral("unread"), stats.unread);
        json.insert(QStringLiteral("unreadBytes"), stats.unreadBytes);
    }
    return json;
}

// --- the side of who asks

Result<QList<QJsonObject>> askServer(const Settings &settings, const QJsonObject &question)
{
    if (settings.data.isEmpty())
        return Failure{QStringLiteral("there is no data directory, and so no way to the server")};
    return control::ask(settings.data, question);
}

QByteArray cell(const QJsonObject &connection, const char *key)
{
    const QJsonValue value = connection[QLatin1StringView(key)];
    const QString text = value.isString() ? value.toString() : QString::number(value.toInteger());
    return printable(text).toUtf8();
}

QByteArray moment(const QJsonObject &connection, const char *key)
{
    return timeText(fromMs(connection[QLatin1StringView(key)].toInteger()));
}

using Row = std::vector<QByteArray>;

QByteArray columns(const std::vector<Row> &rows)
{
    std::vector<qsizetype> widths;
    const auto chars = [](const QByteArray &text) { return QString::fromUtf8(text).size(); };
    for (const Row &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], chars(row[i]));
    }
    QByteArray text;
    for (const Row &row : rows) {
        for (size_t i = 0; i < row.size(); ++i) {
            text += row[i];
            if (i + 1 < row.size())
                text += QByteArray(widths[i] - chars(row[i]) + 2, ' ');
        }
        text += '\n';
    }
    return text;
}

int tellConnections(const QList<QJsonObject> &connections, qint64 omitted, bool asJson)
{
    if (asJson) {
        QJsonArray list;
        for (const QJsonObject &one : connections)
            list += one;
        return answered({{QStringLiteral("connections"), list}, {Omitted, omitted}});
    }
    std::vector<Row> rows{
        {"USER", "NAME", "CONNECTION", "ADDRESS", "SINCE", "STATE", "WAITING", "LAST HEARD"}};
    for (const QJsonObject &one : connections)
        rows.push_back({cell(one, "userId"), cell(one, "username"), cell(one, "connectionId"),
            cell(one, "address"), moment(one, "since"), cell(one, "state"),
            cell(one, "waitingBytes"), moment(one, "lastHeard")});
    if (omitted > 0)
        tell(QStringLiteral("%1 more are not listed").arg(omitted));
    return answered(columns(rows));
}

} // namespace

Answerer::Handler answersOf(Server &server, std::function<Done()> reload)
{
    return [&server, reload = std::move(reload)](const QJsonObject &question, const auto &tell) {
        const QString what = question[Ask].toString();
        if (what == QLatin1StringView("connections")) {
            server.listConnections(UserId(question[UserKey].toInteger()), MostConnections,
                [tell](chat::ListedConnections &&listed) {
                    tell([listed = std::move(listed)] {
                        return Result<QByteArray>(linesOf(listed));
                    });
                });
        } else if (what == QLatin1StringView("stats")) {
            tell([&server] { return Result<QByteArray>(lineOf(toJson(server.stats()))); });
        } else if (what == QLatin1StringView("reload")) {
            QMetaObject::invokeMethod(
                &server,
                [&server, reload, tell] {
                    const Done done = reload();
                    QJsonObject said{
                        {KeyDigest, QString::fromLatin1(digestOf(server.secretKey()))}};
                    if (!done)
                        said.insert(FailureKey, done.failure().text);
                    tell([line = lineOf(said)] { return Result<QByteArray>(line); });
                },
                Qt::QueuedConnection);
        } else {
            tell([] {
                return Result<QByteArray>(
                    Failure{QStringLiteral("this server does not know that question")});
            });
        }
    };
}

int run(const ShowConnections &command, const Settings &settings)
{
    return withStore(settings, [&](storage::Store &store) {
        const auto found = ask<storage::FoundUsers>(store, storage::FindUsers{command.name});
        if (!found)
            return failed(found.failure());
        if (!command.name.isEmpty() && found->users.empty())
            return noSuchUser(command.name);
        QHash<qint64, QString> names;
        for (const storage::User &user : found->users)
            names.insert(user.id.value(), QString::fromUtf8(user.name));
        const qint64 only = command.name.isEmpty() ? 0 : found->users.front().id.value();
        auto lines = askServer(settings, {{Ask, QStringLiteral("connections")}, {UserKey, only}});
        if (!lines)
            return failed(lines.failure());
        const qint64 omitted = lines->isEmpty() ? 0 : lines->takeLast()[Omitted].toInteger();
        for (QJsonObject &one : *lines)
            one.insert(QStringLiteral("username"), names.value(one[UserKey].toInteger()));
        std::ranges::sort(*lines, {}, [](const QJsonObject &one) {
            return std::pair(one[UserKey].toInteger(), one[QLatin1StringView("since")].toInteger());
        });
        return tellConnections(*lines, omitted, command.asJson);
    });
}

int run(const ShowNodes &command, const Settings &settings)
{
    return withStore(settings, [&](storage::Store &store) {
        if (store.lastCommit().writer.isNull())
            return giveUp(Failed,
                QStringLiteral("only one server can use this store, and no nodes share it: see"
                               " `parleyd stats`"));
        const auto nodes = store.nodes();
        if (!nodes)
            return failed(nodes.failure());
        QJsonArray list;
        std::vector<Row> rows{{"NAME", "VERSION", "SINCE", "CONNECTIONS", "LAST HEARD"}};
        for (const storage::NodeFacts &node : *nodes) {
            list += QJsonObject{{QStringLiteral("id"), QString::fromUtf8(node.id)},
                {QStringLiteral("name"), QString::fromUtf8(node.name)},
                {QStringLiteral("version"), QString::fromUtf8(node.version)},
                {QStringLiteral("since"), toMs(node.since)},
                {QStringLiteral("connections"), node.connections},
                {QStringLiteral("lastHeard"), toMs(node.lastBeat)},
                {QStringLiteral("silentSeconds"),
                    double((node.now - node.lastBeat).count()) / 1000}};
            rows.push_back({node.name, node.version, timeText(node.since),
                QByteArray::number(node.connections), timeText(node.lastBeat)});
        }
        return command.asJson ? answered({{QStringLiteral("nodes"), list}})
                              : answered(columns(rows));
    });
}

int run(const ShowStats &command, const Settings &settings)
{
    const auto lines = askServer(settings, {{Ask, QStringLiteral("stats")}});
    if (!lines)
        return failed(lines.failure());
    const QJsonObject stats = lines->isEmpty() ? QJsonObject() : lines->first();
    if (command.asJson)
        return answered(stats);
    std::vector<Row> rows;
    for (const char *key : {"version", "uptimeSeconds", "connections", "stored", "confirmed",
             "unread", "unreadBytes", "memoryBytes", "descriptors"}) {
        if (stats.contains(QLatin1StringView(key)))
            rows.push_back({key, cell(stats, key)});
    }
    const bool isAvailable = stats[QLatin1StringView("storeAvailable")].toBool();
    rows.push_back({"storeAvailable", isAvailable ? "yes" : "no"});
    return answered(columns(rows));
}

Result<Reloaded> askToReload(const Settings &settings)
{
    const auto lines = askServer(settings, {{Ask, QStringLiteral("reload")}});
    if (!lines)
        return lines.failure().transient ? Result<Reloaded>(Reloaded()) : lines.failure();
    const QJsonObject said = lines->isEmpty() ? QJsonObject() : lines->first();
    return Reloaded{true, said[KeyDigest].toString().toLatin1(), said[FailureKey].toString()};
}

QByteArray digestOf(const QByteArray &key)
{
    return QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex();
}

} // namespace parley::app
