// SPDX-License-Identifier: MIT
#include "scenario/format/scenario.h"

#include "scenario/format/decode.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QSet>

// Outside of any namespace, as Qt wants it.
static void initializeResources()
{
    Q_INIT_RESOURCE(scenarios);
}

namespace parley::scenario {
namespace {

QString folder()
{
    initializeResources();
    return QStringLiteral(":/scenarios");
}

QByteArray schema()
{
    QFile file(folder() + QStringLiteral("/scenario.schema.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class Decoder {
public:
    Decoder(const Document &document, Scenario &scenario)
        : m_document(document)
        , m_scenario(scenario)
    {
    }

    Done decode()
    {
        const QJsonObject root = m_document.root.toObject();
        m_scenario.name = root.value(QLatin1String("name")).toString();
        m_scenario.about = root.value(QLatin1String("about")).toString().simplified();
        if (root.contains(QLatin1String("within")))
            m_scenario.within = milliseconds(root.value(QLatin1String("within")).toInteger());
        const QJsonObject server = root.value(QLatin1String("server")).toObject();
        for (auto setting = server.begin(); setting != server.end(); ++setting)
            m_scenario.server.insert(setting.key(), setting->toVariant().toString());
        if (const Done users = decodeUsers(root.value(QLatin1String("users"))); !users)
            return users;
        if (const Done clients = decodeClients(root.value(QLatin1String("clients"))); !clients)
            return clients;
        return decodeSteps(
            QStringLiteral("/steps"), root.value(QLatin1String("steps")).toArray(), 0, 0);
    }

private:
    Done decodeUsers(const QJsonValue &value)
    {
        for (const QJsonValue name : value.toArray())
            m_scenario.users.push_back({name.toString(), {}, {}});
        const QJsonObject users = value.toObject();
        for (auto user = users.begin(); user != users.end(); ++user) {
            const QJsonObject fields = user->toObject();
            User made{user.key(), {}, fields.value(QLatin1String("password")).toString()};
            made.absent = fields.value(QLatin1String("absent")).toBool();
            if (fields.contains(QLatin1String("id")))
                made.id = fields.value(QLatin1String("id")).toInteger();
            m_scenario.users.push_back(made);
        }
        QSet<QString> names;
        for (const User &user : m_scenario.users) {
            if (names.contains(user.name))
                return m_document.failure(
                    QStringLiteral("/users"), QStringLiteral("%1 is given twice").arg(user.name));
            names.insert(user.name);
        }
        return done();
    }

    Done decodeClients(const QJsonValue &value)
    {
        const QJsonObject clients = value.toObject();
        for (auto entry = clients.begin(); entry != clients.end(); ++entry) {
            const QJsonObject fields = entry->toObject();
            Client client;
            client.name = entry.key();
            client.user = entry->isString() ? entry->toString()
                                            : fields.value(QLatin1String("user")).toString();
            client.login = fields.value(QLatin1String("login")).toBool();
            client.password = fields.value(QLatin1String("password")).toString();
            client.autoConfirm = fields.value(QLatin1String("autoConfirm")).toBool(true);
            client.heartbeat = fields.value(QLatin1String("heartbeat")).toBool(true);
            // Who is not in `users` (and there may be none) is a user all the same.
            if (!m_scenario.user(client.user)) {
                if (m_document.root.toObject().contains(QLatin1String("users")))
                    return m_document.failure(QStringLiteral("/clients/") + client.name,
                        QStringLiteral("`users` has no %1").arg(client.user));
                m_scenario.users.push_back({client.user, {}, {}});
            }
            m_scenario.clients.push_back(client);
        }
        return done();
    }

    Done decodeSteps(const QString &path, const QJsonArray &steps, int round, int depth)
    {
        for (qsizetype i = 0; i < steps.size(); ++i) {
            const QString at = path + u'/' + QString::number(i);
            const QJsonObject step = steps.at(i).toObject();
            const Done decoded = step.contains(QLatin1String("repeat"))
                ? decodeRepeat(at + QStringLiteral("/repeat"),
                    step.value(QLatin1String("repeat")).toObject(), depth)
                : decodeStep(at, step.begin().key(), step.begin().value(), round);
            if (!decoded)
                return decoded;
        }
        return done();
    }

    Done decodeRepeat(const QString &path, const QJsonObject &repeat, int depth)
    {
        if (depth > 0)
            return m_document.failure(
                path, QStringLiteral("a repeat must not contain another repeat"));
        const int times = repeat.value(QLatin1String("times")).toInt();
        for (int round = 1; round <= times; ++round) {
            const Done decoded = decodeSteps(path + QStringLiteral("/steps"),
                repeat.value(QLatin1String("steps")).toArray(), round, depth + 1);
            if (!decoded)
                return decoded;
        }
        return done();
    }

    Done decodeStep(const QString &path, const QString &name, const QJsonValue &value, int round)
    {
        if (m_scenario.steps.size() >= size_t(MostSteps))
            return m_document.failure(path, QStringLiteral("these are more than 10000 steps"));
        const QString at = path + u'/' + name;
        auto action = decodeAction(m_document, at, name, value);
        if (!action)
            return action.failure();
        if (const Done known = checkNames(at, value); !known)
            return known;
        Step step{std::move(*action), m_document.line(path), round};
        if (const QJsonValue within = value[QLatin1String("within")]; within.isDouble())
            step.within = milliseconds(within.toInteger());
        m_scenario.steps.push_back(std::move(step));
        return done();
    }

    // Clients and users must be there.
    Done checkNames(const QString &path, const QJsonValue &value) const
    {
        static const QStringList Clients{QStringLiteral("client"), QStringLiteral("clients"),
            QStringLiteral("from"), QStringLiteral("online"), QStringLiteral("offline"),
            QStringLiteral("stored")};
        static const QStringList Users{
            QStringLiteral("to"), QStringLiteral("user"), QStringLiteral("of")};
        QStringList clients;
        QStringList users;
        const auto add = [](QStringList &to, const QJsonValue &names) {
            if (names.isString())
                to.append(names.toString());
            for (const QJsonValue name : names.toArray())
                to.append(name.toString());
        };
        const bool isBare =
            path.endsWith(QLatin1String("/server")) || path.endsWith(QLatin1String("/pause"));
        if (!value.isObject() && !isBare)
            add(clients, value);
        for (const QString &key : Clients)
            add(clients, value[key]);
        for (const QString &nested : {QStringLiteral("unread"), QStringLiteral("received")})
            add(clients, value[nested][QLatin1String("client")]);
        for (const QString &key : Users)
            add(users, value[key]);
        for (const QString &name : clients) {
            const bool known = std::ranges::any_of(
                m_scenario.clients, [&](const Client &client) { return client.name == name; });
            if (!known)
                return m_document.failure(path, QStringLiteral("there is no client %1").arg(name));
        }
        for (const QString &name : users) {
            if (!name.startsWith(u'$') && !m_scenario.user(name))
                return m_document.failure(path, QStringLiteral("there is no user %1").arg(name));
        }
        return done();
    }

    const Document &m_document;
    Scenario &m_scenario;
};

} // namespace

bool Scenario::needsOwnServer() const
{
    return !server.isEmpty() || std::ranges::any_of(steps, [](const Step &step) {
        return std::holds_alternative<Server>(step.action);
    });
}

const User *Scenario::user(const QString &wanted) const
{
    const auto found =
        std::ranges::find_if(users, [&](const User &user) { return user.name == wanted; });
    return found == users.end() ? nullptr : &*found;
}

Result<Scenario> parse(const QByteArray &yaml, const QString &file)
{
    const auto document = readYaml(yaml, file);
    if (!document)
        return document.failure();
    if (const Done fits = checkSchema(*document, schema()); !fits)
        return fits.failure();
    Scenario scenario;
    scenario.file = file;
    if (const Done decoded = Decoder(*document, scenario).decode(); !decoded)
        return decoded.failure();
    return scenario;
}

Result<Scenario> load(const QString &name)
{
    if (name.startsWith(u':'))
        initializeResources();
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Failure{QStringLiteral("%1: %2").arg(name, file.errorString())};
    return parse(file.read(MostFileBytes + 1), name);
}

QStringList shipped()
{
    QStringList files;
    const QStringList names =
        QDir(folder()).entryList({QStringLiteral("*.yaml")}, QDir::Files, QDir::Name);
    for (const QString &name : names)
        files.append(folder() + u'/' + name);
    return files;
}

} // namespace parley::scenario
