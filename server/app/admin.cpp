// SPDX-License-Identifier: MIT
#include "app/admin.h"

#include "app/exitstatus.h"
#include "app/password.h"
#include "app/storeaccess.h"
#include "app/usersfile.h"
#include "session/loginsession.h"
#include "session/passwordhasher.h"

#include <QFile>
#include <QSet>

namespace parley::app {

using namespace storage;
using session::PasswordHasher;

namespace {

int failed(const Failure &failure)
{
    return giveUp(Failed, failure.text);
}

int noSuchUser(const QByteArray &name)
{
    return giveUp(Failed, QStringLiteral("there is no user %1").arg(QString::fromUtf8(name)));
}

// Either the status of what is done with an open store, or why there is none.
template <class Do> int withStore(const Settings &settings, Do what)
{
    const auto store = openStore(settings);
    return store ? what(**store) : failed(store.failure());
}

int change(const Settings &settings, const ChangeUser &action)
{
    return withStore(settings, [&](Store &store) {
        const auto changed = ask<ChangedUser>(store, action);
        if (!changed)
            return failed(changed.failure());
        return changed->found ? int(Well) : noSuchUser(action.name);
    });
}

int run(const UserAdd &command, const Settings &settings)
{
    const auto password = readPassword(command.passwordFromStdin);
    if (!password)
        return giveUp(WrongUsage, password.failure().text);
    return withStore(settings, [&](Store &store) {
        const User user{command.id, command.name, PasswordHasher::hash(*password)};
        const auto added = ask<AddedUser>(store, AddUser{user});
        if (!added)
            return failed(added.failure());
        if (added->taken)
            return giveUp(Failed, QStringLiteral("the name or the id is already in use"));
        std::printf("%lld\n", added->id.value());
        return int(Well);
    });
}

int run(const UserPassword &command, const Settings &settings)
{
    const auto password = readPassword(command.passwordFromStdin);
    if (!password)
        return giveUp(WrongUsage, password.failure().text);
    return change(settings, {command.name, PasswordHasher::hash(*password), {}});
}

int run(const UserEnable &command, const Settings &settings)
{
    return change(settings, {command.name, {}, command.isEnabled});
}

int run(const UserList &, const Settings &settings)
{
    return withStore(settings, [](Store &store) {
        const auto found = ask<FoundUsers>(store, FindUsers());
        if (!found)
            return failed(found.failure());
        for (const User &user : found->users)
            std::printf("%lld\t%s\t%s\n", user.id.value(), user.name.constData(),
                user.enabled ? "enabled" : "disabled");
        return int(Well);
    });
}

Result<std::vector<UserLine>> readUsers(const QString &path)
{
    const bool isStdin = path == QLatin1StringView("-");
    QFile file(path);
    if (isStdin ? !file.open(stdin, QIODevice::ReadOnly) : !file.open(QIODevice::ReadOnly))
        return Failure{QStringLiteral("%1: %2").arg(path, file.errorString())};
    return parseUsers(file.readAll(), path);
}

// The store adds what it can of a batch; all or nothing takes a look first.
Done checkFree(Store &store, const std::vector<UserLine> &lines, const QString &file)
{
    const auto found = ask<FoundUsers>(store, FindUsers());
    if (!found)
        return found.failure();
    QSet<UserId> ids;
    QSet<QByteArray> names;
    for (const User &user : found->users) {
        ids.insert(user.id);
        names.insert(user.name);
    }
    for (const UserLine &line : lines) {
        const bool sameId = ids.contains(line.id);
        if (sameId || names.contains(line.name))
            return Failure{QStringLiteral("%1:%2: the %3 is already in use")
                               .arg(file)
                               .arg(line.line)
                               .arg(QLatin1StringView(sameId ? "id" : "name"))};
    }
    return done();
}

int run(const UserImport &command, const Settings &settings)
{
    const auto lines = readUsers(command.file);
    if (!lines)
        return failed(lines.failure());
    return withStore(settings, [&](Store &store) {
        if (const Done free = checkFree(store, *lines, command.file); !free)
            return failed(free.failure());
        std::vector<Operation> operations;
        for (const UserLine &line : *lines) {
            const auto hash =
                line.password.isEmpty() ? QByteArray() : PasswordHasher::hash(line.password);
            operations.push_back({AddUser{{line.id, line.name, hash}}, {}, {}});
        }
        const auto outcomes = store.apply(operations, SystemClock().now());
        if (!outcomes)
            return failed(outcomes.failure());
        for (const Outcome &outcome : *outcomes) {
            const auto added = std::get_if<AddedUser>(&outcome);
            if (!added)
                return failed(failureOf(outcome));
            if (added->taken)
                return giveUp(Failed,
                    QStringLiteral("somebody else added the same users at the same time; look at"
                                   " `parleyd user list`"));
        }
        return int(Well);
    });
}

int run(const NewSession &command, const Settings &settings)
{
    return withStore(settings, [&](Store &store) {
        const auto found = ask<FoundUsers>(store, FindUsers{command.name});
        if (!found)
            return failed(found.failure());
        if (found->users.empty())
            return noSuchUser(command.name);
        const User &user = found->users.front();
        if (!user.enabled)
            return giveUp(Failed, QStringLiteral("the user is disabled"));
        const auto minted = session::mintLoginSession();
        const Time expiresAt = SystemClock().now() + std::chrono::days(settings.days);
        const auto added = ask<AddedSession>(store, AddSession{user.id, minted.hash, expiresAt});
        if (!added)
            return failed(added.failure());
        std::printf("%s\n", minted.session.constData());
        return int(Well);
    });
}

int run(const Check &, const Settings &settings)
{
    // Opening would make what is not there.
    const QString path = settings.store.section(QLatin1Char(':'), 1);
    if (settings.store.startsWith(QLatin1StringView("sqlite:")) && !QFile::exists(path))
        return giveUp(Failed, QStringLiteral("%1: there is no store yet").arg(path));
    return withStore(settings, [](Store &store) {
        const Done checked = store.check();
        return checked ? int(Well) : failed(checked.failure());
    });
}

int run(const Migrate &, const Settings &settings)
{
    return withStore(settings, [](Store &) { return int(Well); }); // opening does it
}

int run(const Serve &, const Settings &)
{
    Q_UNREACHABLE();
}

} // namespace

int administer(const Command &command, const Settings &settings)
{
    return std::visit([&](const auto &which) { return run(which, settings); }, command);
}

} // namespace parley::app
