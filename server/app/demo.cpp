// SPDX-License-Identifier: MIT
#include "app/demo.h"

#include "app/settings/secretfile.h"
#include "app/storeaccess.h"
#include "session/passwordhasher.h"

namespace parley::app {

namespace {

Done addUsers(const Settings &settings)
{
    const auto store = openStore(settings, storage::sql::Schema::BringUp);
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
            return Failure{QStringLiteral("--demo: the id %1 belongs to another user than %2")
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
        const auto key = ownSecret(settings.data + QStringLiteral("/secret.key"));
        if (!key)
            return key.failure();
        settings.secretKey = *key;
    }
    return addUsers(settings);
}

} // namespace parley::app
