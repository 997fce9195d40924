// SPDX-License-Identifier: MIT
#include "app/admin.h"

#include "app/adminaction.h"
#include "app/hashall.h"
#include "app/password.h"
#include "app/running.h"
#include "app/secrets.h"
#include "app/settings/readfile.h"
#include "app/settings/sources.h"
#include "app/usersfile.h"
#include "core/printable.h"
#include "session/loginsession.h"
#include "session/passwordhasher.h"
#include "storage/sql/backup.h"

#include <QFile>
#include <QJsonObject>
#include <QSet>
#include <QThread>

#include <algorithm>

namespace parley::app {

using namespace storage;
using session::PasswordHasher;
using storage::sql::Schema;

namespace {

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
    QByteArray hash; // empty: they cannot log in
    if (!command.withoutPassword) {
        const auto password = readPassword(command.passwordFromStdin);
        if (!password)
            return giveUp(WrongUsage, password.failure().text);
        hash = PasswordHasher::hash(*password);
    }
    const auto add = [&](Store &store) {
        const User user{command.id, command.name, hash};
        const auto added = ask<AddedUser>(store, AddUser{user});
        if (!added)
            return failed(added.failure());
        if (added->taken)
            return giveUp(Failed, QStringLiteral("the name or the id is already in use"));
        return answered(QByteArray::number(added->id.value()) + '\n');
    };
    return withStore(settings, add, Schema::Make);
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

int run(const Kick &command, const Settings &settings)
{
    return change(settings, {command.name, {}, {}, true});
}

int run(const UserList &, const Settings &settings)
{
    return withStore(settings, [](Store &store) {
        const auto found = ask<FoundUsers>(store, FindUsers());
        if (!found)
            return failed(found.failure());
        QByteArray lines;
        for (const User &user : found->users)
            lines += QByteArray::number(user.id.value()) + '\t'
                + printable(QString::fromUtf8(user.name)).toUtf8() + '\t'
                + (user.enabled ? "enabled" : "disabled") + '\n';
        return answered(lines);
    });
}

Result<std::vector<UserLine>> readUsers(const QString &path)
{
    const bool isStdin = path == QLatin1StringView("-");
    QFile file(path);
    if (isStdin ? !file.open(stdin, QIODevice::ReadOnly) : !file.open(QIODevice::ReadOnly))
        return Failure{QStringLiteral("%1: %2").arg(path, file.errorString())};
    const auto csv = readFile(file, path);
    return csv ? parseUsers(*csv, path) : csv.failure();
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

std::vector<Operation> toOperations(const std::vector<UserLine> &lines)
{
    std::vector<QByteArray> passwords;
    for (const UserLine &line : lines)
        passwords.push_back(line.password);
    const auto all = passwords.size() - size_t(std::ranges::count(passwords, QByteArray()));
    const auto hashes = hashAll(
        passwords, QThread::idealThreadCount(),
        [](const QByteArray &password) { return PasswordHasher::hash(password); },
        [&](size_t hashed) {
            tell(QStringLiteral("%1 of %2 passwords hashed").arg(hashed).arg(all));
        });
    std::vector<Operation> operations;
    for (size_t i = 0; i < lines.size(); ++i)
        operations.push_back({AddUser{{lines[i].id, lines[i].name, hashes[i]}}, {}, {}});
    return operations;
}

int run(const UserImport &command, const Settings &settings)
{
    const auto lines = readUsers(command.file);
    if (!lines)
        return failed(lines.failure());
    const auto addAll = [&](Store &store) {
        if (const Done free = checkFree(store, *lines, command.file); !free)
            return failed(free.failure());
        const auto outcomes = store.apply(toOperations(*lines), SystemClock().now());
        if (!outcomes)
            return failed(outcomes.failure());
        for (const Outcome &outcome : *outcomes) {
            const auto added = std::get_if<AddedUser>(&outcome);
            if (!added)
                return failed(failureOf(outcome));
            if (added->taken)
                return giveUp(Failed,
                    QStringLiteral("another command added the same users at the same time; see"
                                   " `parleyd user list`"));
        }
        tell(lines->empty() ? QStringLiteral("%1: the file contains no users").arg(command.file)
                            : QStringLiteral("users added: %1").arg(lines->size()));
        return int(Well);
    };
    return withStore(settings, addAll, Schema::Make);
}

int tellMailbox(const ShowMailbox &command, UserId user, const Mailbox &mailbox,
    const std::vector<Message> &oldest)
{
    if (command.asJson) {
        QJsonObject json{{QStringLiteral("userId"), user.value()},
            {QStringLiteral("username"), QString::fromUtf8(command.name)},
            {QStringLiteral("count"), mailbox.count}, {QStringLiteral("bytes"), mailbox.bytes},
            {QStringLiteral("lastSeq"), mailbox.lastSeq.value()}};
        if (!oldest.empty()) {
            json.insert(QStringLiteral("oldest"), toMs(oldest.front().sentAt));
            json.insert(QStringLiteral("firstSeq"), oldest.front().seq.value());
        }
        return answered(json);
    }
    QByteArray lines = "unread    " + QByteArray::number(mailbox.count) + '\n';
    lines += "bytes     " + QByteArray::number(mailbox.bytes) + '\n';
    if (!oldest.empty())
        lines += "oldest    " + timeText(oldest.front().sentAt) + ", seq "
            + QByteArray::number(oldest.front().seq.value()) + '\n';
    return answered(lines + "last seq  " + QByteArray::number(mailbox.lastSeq.value()) + '\n');
}

int run(const NewSession &command, const Settings &settings)
{
    return withUser(settings, command.name, [&](Store &store, const User &user) {
        const auto minted = session::mintLoginSession();
        const Time expiresAt = SystemClock().now() + std::chrono::days(settings.days);
        const auto added = ask<AddedSession>(store, AddSession{user.id, minted.hash, expiresAt});
        if (!added)
            return failed(added.failure());
        if (!added->added)
            return giveUp(Failed, QStringLiteral("the user is disabled"));
        return answered(minted.session + '\n');
    });
}

// Never a body: the oldest message is read for its time.
int run(const ShowMailbox &command, const Settings &settings)
{
    return withUser(settings, command.name, [&](Store &store, const User &user) {
        const std::vector<Operation> reads{
            {ReadMailbox{user.id}, {}, {}}, {Fetch{user.id, Seq(), 1, 0}, {}, {}}};
        const auto outcomes = store.apply(reads, SystemClock().now());
        if (!outcomes)
            return failed(outcomes.failure());
        const auto *mailbox = std::get_if<Mailbox>(&outcomes->front());
        const auto *page = std::get_if<Fetched>(&outcomes->back());
        if (!mailbox || !page)
            return failed(failureOf(outcomes->front()));
        return tellMailbox(command, user.id, *mailbox, page->messages);
    });
}

int run(const Check &, const Settings &settings)
{
    return withStore(settings, [](Store &store) {
        const Done checked = store.check();
        return checked ? int(Well) : failed(checked.failure());
    });
}

int run(const Migrate &, const Settings &settings)
{
    const auto nothingMore = [](Store &) { return int(Well); }; // opening does it
    return withStore(settings, nothingMore, Schema::BringUp);
}

int run(const Backup &command, const Settings &settings)
{
    if (const auto looked = lookAtStore(settings, Schema::Keep); !looked)
        return failed(looked.failure());
    const Done made = sql::backUp(settings.store, command.file);
    return made ? int(Well) : failed(made.failure());
}

int run(const Restore &command, const Settings &settings)
{
    const auto isNew = lookAtStore(settings, Schema::Make);
    if (!isNew)
        return failed(isNew.failure());
    if (settings.store == defaultStore(settings.data)) {
        if (const Done made = makeDirectory(settings.data); !made)
            return failed(made.failure());
    }
    const auto kept = sql::restore(settings.store, command.file, command.replaces);
    if (!kept)
        return failed(kept.failure());
    tell(kept->isEmpty()
            ? QStringLiteral("restored: %1").arg(settings.store)
            : QStringLiteral("restored: %1; the store of before is %2").arg(settings.store, *kept));
    return Well;
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
