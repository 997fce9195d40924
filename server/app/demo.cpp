// SPDX-License-Identifier: MIT
#include "app/demo.h"

#include "app/configuration.h"
#include "app/storeaccess.h"
#include "session/passwordhasher.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>

#include <array>

namespace parley::app {

namespace {

Done makeSecret(const QString &file)
{
    std::array<quint32, 8> random;
    QRandomGenerator::system()->generate(random.begin(), random.end());
    const QByteArray text =
        QByteArray(reinterpret_cast<const char *>(random.data()), sizeof random).toHex() + '\n';
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly)
        || !target.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || target.write(text) != text.size() || !target.commit())
        return Failure{QStringLiteral("%1: %2").arg(file, target.errorString())};
    return done();
}

Done useSecret(Settings &settings)
{
    const QString file = settings.data + QStringLiteral("/secret.key");
    if (!QFile::exists(file)) {
        if (const Done made = makeSecret(file); !made)
            return made.failure();
    }
    const auto key = readSecret(file);
    if (!key)
        return key.failure();
    settings.secretKey = *key;
    return done();
}

Done addUsers(const Settings &settings)
{
    const auto store = openStore(settings);
    if (!store)
        return store.failure();
    const std::pair<UserId, QByteArray> users[] = {
        {UserId(1), QByteArrayLiteral("alice")},
        {UserId(2), QByteArrayLiteral("bob")},
    };
    for (const auto &[id, name] : users) {
        const auto found = ask<storage::FoundUsers>(**store, storage::FindUsers{name});
        if (!found)
            return found.failure();
        if (!found->users.empty())
            continue;
        const storage::User user{id, name, session::PasswordHasher::hash("demo")};
        const auto added = ask<storage::AddedUser>(**store, storage::AddUser{user});
        if (!added)
            return added.failure();
        if (added->taken)
            return Failure{QStringLiteral("--demo: the id %1 belongs to somebody else than %2")
                               .arg(id.value())
                               .arg(QString::fromUtf8(name))};
    }
    return done();
}

} // namespace

Done prepareDemo(Settings &settings)
{
    if (const Done made = makeDirectory(settings.data); !made)
        return made.failure();
    if (settings.secretKey.isEmpty()) {
        if (const Done used = useSecret(settings); !used)
            return used.failure();
    }
    return addUsers(settings);
}

} // namespace parley::app
